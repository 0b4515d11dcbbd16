// Generated from the service's OpenAPI document by `npm run wire`: do not edit.

export interface paths {
    "/api/v1/admissions/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete an admission of any kind. */
        post: operations["admissionsCompleteAny"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admissions/deny": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an admission of any kind; what it held comes back. */
        post: operations["admissionsDenyAny"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admissions/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an admission of an extendable distribution more time, once. */
        post: operations["admissionsExtendAny"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admissions/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether an admission of any kind is good now. */
        post: operations["admissionsValidateAny"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{appointment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        /** Describe an appointment. */
        get: operations["appointmentsShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{appointment_id}/book": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Book a slot; 200 with the booking as it stands, if it is yours already. */
        post: operations["appointmentsBook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{appointment_id}/calendar.ics": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        /** Give your booking as a file for any calendar. */
        get: operations["appointmentsCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{appointment_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Give your slot back. */
        delete: operations["appointmentsCancel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{appointment_id}/reschedule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move your booking to another slot, or keep it where that one is taken. */
        post: operations["appointmentsReschedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{appointment_id}/slots": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        /** List the slots that begin in a range, with the places left in each. */
        get: operations["appointmentsSlots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{appointment_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        /** Tell what you have booked, and your admission if you have one. */
        get: operations["appointmentsStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{line_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete an admission, by the order that it led to. */
        post: operations["admissionsCompleteInAppointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{line_id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn a consumer away, waiting or admitted. */
        post: operations["admissionsDenyInAppointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/appointments/{line_id}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether an admission token is good for this distribution now. */
        post: operations["admissionsValidateInAppointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auctions/{auction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        /** Describe an auction. */
        get: operations["auctionsShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auctions/{auction_id}/bid": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bid; 200 with the entry as it stands, if it is decided already. */
        post: operations["auctionsBid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auctions/{auction_id}/bids": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        /** List all bids, the newest first, their bidders masked. */
        get: operations["auctionsAllBids"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auctions/{auction_id}/bids/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        /** List your own bids, the newest first. */
        get: operations["auctionsHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auctions/{auction_id}/highest-bid": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        /** Show the highest bid. */
        get: operations["auctionsHighestBid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auctions/{auction_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        /** Tell how you stand, and your admission if you have won. */
        get: operations["auctionsStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auctions/{line_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete an admission, by the order that it led to. */
        post: operations["admissionsCompleteInAuction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auctions/{line_id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn a consumer away, waiting or admitted. */
        post: operations["admissionsDenyInAuction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auctions/{line_id}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether an admission token is good for this distribution now. */
        post: operations["admissionsValidateInAuction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/external/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Vouch for somebody who signed in elsewhere; the browser exchanges the code. */
        post: operations["authAuthorizeExternal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/external/exchange": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange the code for a session; with a guest's token the guest becomes this consumer. */
        post: operations["authExchangeExternal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/guest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a session as a guest. */
        post: operations["authGuest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session; its access tokens stop working everywhere within two seconds. */
        post: operations["authLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/otp/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a code; the answer is the same whether anybody has that contact or not. */
        post: operations["authRequestOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/otp/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in by a code; with a guest's token the guest becomes this consumer. */
        post: operations["authVerifyOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a refresh token for the next pair of tokens. */
        post: operations["authRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pose a proof of work: good for ten minutes, and for one route. */
        post: operations["challengesPose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumers/{consumer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consumer_id: string;
            };
            cookie?: never;
        };
        /** Show a consumer to the merchant's server. */
        get: operations["consumerProfilesShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumers/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show who you are, and all that you take part in. */
        get: operations["consumerProfilesShowMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{draw_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: string;
            };
            cookie?: never;
        };
        /** Describe a draw. */
        get: operations["drawsShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{draw_id}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: string;
            };
            cookie?: never;
        };
        /** Stream the entries that were in at closing, in order of id: a JSON object a line. */
        get: operations["drawsEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{draw_id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: string;
            };
            cookie?: never;
        };
        /** Show the proof as far as it has come; with a consumer's token also their inclusion. */
        get: operations["drawsProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{line_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete an admission, by the order that it led to. */
        post: operations["admissionsCompleteInDraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{line_id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn a consumer away, waiting or admitted. */
        post: operations["admissionsDenyInDraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{line_id}/enter": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter; 200 with the entry as it stands, if there is one. */
        post: operations["drawsEnter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{line_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give your place back, or your admission. */
        post: operations["drawsLeave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{line_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** Tell where you stand, and your admission if you have one. */
        get: operations["drawsStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{line_id}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether an admission token is good for this distribution now. */
        post: operations["admissionsValidateInDraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/experiences/{experience_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        /** Describe an experience and all that it offers. */
        get: operations["experiencesShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/experiences/{experience_id}/enter": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter an experience; 200 if you are in it already. */
        post: operations["experiencesEnter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/experiences/{experience_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Leave an experience and all that you have entered in it. */
        delete: operations["experiencesLeave"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/experiences/{experience_id}/route": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell the way that is open, and open its gates to this consumer. */
        post: operations["experiencesRoute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handoffs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a way out to the checkout for your own live admission.
         * @description With a connected shop an admission has one checkout: while it is open, another variant or
         *     quantity is refused with 409 `CHECKOUT_OPEN`, which names what the open one is for.
         */
        post: operations["handoffsHandOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the organization that the key belongs to, and the key's mode. */
        get: operations["organizationsCurrent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{line_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete an admission, by the order that it led to. */
        post: operations["admissionsCompleteInQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{line_id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn a consumer away, waiting or admitted. */
        post: operations["admissionsDenyInQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{line_id}/enter": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter; 200 with the entry as it stands, if there is one. */
        post: operations["queuesEnter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{line_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give your place back, or your admission. */
        post: operations["queuesLeave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{line_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** Tell where you stand, and your admission if you have one. */
        get: operations["queuesStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{line_id}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether an admission token is good for this distribution now. */
        post: operations["admissionsValidateInQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{queue_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                queue_id: string;
            };
            cookie?: never;
        };
        /** Describe a queue. */
        get: operations["queuesShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{queue_id}/admit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                queue_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Admit a consumer out of turn, or the next so many; never beyond stock. */
        post: operations["admissionsAdmitToQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{queue_id}/line": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                queue_id: string;
            };
            cookie?: never;
        };
        /** Show the line card; cacheable by anything on the way. */
        get: operations["queuesLine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/timed-releases/{line_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete an admission, by the order that it led to. */
        post: operations["admissionsCompleteInTimedRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/timed-releases/{line_id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn a consumer away, waiting or admitted. */
        post: operations["admissionsDenyInTimedRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/timed-releases/{line_id}/enter": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Be admitted at once; 200 with the entry as it stands, if there is one. */
        post: operations["timedReleasesEnter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/timed-releases/{line_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give your place back, or your admission. */
        post: operations["timedReleasesLeave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/timed-releases/{line_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** Tell where you stand, and your admission if you have one. */
        get: operations["timedReleasesStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/timed-releases/{line_id}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether an admission token is good for this distribution now. */
        post: operations["admissionsValidateInTimedRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/timed-releases/{release_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release_id: string;
            };
            cookie?: never;
        };
        /** Describe a timed release. */
        get: operations["timedReleasesShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waitlists/{waitlist_id}/enter": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                waitlist_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask to be told when it opens; 200 if you have asked before. */
        post: operations["waitlistsEnter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waitlists/{waitlist_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                waitlist_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask not to be told any more. */
        post: operations["waitlistsLeave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waitlists/{waitlist_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                waitlist_id: string;
            };
            cookie?: never;
        };
        /** Tell whether you are on the waitlist, and whether it has opened. */
        get: operations["waitlistsStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Live entries by kind and id, the way back to each, and the admissions by id. */
        ActiveView: {
            admissions: {
                [key: string]: components["schemas"]["ListedAdmissionView"];
            };
            appointments: {
                [key: string]: components["schemas"]["StatusView"];
            };
            auctions: {
                [key: string]: components["schemas"]["StatusView"];
            };
            draws: {
                [key: string]: components["schemas"]["StatusView"];
            };
            experiences: {
                [key: string]: components["schemas"]["ExperienceNodeView"];
            };
            journeys: components["schemas"]["JourneyResumeView"][];
            queues: {
                [key: string]: components["schemas"]["StatusView"];
            };
            timedReleases: {
                [key: string]: components["schemas"]["StatusView"];
            };
        };
        /** @description Whom to admit: one consumer, or the next so many. */
        AdmitBody: {
            consumerId?: string;
            count?: number;
        };
        /** @description Whoever was admitted, in turn. */
        AdmittedView: {
            admitted: components["schemas"]["StatusView"][];
        };
        /** @description An appointment, as anybody with a key sees it. */
        AppointmentView: {
            bufferMinutes: number;
            capacity: number | null;
            /** Format: date-time */
            closeAt: string | null;
            consumerCount: number;
            id: string;
            locations: components["schemas"]["LocationView"][];
            maxCapacityPerSlot: number;
            name: string;
            notice: string | null;
            /** Format: date-time */
            openAt: string | null;
            sequenceId: string;
            /** Format: date-time */
            serverTime: string;
            slotDurationMinutes: number;
            /** @enum {string} */
            status: "PENDING" | "OPEN" | "PAUSED" | "CLOSED";
            timeZone: string;
        };
        /** @description An auction, as anybody with a key sees it; ``closeAt`` and ``settleAt`` are extended ones. */
        AuctionView: {
            /** @enum {string} */
            auctionType: "english" | "dutch";
            autoExtendSeconds: number;
            bidCount: number;
            capacity: number | null;
            /** Format: date-time */
            closeAt: string;
            consumerCount: number;
            currencyCode: string;
            /** @example 105.00 */
            currentHighBid: string | null;
            /** @example 105.00 */
            currentPrice: string;
            id: string;
            /** @example 105.00 */
            minimumBidIncrement: string;
            name: string;
            /** Format: date-time */
            nextPriceDropAt: string | null;
            notice: string | null;
            /** Format: date-time */
            openAt: string | null;
            reserveMet: boolean;
            sequenceId: string;
            /** Format: date-time */
            serverTime: string;
            /** Format: date-time */
            settleAt: string;
            /** @example 105.00 */
            startingPrice: string;
            /** @enum {string} */
            status: "PENDING" | "OPEN" | "CLOSED" | "SETTLED";
            timeZone: string;
            winnerCount: number;
        };
        /** @description Whom an identity provider has signed in: its own name for them, and for itself. */
        AuthorizeBody: {
            claims?: components["schemas"]["ClaimsBody"] | null;
            issuer: string;
            provider: string;
            subject: string;
        };
        /** @description A code for the browser, good for a minute and once. */
        AuthorizeView: {
            exchangeCode: string;
            /** Format: date-time */
            expiresAt: string;
        };
        /** @description What to bid; up to ``maxAmount`` the service answers other bids for you. */
        BidBody: {
            /** @example 105.00 */
            amount: string;
            /** @example 105.00 */
            maxAmount?: string | null;
        };
        /** @description Where a bidder stands; ``winningBidAmount`` is what an admission was won for. */
        BidderView: {
            admissionToken: string | null;
            /** Format: date-time */
            admittedAt: string | null;
            appointmentId?: string;
            auctionId: string;
            /** @enum {string} */
            band?: "far" | "near" | "next";
            bidCount: number;
            /** Format: date-time */
            completedAt: string | null;
            consumerId: string;
            currencyCode: string;
            /** @example 105.00 */
            currentHighBid: string | null;
            denyReason: string | null;
            drawId?: string;
            /** Format: date-time */
            enteredAt: string;
            estimatedWait: components["schemas"]["WaitView"] | null;
            estimatedWaitSeconds: number | null;
            experienceId: string;
            /** Format: date-time */
            expiresAt: string | null;
            /** @example 105.00 */
            lastBidAmount: string | null;
            /** Format: date-time */
            lastBidTime: string | null;
            number: number | null;
            outcome: string | null;
            pollAfterMs: number | null;
            position: number | null;
            queueId?: string;
            sequenceId: string;
            /** @enum {string} */
            status: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT";
            timedReleaseId?: string;
            /** @example 105.00 */
            winningBidAmount: string | null;
        };
        /** @description A bid; ``bidder`` is a mask that stays the same in one auction. */
        BidView: {
            /** @example 105.00 */
            amount: string;
            bidder: string;
            /** Format: date-time */
            bidTime: string;
            currencyCode: string;
            id: string;
            own: boolean;
        };
        BidViewPage: {
            data: components["schemas"]["BidView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description The slot to book. */
        BookBody: {
            slotId: string;
        };
        /** @description Where a consumer stands, and what they have booked. */
        BookingView: {
            admissionToken: string | null;
            /** Format: date-time */
            admittedAt: string | null;
            appointmentId?: string;
            auctionId?: string;
            /** @enum {string} */
            band?: "far" | "near" | "next";
            bookingId: string;
            /** Format: date-time */
            completedAt: string | null;
            confirmationCode: string;
            consumerId: string;
            /** Format: date-time */
            createdAt: string;
            denyReason: string | null;
            drawId?: string;
            /** Format: date-time */
            endTime: string;
            /** Format: date-time */
            enteredAt: string;
            estimatedWait: components["schemas"]["WaitView"] | null;
            estimatedWaitSeconds: number | null;
            experienceId: string;
            /** Format: date-time */
            expiresAt: string | null;
            locationId: string | null;
            number: number | null;
            outcome: string | null;
            pollAfterMs: number | null;
            position: number | null;
            queueId?: string;
            sequenceId: string;
            slotId: string;
            /** Format: date-time */
            startTime: string;
            /** @enum {string} */
            status: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT";
            timedReleaseId?: string;
        };
        /** @description A challenge as ALTCHA's widget takes it; send its payload back as ``challenge``. */
        ChallengeView: {
            parameters: {
                [key: string]: unknown;
            };
            signature: string;
        };
        /** @description What the identity provider knows; ``emailVerified`` says whether it checked the address. */
        ClaimsBody: {
            email?: string | null;
            emailVerified?: boolean | null;
            fullName?: string | null;
            name?: string | null;
        };
        /** @description Which admission has completed. */
        CompleteAnyBody: {
            admissionId?: string;
            admissionToken?: string;
            /** @example 105.00 */
            orderAmount?: string | null;
            orderId?: string | null;
        };
        /** @description Whose admission has completed. */
        CompleteBody: {
            admissionToken?: string;
            consumerId?: string;
            /** @example 105.00 */
            orderAmount?: string | null;
            orderId?: string | null;
        };
        /** @description Which admission to end. */
        DenyAnyBody: {
            admissionId?: string;
            admissionToken?: string;
            reason: string;
        };
        /** @description Whom to turn away. */
        DenyBody: {
            consumerId: string;
            reason: string;
        };
        /** @description One entry that was in at closing, and how many tickets it holds. */
        DrawEntryView: {
            id: string;
            tickets: number;
        };
        /** @description A draw, as anybody with a key sees it; ``proof`` is the address of its proof. */
        DrawView: {
            capacity: number | null;
            /** Format: date-time */
            closeAt: string | null;
            consumerCount: number;
            /** Format: date-time */
            drawAt: string;
            entrantCount: number;
            id: string;
            name: string;
            notice: string | null;
            /** Format: date-time */
            openAt: string | null;
            proof: string;
            sequenceId: string;
            /** Format: date-time */
            serverTime: string;
            /** @enum {string} */
            status: "PENDING" | "OPEN" | "CLOSED" | "DRAWN";
            timeZone: string;
            winnerCount: number;
        };
        /** @description An experience that one is in, and where one goes from here. */
        EnteredView: {
            /** Format: date-time */
            enteredAt: string;
            experience: components["schemas"]["ShownExperienceView"];
            journey: components["schemas"]["RouteView"];
        };
        /** @description The code that the merchant's server was given. */
        ExchangeBody: {
            exchangeCode: string;
        };
        /** @description The entries of one experience, by sequence. */
        ExperienceNodeView: {
            sequences: {
                [key: string]: components["schemas"]["SequenceNodeView"];
            };
        };
        /** @description Which admission is to last longer. */
        ExtendAnyBody: {
            admissionId?: string;
            admissionToken?: string;
            seconds: number;
        };
        /** @description One field at fault, by its dotted path. */
        FieldProblem: {
            field: string;
            message: string;
        };
        /** @description What is asked before the way opens, and what it takes to answer. */
        GateView: {
            challengeUrl?: string;
            /** @enum {string} */
            kind: "authentication" | "access_code" | "bot_check";
            methods?: string[];
            provider?: string;
            siteKey?: string;
        };
        /** @description The admission to check out with, and how the shop's page goes there. */
        HandoffBody: {
            admissionToken: string;
            /** @enum {string} */
            pattern: "same_site" | "external" | "embedded";
            quantity?: number;
            returnUrl?: string | null;
            variantId?: string | null;
        };
        /** @description A signed code, and the address that one browser may open with it. */
        HandoffView: {
            code: string;
            /** Format: date-time */
            expiresAt: string;
            url: string;
        };
        /** @description The highest bid; null before the first. */
        HighestBidView: {
            /** @example 105.00 */
            amount: string | null;
            bidCount: number;
            /** Format: date-time */
            bidTime: string | null;
            currencyCode: string;
        };
        /** @description What shows that one entry is among those of ``entryRoot`` (RFC 6962); bytes are hex. */
        InclusionView: {
            entrantCount: number;
            entryId: string;
            index: number;
            path: string[];
            tickets: number;
        };
        /** @description The way back to one entry; ``admission`` only once admitted. */
        JourneyResumeView: {
            admission?: components["schemas"]["ResumableAdmissionView"];
            experienceId: string;
            /** @enum {string} */
            journeyStage: "routed" | "admitted";
            participation: components["schemas"]["ParticipationView"];
            sequenceId: string;
            /** @enum {string} */
            sequenceStage: "waitlist_entered" | "participating" | "admitted";
        };
        /** @description The line card: the same for everybody, for a second (design.md, D6). */
        LineCardView: {
            marks?: number[][];
            notice: string | null;
            numbersServedPerMinute: number | null;
            pollAfterMs: number;
            presence: components["schemas"]["PresenceView"];
            queueId: string;
            /** Format: date-time */
            serverTime: string;
            serving: number;
            status: string;
            tail: number;
            version: number;
            waiting: number;
        };
        /** @description A live admission among the others, which are told apart by ``id``. */
        ListedAdmissionView: {
            admissionToken: string;
            /** Format: date-time */
            admittedAt: string | null;
            distributionId: string;
            /** @enum {string} */
            distributionType: "queue" | "draw" | "auction" | "timed_release" | "appointment";
            experienceId: string;
            /** Format: date-time */
            expiresAt: string | null;
            id: string;
            sequenceId: string;
        };
        /** @description A place where slots are. */
        LocationView: {
            id: string;
            name: string;
        };
        /** @description Another of one's sessions to end too. */
        LogoutBody: {
            refreshToken?: string | null;
        };
        /** @description What a sequence offers: the first is what to show. */
        OfferView: {
            distributionId: string;
            mechanism: string;
            sequenceId: string;
        };
        /** @description Where to send a code, and whose it is. */
        OtpRequestBody: {
            defaultCountry?: string | null;
            email?: string | null;
            fullName?: string | null;
            phone?: string | null;
        };
        /** @description A code is on its way, whoever the contact's owner is. */
        OtpRequestView: {
            /** Format: date-time */
            expiresAt: string;
            requestId: string;
        };
        /** @description The code that was sent there. */
        OtpVerifyBody: {
            code: string;
            defaultCountry?: string | null;
            email?: string | null;
            phone?: string | null;
        };
        /** @description A bid of one's own. */
        OwnBidView: {
            /** @example 105.00 */
            amount: string;
            /** Format: date-time */
            bidTime: string;
            currencyCode: string;
            id: string;
            /** @example 105.00 */
            maxAmount: string | null;
        };
        OwnBidViewPage: {
            data: components["schemas"]["OwnBidView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description Who one is, and all that one takes part in. */
        OwnProfileView: {
            active: components["schemas"]["ActiveView"];
            /** Format: date-time */
            createdAt: string;
            email: string | null;
            fullName: string | null;
            id: string;
            phone: string | null;
        };
        /** @description Where the next page begins. */
        PageInfo: {
            endCursor: string | null;
            hasNextPage: boolean;
        };
        /** @description What somebody takes part in; the token only once admitted. */
        ParticipationView: {
            admissionToken?: string;
            id: string;
            status: string;
            /** @enum {string} */
            type: "queue" | "draw" | "auction" | "timed_release" | "appointment" | "waitlist";
        };
        /** @description One way into an experience, and what it offers. */
        PathView: {
            appointments: components["schemas"]["AppointmentView"][];
            auctions: components["schemas"]["AuctionView"][];
            color: string | null;
            draws: components["schemas"]["DrawView"][];
            hasAccessCode: boolean;
            id: string;
            name: string;
            priority: number;
            queues: components["schemas"]["QueueView"][];
            timedReleases: components["schemas"]["TimedReleaseView"][];
            waitlist: components["schemas"]["WaitlistView"] | null;
        };
        /** @description Who is asked for signs of life: numbers up to this one, this often. */
        PresenceView: {
            everyMs: number;
            upTo: number;
        };
        /** @description What every failure looks like; some codes add fields of their own. */
        Problem: {
            code: string;
            details?: components["schemas"]["FieldProblem"][];
            error: string;
            /** @description Of the object that has the place already. */
            id?: string;
            message: string;
            /**
             * Format: date-time
             * @description With NOT_OPEN_YET.
             */
            opensAt?: string;
            requestId: string;
            /** @description With 429: seconds, as Retry-After. */
            retryAfter?: number;
        } & {
            [key: string]: unknown;
        };
        /** @description Who somebody is; what is not known is null. */
        ProfileView: {
            /** Format: date-time */
            createdAt: string;
            email: string | null;
            fullName: string | null;
            id: string;
            phone: string | null;
        };
        /**
         * @description The proof of a draw: before closing, after closing, once drawn; bytes are hex.
         *
         *     ``inclusion`` is the calling consumer's own, if they were in at closing.
         */
        ProofView: {
            /** @enum {string} */
            assurance?: "operator" | "beacon";
            backups?: string[];
            beacon?: string;
            beaconSignature?: string;
            commitment: string;
            drawId: string;
            entrantCount?: number;
            entries?: components["schemas"]["DrawEntryView"][];
            entriesUrl?: string;
            entryRoot?: string;
            inclusion?: components["schemas"]["InclusionView"];
            seed?: string;
            terms: string;
            version: number;
            winners?: string[];
            withdrawn?: string[];
        };
        /** @description What a page needs to look and speak like the merchant. */
        PublicOrganizationView: {
            checkoutUrl: string | null;
            countryCode: string | null;
            currencyCode: string;
            id: string;
            languageCode: string;
            logoUrl: string | null;
            /** @enum {string} */
            mode: "live" | "test";
            name: string;
            slug: string;
            theme: {
                [key: string]: unknown;
            } | null;
            timeZone: string;
        };
        /** @description A queue, as anybody with a key sees it; the last two where it has a lobby. */
        QueueView: {
            capacity: number | null;
            /** Format: date-time */
            closeAt: string | null;
            consumerCount: number;
            id: string;
            lobbyOpensAt?: string;
            name: string;
            notice: string | null;
            /** Format: date-time */
            openAt: string | null;
            /** @enum {string} */
            positionDisplay: "precise" | "qualitative";
            sequenceId: string;
            /** Format: date-time */
            serverTime: string;
            shuffle?: components["schemas"]["ShuffleView"] | null;
            /** @enum {string} */
            status: "PENDING" | "OPEN" | "PAUSED" | "CLOSED";
            timeZone: string;
        };
        /** @description The refresh token of the last answer. */
        RefreshBody: {
            refreshToken: string;
        };
        /** @description The slot to move to. */
        RescheduleBody: {
            newSlotId: string;
        };
        /** @description A live admission, and where it came from. */
        ResumableAdmissionView: {
            admissionToken: string;
            /** Format: date-time */
            admittedAt: string | null;
            distributionId: string;
            /** @enum {string} */
            distributionType: "queue" | "draw" | "auction" | "timed_release" | "appointment";
            experienceId: string;
            /** Format: date-time */
            expiresAt: string | null;
            sequenceId: string;
        };
        /** @description What one holds out to be let in. */
        RouteBody: {
            accessCode?: string | null;
            challenge?: string | null;
        };
        /** @description Where one goes. Why one does not get elsewhere is never told. */
        RouteView: {
            experienceId: string;
            gates: components["schemas"]["GateView"][];
            offers: components["schemas"]["OfferView"][];
            /** @enum {string} */
            outcome: "routed" | "gated" | "no_access";
            sequenceId: string | null;
        };
        /** @description The entries of one sequence, by kind. */
        SequenceNodeView: {
            appointment?: components["schemas"]["StatusView"];
            auction?: components["schemas"]["StatusView"];
            draw?: components["schemas"]["StatusView"];
            queue?: components["schemas"]["StatusView"];
            timedRelease?: components["schemas"]["StatusView"];
            waitlist?: components["schemas"]["WaitlistStatusView"];
        };
        /** @description Whose session it is, and until when it can be refreshed. */
        SessionDetails: {
            consumerId: string;
            email: string | null;
            /** Format: date-time */
            expiresAt: string;
            guestId: string | null;
            phone: string | null;
            /** @enum {string} */
            type: "guest" | "authenticated";
        };
        /** @description A pair of tokens; ``expiresIn`` is the access token's, in seconds. */
        SessionView: {
            accessToken: string;
            expiresIn: number;
            refreshToken: string;
            session: components["schemas"]["SessionDetails"];
            /** @enum {string} */
            tokenType: "Bearer";
        };
        /** @description An experience with all that it offers. */
        ShownExperienceView: {
            checkoutUrl: string | null;
            /** Format: date-time */
            closeAt: string | null;
            currencyCode: string;
            i18n: {
                [key: string]: unknown;
            } | null;
            id: string;
            name: string;
            notice: string | null;
            /** Format: date-time */
            openAt: string | null;
            product: components["schemas"]["ShownProductView"] | null;
            sequences: components["schemas"]["PathView"][];
            /** Format: date-time */
            serverTime: string;
            theme: {
                [key: string]: unknown;
            } | null;
            timeZone: string;
        };
        /** @description What is sold. */
        ShownProductView: {
            currencyCode: string;
            id: string;
            imageUrl: string | null;
            name: string;
            /** @example 105.00 */
            price: string;
            url: string | null;
        };
        /** @description A lobby's shuffle: fixed by the commitment before opening, recomputable by the seed after. */
        ShuffleView: {
            commitment: string;
            lobbyCount: number | null;
            seed: string | null;
        };
        /** @description All slots of the range, in one page. */
        SlotsView: {
            data: components["schemas"]["SlotView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description A slot, and how many places are left in it. */
        SlotView: {
            available: number;
            capacity: number;
            /** Format: date-time */
            endTime: string;
            id: string;
            locationId: string | null;
            /** Format: date-time */
            startTime: string;
        };
        /**
         * @description Where a consumer stands; what is not reached is null.
         *
         *     The distribution's id is called after its kind: one of ``queueId`` to ``appointmentId``.
         */
        StatusView: {
            admissionToken: string | null;
            /** Format: date-time */
            admittedAt: string | null;
            appointmentId?: string;
            auctionId?: string;
            /** @enum {string} */
            band?: "far" | "near" | "next";
            /** Format: date-time */
            completedAt: string | null;
            consumerId: string;
            denyReason: string | null;
            drawId?: string;
            /** Format: date-time */
            enteredAt: string;
            estimatedWait: components["schemas"]["WaitView"] | null;
            estimatedWaitSeconds: number | null;
            experienceId: string;
            /** Format: date-time */
            expiresAt: string | null;
            number: number | null;
            outcome: string | null;
            pollAfterMs: number | null;
            position: number | null;
            queueId?: string;
            sequenceId: string;
            /** @enum {string} */
            status: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT";
            timedReleaseId?: string;
        };
        /** @description A timed release, as anybody with a key sees it. */
        TimedReleaseView: {
            capacity: number | null;
            /** Format: date-time */
            closeAt: string | null;
            consumerCount: number;
            id: string;
            name: string;
            /** Format: date-time */
            nextWaveAt: string | null;
            notice: string | null;
            /** Format: date-time */
            openAt: string | null;
            perConsumerLimit: number;
            sequenceId: string;
            /** Format: date-time */
            serverTime: string;
            /** @enum {string} */
            status: "PENDING" | "OPEN" | "PAUSED" | "CLOSED";
            timeZone: string;
        };
        /** @description Which admission to look at. */
        ValidateAnyBody: {
            admissionId?: string;
            admissionToken?: string;
            consumerId?: string | null;
            fingerprint?: string | null;
        };
        /** @description The token to look at. */
        ValidateBody: {
            admissionToken: string;
            consumerId?: string | null;
            fingerprint?: string | null;
        };
        /** @description Whether an admission is good, and whatever the record knows of it. */
        ValidityView: {
            admissionId: string | null;
            /** Format: date-time */
            admittedAt: string | null;
            consumerId: string | null;
            distributionId: string | null;
            distributionType: string | null;
            experienceId: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** @enum {string|null} */
            reason: "BAD_SIGNATURE" | "UNKNOWN" | "WRONG_DISTRIBUTION" | "WRONG_CONSUMER" | "COMPLETED" | "DENIED" | "LEFT" | "EXPIRED" | "FINGERPRINT_MISMATCH" | null;
            remainingSeconds: number | null;
            sequenceId: string | null;
            /** @enum {string|null} */
            status: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT" | null;
            valid: boolean;
        };
        /** @description Whether a consumer is on a waitlist: never a position, never access. */
        WaitlistStatusView: {
            consumerId: string;
            /** Format: date-time */
            enteredAt: string;
            experienceId: string;
            /** Format: date-time */
            notifiedAt: string | null;
            sequenceId: string;
            /** @enum {string} */
            status: "waitlisted" | "notified" | "left";
            waitlistId: string;
        };
        /** @description A waitlist, as the page of its experience shows it. */
        WaitlistView: {
            id: string;
            name: string;
            sequenceId: string;
            /** @enum {string} */
            status: "PENDING" | "OPEN" | "PAUSED" | "CLOSED";
        };
        /** @description The range of an estimate, in seconds. */
        WaitView: {
            high: number;
            low: number;
        };
        /** @description A JSON object with camelCase names; unknown ones are refused. */
        Wire: Record<string, never>;
    };
    responses: {
        /** @description A failure, as a page */
        Page: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
                "text/html": string;
            };
        };
        /** @description A failure */
        Problem: {
            headers: {
                Allow: components["headers"]["Allow"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Fingerprint-Error": components["headers"]["X-Fingerprint-Error"];
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description With 405: the methods there are. */
        Allow: string;
        /** @description Seconds. */
        "Retry-After": number;
        "X-Fingerprint-Error": "true";
        "X-RateLimit-Limit": number;
        "X-RateLimit-Remaining": number;
        /** @description Unix seconds. */
        "X-RateLimit-Reset": number;
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    admissionsCompleteAny: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteAnyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsDenyAny: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DenyAnyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsExtendAny: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtendAnyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsValidateAny: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateAnyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidityView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    appointmentsShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    appointmentsBook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
            };
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    appointmentsCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar; charset=utf-8": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    appointmentsCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    appointmentsReschedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RescheduleBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    appointmentsSlots: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
            };
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotsView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    appointmentsStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsCompleteInAppointment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsDenyInAppointment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DenyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsValidateInAppointment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidityView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    auctionsShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuctionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    auctionsBid: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
            };
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BidBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BidderView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BidderView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    auctionsAllBids: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BidViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    auctionsHistory: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnBidViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    auctionsHighestBid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HighestBidView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    auctionsStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                auction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BidderView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsCompleteInAuction: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsDenyInAuction: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DenyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsValidateInAuction: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidityView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    authAuthorizeExternal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthorizeBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorizeView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    authExchangeExternal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExchangeBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    authGuest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Wire"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    authLogout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogoutBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    authRequestOtp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtpRequestBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OtpRequestView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    authVerifyOtp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtpVerifyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    authRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    challengesPose: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Wire"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChallengeView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    consumerProfilesShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consumer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    consumerProfilesShowMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnProfileView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    drawsShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrawView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    drawsEntries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    drawsProof: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProofView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsCompleteInDraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsDenyInDraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DenyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    drawsEnter: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    drawsLeave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    drawsStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsValidateInDraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidityView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    experiencesShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownExperienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    experiencesEnter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Wire"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnteredView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnteredView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    experiencesLeave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    experiencesRoute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RouteBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    handoffsHandOff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandoffBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoffView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    organizationsCurrent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicOrganizationView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsCompleteInQueue: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsDenyInQueue: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DenyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    queuesEnter: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    queuesLeave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    queuesStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsValidateInQueue: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidityView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    queuesShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                queue_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsAdmitToQueue: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                queue_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdmitBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdmittedView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    queuesLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                queue_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineCardView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsCompleteInTimedRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsDenyInTimedRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DenyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    timedReleasesEnter: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    timedReleasesLeave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    timedReleasesStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    admissionsValidateInTimedRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tells one device from another; stored hashed. */
                "X-Fingerprint"?: string;
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidityView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    timedReleasesShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimedReleaseView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    waitlistsEnter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                waitlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitlistStatusView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitlistStatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    waitlistsLeave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                waitlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitlistStatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    waitlistsStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                waitlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitlistStatusView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
