// Generated from the service's OpenAPI document by `npm run wire`: do not edit.

export interface paths {
    "/admin/api/v1/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what launches came to in a period; each thing counts when it happened. */
        get: operations["analyticsShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List keys, those that have ended too. */
        get: operations["apiKeysListKeys"];
        put?: never;
        /** Make a key; its text is shown this once. */
        post: operations["apiKeysCreateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/api-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        /** Show a key. */
        get: operations["apiKeysGetKey"];
        put?: never;
        post?: never;
        /** Revoke a key. */
        delete: operations["apiKeysDeleteKey"];
        options?: never;
        head?: never;
        /** Change a key; it holds in every process within two seconds. */
        patch: operations["apiKeysChangeKey"];
        trace?: never;
    };
    "/admin/api/v1/api-keys/{key_id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a key now; in every process within two seconds. */
        post: operations["apiKeysRevokeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/api-keys/{key_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the key's successor; the old one serves for overlapSeconds more. */
        post: operations["apiKeysRotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List them. */
        get: operations["adminAppointmentsListAll"];
        put?: never;
        /** Add one: to a draft as a draft, to a published experience at once. */
        post: operations["adminAppointmentsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/appointments/{line_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** Show one with its counters. */
        get: operations["adminAppointmentsGet"];
        put?: never;
        post?: never;
        /** Archive a draft, or one that has ended. */
        delete: operations["adminAppointmentsArchive"];
        options?: never;
        head?: never;
        /** Change one; which fields depends on the state it is in. */
        patch: operations["adminAppointmentsChange"];
        trace?: never;
    };
    "/admin/api/v1/appointments/{line_id}/close": {
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
        /** Take no more entries; those waiting are still served. */
        post: operations["adminAppointmentsClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/appointments/{line_id}/end": {
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
        /** End it for good; those waiting are denied with QUEUE_CLOSED. */
        post: operations["adminAppointmentsEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/appointments/{line_id}/open": {
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
        /** Take entries from now on; what was closed opens again. */
        post: operations["adminAppointmentsOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/appointments/{line_id}/participations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** List who takes part, in the order that they came. */
        get: operations["adminAppointmentsListEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/appointments/{line_id}/pause": {
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
        /** Admit nobody for now; entries go on. */
        post: operations["adminAppointmentsPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/appointments/{line_id}/resume": {
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
        /** Admit again. */
        post: operations["adminAppointmentsResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/auctions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List them. */
        get: operations["adminAuctionsListAll"];
        put?: never;
        /** Add one: to a draft as a draft, to a published experience at once. */
        post: operations["adminAuctionsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/auctions/{line_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** Show one with its counters. */
        get: operations["adminAuctionsGet"];
        put?: never;
        post?: never;
        /** Archive a draft, or one that has ended. */
        delete: operations["adminAuctionsArchive"];
        options?: never;
        head?: never;
        /** Change one; which fields depends on the state it is in. */
        patch: operations["adminAuctionsChange"];
        trace?: never;
    };
    "/admin/api/v1/auctions/{line_id}/close": {
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
        /** Take no more entries; those waiting are still served. */
        post: operations["adminAuctionsClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/auctions/{line_id}/end": {
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
        /** End it for good; those waiting are denied with QUEUE_CLOSED. */
        post: operations["adminAuctionsEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/auctions/{line_id}/open": {
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
        /** Take entries from now on; what was closed opens again. */
        post: operations["adminAuctionsOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/auctions/{line_id}/participations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** List who takes part, in the order that they came. */
        get: operations["adminAuctionsListEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/auctions/{line_id}/pause": {
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
        /** Admit nobody for now; entries go on. */
        post: operations["adminAuctionsPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/auctions/{line_id}/resume": {
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
        /** Admit again. */
        post: operations["adminAuctionsResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/auctions/{line_id}/settle": {
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
        /** End bidding if it has not ended, and choose the winners now. */
        post: operations["adminAuctionsSettle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/audiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List audiences. */
        get: operations["audiencesListAudiences"];
        put?: never;
        /** Make an audience. */
        post: operations["audiencesCreateAudience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/audiences/{audience_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: string;
            };
            cookie?: never;
        };
        /** Show an audience. */
        get: operations["audiencesGetAudience"];
        put?: never;
        post?: never;
        /** Archive an audience that no sequence is for. */
        delete: operations["audiencesArchiveAudience"];
        options?: never;
        head?: never;
        /** Change an audience; with other rules, everybody is routed again. */
        patch: operations["audiencesChangeAudience"];
        trace?: never;
    };
    "/admin/api/v1/audiences/{audience_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: string;
            };
            cookie?: never;
        };
        /** List a STATIC audience's members. */
        get: operations["audiencesListMembers"];
        put?: never;
        /** Add members: by id, all or none, or a CSV list by consumerId or email, up to 10 MiB. */
        post: operations["audiencesAddMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/audiences/{audience_id}/members/{consumer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: string;
                consumer_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a consumer out of an audience, and close what it had opened to them. */
        delete: operations["audiencesRemoveMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what happened, the newest first. */
        get: operations["auditListAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/audit/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the seals, the newest first. */
        get: operations["auditListAuditSegments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List connected shops. */
        get: operations["connectionsListConnections"];
        put?: never;
        /** Connect a shop; verify it next. */
        post: operations["connectionsCreateConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/connections/{connection_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        /** Show a connected shop. */
        get: operations["connectionsGetConnection"];
        put?: never;
        post?: never;
        /** Disconnect a shop, and forget its credentials. */
        delete: operations["connectionsArchiveConnection"];
        options?: never;
        head?: never;
        /**
         * Change a connection; new settings and credentials are to be verified again.
         * @description Settings that lead to another shop (another origin in `url`, another `shop` or `storeHash`)
         *     need every credential that is set given again, or null: 400 names those that are missing.
         */
        patch: operations["connectionsChangeConnection"];
        trace?: never;
    };
    "/admin/api/v1/connections/{connection_id}/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Return where the merchant agrees to the connection in the shop, within ten minutes. */
        post: operations["connectionsAuthorizeConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/connections/{connection_id}/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        /** Show how a shop's orders and our admissions agree. */
        get: operations["reconciliationShowReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/connections/{connection_id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start pulling what changed in a shop since the last time, or all of it. */
        post: operations["syncRunsStartSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/connections/{connection_id}/sync-runs": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        /** List a connection's syncs, the newest first. */
        get: operations["syncRunsListSyncRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/connections/{connection_id}/sync-runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        /** Show how far a sync has come. */
        get: operations["syncRunsGetSyncRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/connections/{connection_id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Talk to the shop, and subscribe to its webhooks. */
        post: operations["connectionsVerifyConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/draws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List them. */
        get: operations["adminDrawsListAll"];
        put?: never;
        /** Add one: to a draft as a draft, to a published experience at once. */
        post: operations["adminDrawsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/draws/{draw_id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draw_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End entries if they have not ended, and draw now; with a beacon once its round is out. */
        post: operations["adminDrawsRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/draws/{line_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** Show one with its counters. */
        get: operations["adminDrawsGet"];
        put?: never;
        post?: never;
        /** Archive a draft, or one that has ended. */
        delete: operations["adminDrawsArchive"];
        options?: never;
        head?: never;
        /** Change one; which fields depends on the state it is in. */
        patch: operations["adminDrawsChange"];
        trace?: never;
    };
    "/admin/api/v1/draws/{line_id}/close": {
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
        /** Take no more entries; those waiting are still served. */
        post: operations["adminDrawsClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/draws/{line_id}/end": {
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
        /** End it for good; those waiting are denied with QUEUE_CLOSED. */
        post: operations["adminDrawsEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/draws/{line_id}/open": {
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
        /** Take entries from now on; what was closed opens again. */
        post: operations["adminDrawsOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/draws/{line_id}/participations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** List who takes part, in the order that they came. */
        get: operations["adminDrawsListEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/draws/{line_id}/pause": {
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
        /** Admit nobody for now; entries go on. */
        post: operations["adminDrawsPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/draws/{line_id}/resume": {
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
        /** Admit again. */
        post: operations["adminDrawsResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/experiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List experiences. */
        get: operations["adminExperiencesListExperiences"];
        put?: never;
        /** Draft an experience; without checkoutUrl and connectionId it is the organization's. */
        post: operations["adminExperiencesCreateExperience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/experiences/{experience_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        /** Show an experience. */
        get: operations["adminExperiencesGetExperience"];
        put?: never;
        post?: never;
        /** Archive a draft, or an experience that has ended, with all that belongs to it. */
        delete: operations["adminExperiencesArchiveExperience"];
        options?: never;
        head?: never;
        /** Change an experience; which fields depends on whether it is published, or has ended. */
        patch: operations["adminExperiencesChangeExperience"];
        trace?: never;
    };
    "/admin/api/v1/experiences/{experience_id}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        /** List what happened in one experience, the newest first. */
        get: operations["auditListExperienceAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/experiences/{experience_id}/duplicate": {
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
        /** Draft an experience like this one, with all that it offers and nobody in it. */
        post: operations["adminExperiencesDuplicateExperience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/experiences/{experience_id}/end": {
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
        /** End all of it for good; those waiting are denied with QUEUE_CLOSED. */
        post: operations["adminExperiencesEndExperience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/experiences/{experience_id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        /** Show what an experience has come to, in all and by sequence. */
        get: operations["analyticsOfExperience"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/experiences/{experience_id}/pause": {
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
        /** Stop admissions in all of it; entries go on. */
        post: operations["adminExperiencesPauseExperience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/experiences/{experience_id}/publish": {
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
        /** Let consumers see an experience; stock is fixed with this. */
        post: operations["adminExperiencesPublishExperience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/experiences/{experience_id}/resume": {
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
        /** Let admissions go on in all of it. */
        post: operations["adminExperiencesResumeExperience"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what waits, runs, is tried again or has failed, the newest first. */
        get: operations["jobsListJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/jobs/{job_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a job done now, whatever became of it so far. */
        post: operations["jobsRetryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/organizations/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the organization and its limits. */
        get: operations["organizationGetOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the organization; limits hold in every process within two seconds. */
        patch: operations["organizationChangeOrganization"];
        trace?: never;
    };
    "/admin/api/v1/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what people were sent, or would have been, the newest first; in development only. */
        get: operations["outboxListMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/participations/{entry_id}/admit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Admit somebody who waits in a queue, out of turn; never beyond stock. */
        post: operations["adminParticipationsAdmit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/participations/{entry_id}/deny": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn somebody away, waiting or admitted. */
        post: operations["adminParticipationsDeny"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/participations/{entry_id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give somebody who was admitted more time, once. */
        post: operations["adminParticipationsExtend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List them. */
        get: operations["adminQueuesListAll"];
        put?: never;
        /** Add one: to a draft as a draft, to a published experience at once. */
        post: operations["adminQueuesCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/queues/{line_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** Show one with its counters. */
        get: operations["adminQueuesGet"];
        put?: never;
        post?: never;
        /** Archive a draft, or one that has ended. */
        delete: operations["adminQueuesArchive"];
        options?: never;
        head?: never;
        /** Change one; which fields depends on the state it is in. */
        patch: operations["adminQueuesChange"];
        trace?: never;
    };
    "/admin/api/v1/queues/{line_id}/close": {
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
        /** Take no more entries; those waiting are still served. */
        post: operations["adminQueuesClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/queues/{line_id}/end": {
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
        /** End it for good; those waiting are denied with QUEUE_CLOSED. */
        post: operations["adminQueuesEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/queues/{line_id}/open": {
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
        /** Take entries from now on; what was closed opens again. */
        post: operations["adminQueuesOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/queues/{line_id}/participations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** List who takes part, in the order that they came. */
        get: operations["adminQueuesListEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/queues/{line_id}/pause": {
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
        /** Admit nobody for now; entries go on. */
        post: operations["adminQueuesPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/queues/{line_id}/resume": {
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
        /** Admit again. */
        post: operations["adminQueuesResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/sequences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sequences. */
        get: operations["sequencesListSequences"];
        put?: never;
        /** Add a sequence to an experience. */
        post: operations["sequencesCreateSequence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/sequences/{sequence_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sequence_id: string;
            };
            cookie?: never;
        };
        /** Show a sequence. */
        get: operations["sequencesGetSequence"];
        put?: never;
        post?: never;
        /** Archive a sequence that holds nothing any more. */
        delete: operations["sequencesArchiveSequence"];
        options?: never;
        head?: never;
        /** Change a sequence. */
        patch: operations["sequencesChangeSequence"];
        trace?: never;
    };
    "/admin/api/v1/sequences/{sequence_id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sequence_id: string;
            };
            cookie?: never;
        };
        /** Show what a sequence has come to, in all and by distribution. */
        get: operations["analyticsOfSequence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/sequences/{sequence_id}/waitlist/consumers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sequence_id: string;
            };
            cookie?: never;
        };
        /** List who is or was on a sequence's waitlist. */
        get: operations["waitlistConsumersListWaitlisted"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/timed-releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List them. */
        get: operations["adminTimedReleasesListAll"];
        put?: never;
        /** Add one: to a draft as a draft, to a published experience at once. */
        post: operations["adminTimedReleasesCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/timed-releases/{line_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** Show one with its counters. */
        get: operations["adminTimedReleasesGet"];
        put?: never;
        post?: never;
        /** Archive a draft, or one that has ended. */
        delete: operations["adminTimedReleasesArchive"];
        options?: never;
        head?: never;
        /** Change one; which fields depends on the state it is in. */
        patch: operations["adminTimedReleasesChange"];
        trace?: never;
    };
    "/admin/api/v1/timed-releases/{line_id}/close": {
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
        /** Take no more entries; those waiting are still served. */
        post: operations["adminTimedReleasesClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/timed-releases/{line_id}/end": {
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
        /** End it for good; those waiting are denied with QUEUE_CLOSED. */
        post: operations["adminTimedReleasesEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/timed-releases/{line_id}/open": {
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
        /** Take entries from now on; what was closed opens again. */
        post: operations["adminTimedReleasesOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/timed-releases/{line_id}/participations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** List who takes part, in the order that they came. */
        get: operations["adminTimedReleasesListEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/timed-releases/{line_id}/pause": {
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
        /** Admit nobody for now; entries go on. */
        post: operations["adminTimedReleasesPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/timed-releases/{line_id}/resume": {
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
        /** Admit again. */
        post: operations["adminTimedReleasesResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/waitlists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List them. */
        get: operations["adminWaitlistsListAll"];
        put?: never;
        /** Add one: to a draft as a draft, to a published experience at once. */
        post: operations["adminWaitlistsCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/waitlists/{line_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** Show one with its counters. */
        get: operations["adminWaitlistsGet"];
        put?: never;
        post?: never;
        /** Archive a draft, or one that has ended. */
        delete: operations["adminWaitlistsArchive"];
        options?: never;
        head?: never;
        /** Change one; which fields depends on the state it is in. */
        patch: operations["adminWaitlistsChange"];
        trace?: never;
    };
    "/admin/api/v1/waitlists/{line_id}/close": {
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
        /** Take no more entries; those waiting are still served. */
        post: operations["adminWaitlistsClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/waitlists/{line_id}/end": {
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
        /** End it for good; those waiting are denied with QUEUE_CLOSED. */
        post: operations["adminWaitlistsEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/waitlists/{line_id}/open": {
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
        /** Take entries from now on; what was closed opens again. */
        post: operations["adminWaitlistsOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/waitlists/{line_id}/participations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        /** List who takes part, in the order that they came. */
        get: operations["adminWaitlistsListEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/waitlists/{line_id}/pause": {
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
        /** Admit nobody for now; entries go on. */
        post: operations["adminWaitlistsPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/waitlists/{line_id}/resume": {
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
        /** Admit again. */
        post: operations["adminWaitlistsResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List where events are sent. */
        get: operations["webhooksListWebhooks"];
        put?: never;
        /** Send events to an address; the secret that signs them is shown this once. */
        post: operations["webhooksCreateWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        /** Show a webhook. */
        get: operations["webhooksGetWebhook"];
        put?: never;
        post?: never;
        /** Send nothing there any more. */
        delete: operations["webhooksArchiveWebhook"];
        options?: never;
        head?: never;
        /** Change a webhook; one that was disabled is enabled again like this. */
        patch: operations["webhooksChangeWebhook"];
        trace?: never;
    };
    "/admin/api/v1/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        /** List an endpoint's deliveries, the newest first. */
        get: operations["deliveriesListDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/webhooks/{webhook_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new secret; for 24 hours both sign. */
        post: operations["webhooksRotateWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the event webhook.test to an endpoint. */
        post: operations["deliveriesSendTestEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/webhooks/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        /** Show what became of a delivery, attempt by attempt. */
        get: operations["deliveriesGetDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/v1/webhooks/deliveries/{delivery_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Attempt a delivery once more now, whatever came of it so far. */
        post: operations["deliveriesRetryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/consumers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List consumers, guests among them. */
        get: operations["consumersListConsumers"];
        put?: never;
        /** Add a consumer. */
        post: operations["consumersCreateConsumer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/consumers/{consumer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consumer_id: string;
            };
            cookie?: never;
        };
        /** Show a consumer. */
        get: operations["consumersGetConsumer"];
        put?: never;
        post?: never;
        /** Erase a consumer's personal data; what is counted stays counted. */
        delete: operations["consumersEraseConsumer"];
        options?: never;
        head?: never;
        /** Change some of a consumer's fields. */
        patch: operations["consumersChangeConsumer"];
        trace?: never;
    };
    "/api/consumers/{consumer_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                consumer_id: string;
            };
            cookie?: never;
        };
        /** Give all that is held on a consumer as one JSON file. */
        get: operations["consumersExportConsumer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/consumers.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give all consumers as CSV, guests among them. */
        get: operations["exportsExportConsumers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/orders.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give all orders as CSV. */
        get: operations["exportsExportOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/products.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give all products as CSV; variants are not in it. */
        get: operations["exportsExportProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        /** Show how far an import has come. */
        get: operations["importsGetImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{import_id}/errors.csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        /** Give the rows that were not imported as CSV: where, what is wrong, and the row. */
        get: operations["importsGetImportErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/consumers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add or update the consumers of a CSV file; its first row names the columns. */
        post: operations["importsImportConsumers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add or update the products of a CSV file; its first row names the columns. */
        post: operations["importsImportProducts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List orders. */
        get: operations["ordersListOrders"];
        put?: never;
        /** Report an order; it completes its admission within moments. */
        post: operations["ordersReportOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        /** Show an order. */
        get: operations["ordersGetOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Cancel or refund an order; its units go back where the distribution restocks. */
        patch: operations["ordersChangeOrder"];
        trace?: never;
    };
    "/api/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List products. */
        get: operations["productsListProducts"];
        put?: never;
        /** Add a product; with a syncSource, update the one with this externalId or SKU. */
        post: operations["productsCreateProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/{product_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        /** Show a product. */
        get: operations["productsGetProduct"];
        put?: never;
        post?: never;
        /** Archive a product; its SKU is free again. */
        delete: operations["productsArchiveProduct"];
        options?: never;
        head?: never;
        /** Change some of a product's fields; variants are replaced, matched by SKU. */
        patch: operations["productsChangeProduct"];
        trace?: never;
    };
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
        /** @description An appointment, its state and its counters. */
        AdminAppointmentView: {
            admissionExpirationSeconds?: number;
            admitAtStart: boolean;
            bufferMinutes: number;
            /**
             * Format: date-time
             * @default null
             */
            closeAt: string | null;
            counters: components["schemas"]["CountersView"];
            /** Format: date-time */
            createdAt: string;
            exceptions: {
                [key: string]: unknown;
            }[];
            experienceId: string;
            /** @default false */
            extendable: boolean;
            /** @default false */
            fingerprintAtValidation: boolean;
            /**
             * @default required
             * @enum {string}
             */
            fingerprintPolicy: "required" | "recommended" | "off";
            id: string;
            /** @default false */
            inventoryBound: boolean;
            locations: components["schemas"]["PlaceView"][];
            /** @default null */
            maxCapacity: number | null;
            maxCapacityPerSlot: number;
            /** @default 3 */
            maxEntriesPerFingerprint: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            /** @default null */
            notice: string | null;
            /**
             * Format: date-time
             * @default null
             */
            openAt: string | null;
            /** @default null */
            productId: string | null;
            /** @default false */
            restockOnCancel: boolean;
            sequenceId: string;
            slotDurationMinutes: number;
            /** @enum {string} */
            state: "draft" | "active" | "paused" | "ended";
            /** @enum {string|null} */
            status: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            /** @default null */
            stock: number | null;
            timeZone?: string;
            type: string;
            /** @default 1 */
            unitsPerAdmission: number;
            /** @default null */
            variantId: string | null;
            weeklyHours: {
                [key: string]: unknown;
            }[];
        };
        AdminAppointmentViewPage: {
            data: components["schemas"]["AdminAppointmentView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description An auction, its state and its counters; ``settledAt`` is when its winners were chosen. */
        AdminAuctionView: {
            admissionExpirationSeconds?: number;
            /** @enum {string} */
            auctionType: "english" | "dutch";
            autoExtendSeconds: number;
            /**
             * Format: date-time
             * @default null
             */
            closeAt: string | null;
            counters: components["schemas"]["CountersView"];
            /** Format: date-time */
            createdAt: string;
            currencyCode: string;
            experienceId: string;
            /** @default false */
            extendable: boolean;
            /** @default false */
            fingerprintAtValidation: boolean;
            /**
             * @default required
             * @enum {string}
             */
            fingerprintPolicy: "required" | "recommended" | "off";
            floorPrice: string | null;
            id: string;
            /** @default false */
            inventoryBound: boolean;
            /** @default null */
            maxCapacity: number | null;
            /** @default 3 */
            maxEntriesPerFingerprint: number;
            metadata?: {
                [key: string]: unknown;
            };
            minimumBidIncrement: string;
            name?: string;
            /** @default null */
            notice: string | null;
            /**
             * Format: date-time
             * @default null
             */
            openAt: string | null;
            priceDropAmount: string | null;
            priceDropIntervalSeconds: number | null;
            /** @default null */
            productId: string | null;
            reservePrice: string | null;
            /** @default false */
            restockOnCancel: boolean;
            sequenceId: string;
            settleAt: string;
            /** Format: date-time */
            settledAt: string | null;
            startingPrice: string;
            /** @enum {string} */
            state: "draft" | "active" | "paused" | "ended";
            /** @enum {string|null} */
            status: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            /** @default null */
            stock: number | null;
            timeZone?: string;
            type: string;
            /** @default 1 */
            unitsPerAdmission: number;
            /** @default null */
            variantId: string | null;
            winnerCount: number;
        };
        AdminAuctionViewPage: {
            data: components["schemas"]["AdminAuctionView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description A draw, its state and its counters. */
        AdminDrawView: {
            admissionExpirationSeconds?: number;
            backupCount: number;
            beacon: components["schemas"]["BeaconBody"];
            /**
             * Format: date-time
             * @default null
             */
            closeAt: string | null;
            continueSelectingUntilCompleted: boolean;
            counters: components["schemas"]["CountersView"];
            /** Format: date-time */
            createdAt: string;
            drawAt: string;
            experienceId: string;
            /** @default false */
            extendable: boolean;
            /** @default false */
            fingerprintAtValidation: boolean;
            /**
             * @default required
             * @enum {string}
             */
            fingerprintPolicy: "required" | "recommended" | "off";
            id: string;
            /** @default false */
            inventoryBound: boolean;
            /** @default null */
            maxCapacity: number | null;
            /** @default 3 */
            maxEntriesPerFingerprint: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            /** @default null */
            notice: string | null;
            /**
             * Format: date-time
             * @default null
             */
            openAt: string | null;
            /** @default null */
            productId: string | null;
            /** @default false */
            restockOnCancel: boolean;
            sequenceId: string;
            /** @enum {string} */
            state: "draft" | "active" | "paused" | "ended";
            /** @enum {string|null} */
            status: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            /** @default null */
            stock: number | null;
            tickets: components["schemas"]["TicketsBody"] | null;
            timeZone?: string;
            type: string;
            /** @default 1 */
            unitsPerAdmission: number;
            /** @default null */
            variantId: string | null;
            winnerCount: number;
        };
        AdminDrawViewPage: {
            data: components["schemas"]["AdminDrawView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description A queue, its state and its counters. */
        AdminQueueView: {
            absenceSeconds: number;
            admissionExpirationSeconds?: number;
            admissionRate: number | null;
            /**
             * Format: date-time
             * @default null
             */
            closeAt: string | null;
            counters: components["schemas"]["CountersView"];
            /** Format: date-time */
            createdAt: string;
            experienceId: string;
            /** @default false */
            extendable: boolean;
            /** @default false */
            fingerprintAtValidation: boolean;
            /**
             * @default required
             * @enum {string}
             */
            fingerprintPolicy: "required" | "recommended" | "off";
            id: string;
            /** @default false */
            inventoryBound: boolean;
            lobbyOpensAt: string | null;
            maxActiveAdmissions: number | null;
            /** @default null */
            maxCapacity: number | null;
            /** @default 3 */
            maxEntriesPerFingerprint: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            /** @default null */
            notice: string | null;
            /**
             * Format: date-time
             * @default null
             */
            openAt: string | null;
            positionDisplay: string;
            /** @default null */
            productId: string | null;
            /** @default false */
            restockOnCancel: boolean;
            sequenceId: string;
            shuffleBeforeOpen: boolean;
            /** @enum {string} */
            state: "draft" | "active" | "paused" | "ended";
            /** @enum {string|null} */
            status: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            /** @default null */
            stock: number | null;
            timeZone?: string;
            type: string;
            /** @default 1 */
            unitsPerAdmission: number;
            /** @default null */
            variantId: string | null;
        };
        AdminQueueViewPage: {
            data: components["schemas"]["AdminQueueView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description A timed release, its state and its counters. */
        AdminTimedReleaseView: {
            admissionExpirationSeconds?: number;
            /**
             * Format: date-time
             * @default null
             */
            closeAt: string | null;
            counters: components["schemas"]["CountersView"];
            /** Format: date-time */
            createdAt: string;
            experienceId: string;
            /** @default false */
            extendable: boolean;
            /** @default false */
            fingerprintAtValidation: boolean;
            /**
             * @default required
             * @enum {string}
             */
            fingerprintPolicy: "required" | "recommended" | "off";
            id: string;
            /** @default false */
            inventoryBound: boolean;
            /** @default null */
            maxCapacity: number | null;
            /** @default 3 */
            maxEntriesPerFingerprint: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            /** @default null */
            notice: string | null;
            /**
             * Format: date-time
             * @default null
             */
            openAt: string | null;
            perConsumerLimit: number;
            /** @default null */
            productId: string | null;
            /** @default false */
            restockOnCancel: boolean;
            sequenceId: string;
            /** @enum {string} */
            state: "draft" | "active" | "paused" | "ended";
            /** @enum {string|null} */
            status: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            /** @default null */
            stock: number | null;
            timeZone?: string;
            type: string;
            /** @default 1 */
            unitsPerAdmission: number;
            /** @default null */
            variantId: string | null;
            waves: components["schemas"]["WaveView"][];
        };
        AdminTimedReleaseViewPage: {
            data: components["schemas"]["AdminTimedReleaseView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description A waitlist and its state. */
        AdminWaitlistView: {
            /** Format: date-time */
            createdAt: string;
            experienceId: string;
            id: string;
            name: string;
            sequenceId: string;
            /** @enum {string} */
            state: "draft" | "active" | "paused" | "ended";
            /** @enum {string|null} */
            status: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            type: string;
        };
        AdminWaitlistViewPage: {
            data: components["schemas"]["AdminWaitlistView"][];
            pageInfo: components["schemas"]["PageInfo"];
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
        /** @description Where to send the merchant's browser. */
        AgreementView: {
            expiresInSeconds: number;
            url: string;
        };
        /** @description A period, its series, and its figures. */
        AnalyticsView: {
            /** Format: date-time */
            asOf: string;
            /** Format: date-time */
            from: string;
            groupBy: string | null;
            groups: components["schemas"]["GroupView"][];
            interval: string;
            now: components["schemas"]["NowView"];
            series: components["schemas"]["PointView"][];
            /** Format: date-time */
            to: string;
            total: components["schemas"]["FiguresView"];
        };
        /** @description A key to make; without scopes a secret key gets all but ``admin``. */
        ApiKeyBody: {
            allowedOrigins?: string[];
            /** Format: date-time */
            expiresAt?: string | null;
            /** @enum {string} */
            kind: "publishable" | "secret";
            /** @enum {string} */
            mode: "live" | "test";
            name: string;
            scopes?: ("read:experiences" | "read:consumers" | "read:products" | "read:orders" | "read:admissions" | "read:webhooks" | "read:connections" | "write:experiences" | "write:consumers" | "write:products" | "write:orders" | "write:admissions" | "write:webhooks" | "write:connections" | "admin")[] | null;
        };
        /** @description What may be changed about a key. */
        ApiKeyFieldsChanges: {
            allowedOrigins?: string[];
            /** Format: date-time */
            expiresAt?: string | null;
            name?: string;
            scopes?: ("read:experiences" | "read:consumers" | "read:products" | "read:orders" | "read:admissions" | "read:webhooks" | "read:connections" | "write:experiences" | "write:consumers" | "write:products" | "write:orders" | "write:admissions" | "write:webhooks" | "write:connections" | "admin")[];
        };
        /** @description A key without its text; ``hint`` is the end of it. */
        ApiKeyView: {
            allowedOrigins: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            hint: string;
            id: string;
            /** @enum {string} */
            kind: "publishable" | "secret";
            /** Format: date-time */
            lastUsedAt: string | null;
            /** @enum {string} */
            mode: "live" | "test";
            name: string;
            replacedBy: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            scopes: string[];
        };
        ApiKeyViewPage: {
            data: components["schemas"]["ApiKeyView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description An appointment; hours and days are in its ``timeZone``. */
        AppointmentBody: {
            admissionExpirationSeconds?: number;
            admitAtStart?: boolean;
            bufferMinutes?: number;
            /** Format: date-time */
            closeAt?: string | null;
            exceptions?: components["schemas"]["ExceptionBody"][];
            extendable?: boolean;
            fingerprintAtValidation?: boolean;
            /** @enum {string} */
            fingerprintPolicy?: "required" | "recommended" | "off";
            inventoryBound?: boolean;
            locations?: components["schemas"]["LocationBody"][];
            maxCapacity?: number | null;
            maxCapacityPerSlot?: number;
            maxEntriesPerFingerprint?: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            productId?: string | null;
            restockOnCancel?: boolean;
            sequenceId: string;
            slotDurationMinutes: number;
            stock?: number | null;
            timeZone?: string;
            unitsPerAdmission?: number;
            variantId?: string | null;
            weeklyHours?: components["schemas"]["WeeklyHoursBody"][];
        };
        /** @description An appointment; hours and days are in its ``timeZone``. */
        AppointmentChanges: {
            admissionExpirationSeconds?: number;
            admitAtStart?: boolean;
            bufferMinutes?: number;
            /** Format: date-time */
            closeAt?: string | null;
            exceptions?: components["schemas"]["ExceptionBody"][];
            extendable?: boolean;
            fingerprintAtValidation?: boolean;
            /** @enum {string} */
            fingerprintPolicy?: "required" | "recommended" | "off";
            inventoryBound?: boolean;
            locations?: components["schemas"]["LocationBody"][];
            maxCapacity?: number | null;
            maxCapacityPerSlot?: number;
            maxEntriesPerFingerprint?: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            productId?: string | null;
            restockOnCancel?: boolean;
            sequenceId?: string;
            slotDurationMinutes?: number;
            stock?: number | null;
            timeZone?: string;
            unitsPerAdmission?: number;
            variantId?: string | null;
            weeklyHours?: components["schemas"]["WeeklyHoursBody"][];
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
        /** @description One attempt; ``response`` is the beginning of the answer's body, secrets blotted out. */
        AttemptView: {
            /** Format: date-time */
            at: string;
            durationMs: number;
            problem: string | null;
            response: string | null;
            status: number | null;
        };
        /** @description An auction; ``closeAt`` defaults to ``settleAt``, amounts are in ``currencyCode``. */
        AuctionBody: {
            admissionExpirationSeconds?: number;
            /** @enum {string} */
            auctionType?: "english" | "dutch";
            autoExtendSeconds?: number;
            /** Format: date-time */
            closeAt?: string | null;
            currencyCode: string;
            extendable?: boolean;
            fingerprintAtValidation?: boolean;
            /** @enum {string} */
            fingerprintPolicy?: "required" | "recommended" | "off";
            /** @example 105.00 */
            floorPrice?: string | null;
            inventoryBound?: boolean;
            maxCapacity?: number | null;
            maxEntriesPerFingerprint?: number;
            metadata?: {
                [key: string]: unknown;
            };
            /** @example 105.00 */
            minimumBidIncrement?: string | null;
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            /** @example 105.00 */
            priceDropAmount?: string | null;
            priceDropIntervalSeconds?: number | null;
            productId?: string | null;
            /** @example 105.00 */
            reservePrice?: string | null;
            restockOnCancel?: boolean;
            sequenceId: string;
            /** Format: date-time */
            settleAt: string;
            /** @example 105.00 */
            startingPrice: string;
            stock?: number | null;
            timeZone?: string;
            unitsPerAdmission?: number;
            variantId?: string | null;
            winnerCount?: number;
        };
        /** @description An auction; ``closeAt`` defaults to ``settleAt``, amounts are in ``currencyCode``. */
        AuctionChanges: {
            admissionExpirationSeconds?: number;
            /** @enum {string} */
            auctionType?: "english" | "dutch";
            autoExtendSeconds?: number;
            /** Format: date-time */
            closeAt?: string | null;
            currencyCode?: string;
            extendable?: boolean;
            fingerprintAtValidation?: boolean;
            /** @enum {string} */
            fingerprintPolicy?: "required" | "recommended" | "off";
            /** @example 105.00 */
            floorPrice?: string | null;
            inventoryBound?: boolean;
            maxCapacity?: number | null;
            maxEntriesPerFingerprint?: number;
            metadata?: {
                [key: string]: unknown;
            };
            /** @example 105.00 */
            minimumBidIncrement?: string | null;
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            /** @example 105.00 */
            priceDropAmount?: string | null;
            priceDropIntervalSeconds?: number | null;
            productId?: string | null;
            /** @example 105.00 */
            reservePrice?: string | null;
            restockOnCancel?: boolean;
            sequenceId?: string;
            /** Format: date-time */
            settleAt?: string;
            /** @example 105.00 */
            startingPrice?: string;
            stock?: number | null;
            timeZone?: string;
            unitsPerAdmission?: number;
            variantId?: string | null;
            winnerCount?: number;
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
        /** @description An audience: a STATIC one has members, a DYNAMIC one rules. */
        AudienceChanges: {
            name?: string;
            rules?: components["schemas"]["RuleBody"][];
        };
        /** @description An audience. */
        AudienceView: {
            /** Format: date-time */
            createdAt: string;
            id: string;
            name: string;
            rules?: components["schemas"]["RuleBody"][];
            /** @enum {string} */
            type: "STATIC" | "DYNAMIC";
        };
        AudienceViewPage: {
            data: components["schemas"]["AudienceView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description One change; personal and secret fields say only ``withheld``. */
        AuditView: {
            action: string;
            actor: string;
            after: unknown;
            before: unknown;
            experienceId: string | null;
            id: string;
            requestId: string | null;
            subjectId: string;
            /** Format: date-time */
            timestamp: string;
            via: string | null;
        };
        AuditViewPage: {
            data: components["schemas"]["AuditView"][];
            pageInfo: components["schemas"]["PageInfo"];
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
        /** @description The public randomness to draw with; without ``round`` it is the first at ``drawAt``. */
        BeaconBody: {
            /** @enum {string} */
            kind: "drand" | "none";
            round?: number | null;
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
        /** @description A record that was merged with a consumer whom another source knows. */
        ConflictView: {
            consumerId: string;
            externalId: string;
            reason: string;
        };
        /** @description A shop to connect; which settings and credentials it needs is its platform's. */
        ConnectionBody: {
            credentials?: {
                [key: string]: unknown;
            };
            name: string;
            platform: string;
            schedule?: components["schemas"]["ScheduleFields"];
            settings?: {
                [key: string]: unknown;
            };
        };
        /** @description What may be changed: settings as a whole, credentials and the schedule one by one. */
        ConnectionFieldsChanges: {
            credentials?: {
                [key: string]: unknown;
            };
            name?: string;
            schedule?: components["schemas"]["ScheduleFields"];
            settings?: {
                [key: string]: unknown;
            };
        };
        /** @description A connected shop; of its credentials only which are set. */
        ConnectionView: {
            /** Format: date-time */
            createdAt: string;
            credentialsSet: {
                [key: string]: boolean;
            };
            /** @enum {string} */
            gate: "soft" | "hard";
            gateMessage: string;
            id: string;
            name: string;
            platform: string;
            schedule: components["schemas"]["ScheduleFields"];
            settings: {
                [key: string]: string;
            };
            /** @enum {string} */
            state: "unverified" | "active" | "needs_reauth" | "uninstalled" | "failing";
            stateMessage: string | null;
            webhookUrl: string;
        };
        ConnectionViewPage: {
            data: components["schemas"]["ConnectionView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description A consumer; at least one of e-mail address, phone number and external id. */
        ConsumerBody: {
            defaultCountry?: string | null;
            email?: string | null;
            externalId?: string | null;
            fullName?: string | null;
            metadata?: {
                [key: string]: unknown;
            };
            phone?: string | null;
            syncSource?: string | null;
        };
        /** @description A consumer; at least one of e-mail address, phone number and external id. */
        ConsumerChanges: {
            defaultCountry?: string | null;
            email?: string | null;
            externalId?: string | null;
            fullName?: string | null;
            metadata?: {
                [key: string]: unknown;
            };
            phone?: string | null;
            syncSource?: string | null;
        };
        /** @description A consumer as we keep them; a guest has no contact. */
        ConsumerView: {
            /** Format: date-time */
            createdAt: string;
            email: string | null;
            externalId: string | null;
            fullName: string | null;
            id: string;
            metadata: {
                [key: string]: unknown;
            };
            phone: string | null;
            syncSource: string | null;
            /** Format: date-time */
            updatedAt: string;
        };
        ConsumerViewPage: {
            data: components["schemas"]["ConsumerView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description Which share completed. */
        ConversionView: {
            ofAdmitted: number | null;
            ofEntered: number | null;
        };
        /** @description What the copy is called, and its times: cleared, or so many days after the original's. */
        CopyBody: {
            name?: string | null;
            shiftDays?: number | null;
        };
        /** @description How many: entries ever, waiting, live admissions; stock held and sold, in units. */
        CountersView: {
            active: number;
            entered: number;
            held: number;
            serving: number;
            sold: number;
            waiting: number;
        };
        /** @description The shop's orders by what they did for an admission. */
        CountsView: {
            completed: number;
            pending: number;
            rejected: number;
        };
        /** @description The same with its last twenty attempts, the oldest first. */
        DeliveryLogView: {
            attempts: number;
            body: components["schemas"]["SentBody"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            deliveredAt: string | null;
            eventId: string;
            eventType: string;
            id: string;
            lastProblem: string | null;
            lastStatus: number | null;
            log: components["schemas"]["AttemptView"][];
            /** Format: date-time */
            nextAttemptAt: string | null;
            /** @enum {string} */
            status: "pending" | "delivered" | "failed" | "cancelled";
            webhookId: string;
        };
        /** @description One event on its way to one endpoint; ``nextAttemptAt`` only while it is pending. */
        DeliveryView: {
            attempts: number;
            body: components["schemas"]["SentBody"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            deliveredAt: string | null;
            eventId: string;
            eventType: string;
            id: string;
            lastProblem: string | null;
            lastStatus: number | null;
            /** Format: date-time */
            nextAttemptAt: string | null;
            /** @enum {string} */
            status: "pending" | "delivered" | "failed" | "cancelled";
            webhookId: string;
        };
        DeliveryViewPage: {
            data: components["schemas"]["DeliveryView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description Why somebody is turned away: one of the usual reasons, or your own words. */
        DenialBody: {
            reason: string;
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
        /** @description A draw; ``closeAt`` defaults to ``drawAt``, and all of it is fixed when it opens. */
        DrawBody: {
            admissionExpirationSeconds?: number;
            backupCount?: number;
            beacon?: components["schemas"]["BeaconBody"];
            /** Format: date-time */
            closeAt?: string | null;
            continueSelectingUntilCompleted?: boolean;
            /** Format: date-time */
            drawAt: string;
            extendable?: boolean;
            fingerprintAtValidation?: boolean;
            /** @enum {string} */
            fingerprintPolicy?: "required" | "recommended" | "off";
            inventoryBound?: boolean;
            maxCapacity?: number | null;
            maxEntriesPerFingerprint?: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            productId?: string | null;
            restockOnCancel?: boolean;
            sequenceId: string;
            stock?: number | null;
            tickets?: components["schemas"]["TicketsBody"] | null;
            timeZone?: string;
            unitsPerAdmission?: number;
            variantId?: string | null;
            winnerCount: number;
        };
        /** @description A draw; ``closeAt`` defaults to ``drawAt``, and all of it is fixed when it opens. */
        DrawChanges: {
            admissionExpirationSeconds?: number;
            backupCount?: number;
            beacon?: components["schemas"]["BeaconBody"];
            /** Format: date-time */
            closeAt?: string | null;
            continueSelectingUntilCompleted?: boolean;
            /** Format: date-time */
            drawAt?: string;
            extendable?: boolean;
            fingerprintAtValidation?: boolean;
            /** @enum {string} */
            fingerprintPolicy?: "required" | "recommended" | "off";
            inventoryBound?: boolean;
            maxCapacity?: number | null;
            maxEntriesPerFingerprint?: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            productId?: string | null;
            restockOnCancel?: boolean;
            sequenceId?: string;
            stock?: number | null;
            tickets?: components["schemas"]["TicketsBody"] | null;
            timeZone?: string;
            unitsPerAdmission?: number;
            variantId?: string | null;
            winnerCount?: number;
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
        /** @description Quantiles in seconds, within 1 % of the exact ones; null where there are none. */
        DurationsView: {
            count: number;
            p50: number | null;
            p90: number | null;
            p99: number | null;
        };
        /** @description How an endpoint has been doing: ``failures`` attempts in a row, since ``failingSince``. */
        EndpointHealthView: {
            /** Format: date-time */
            failingSince: string | null;
            failures: number;
            /** Format: date-time */
            lastFailureAt: string | null;
            /** Format: date-time */
            lastSuccessAt: string | null;
            /** @enum {string} */
            status: "healthy" | "failing" | "disabled";
        };
        /** @description An experience that one is in, and where one goes from here. */
        EnteredView: {
            /** Format: date-time */
            enteredAt: string;
            experience: components["schemas"]["ShownExperienceView"];
            journey: components["schemas"]["RouteView"];
        };
        /** @description One entry, and the admission that it was given. */
        EntryView: {
            admissionId: string | null;
            /** Format: date-time */
            admittedAt: string | null;
            /** Format: date-time */
            completedAt: string | null;
            consumerId: string;
            denyReason: string | null;
            /** Format: date-time */
            enteredAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            id: string;
            number: number | null;
            status: string;
        };
        EntryViewPage: {
            data: components["schemas"]["EntryView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description One day that is unlike its weekday: closed, or open at other hours. */
        ExceptionBody: {
            closed?: boolean;
            /** Format: date */
            date: string;
            hours?: components["schemas"]["HoursBody"][];
        };
        /** @description The code that the merchant's server was given. */
        ExchangeBody: {
            exchangeCode: string;
        };
        /** @description An experience; a naive time is read in ``timeZone``. */
        ExperienceBody: {
            checkoutUrl?: string | null;
            /** Format: date-time */
            closeAt?: string | null;
            connectionId?: string | null;
            currencyCode?: string;
            expectedAudience?: number | null;
            i18n?: {
                [key: string]: unknown;
            } | null;
            name: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            productId?: string | null;
            slug?: string | null;
            theme?: {
                [key: string]: unknown;
            } | null;
            timeZone?: string;
        };
        /** @description An experience; a naive time is read in ``timeZone``. */
        ExperienceChanges: {
            checkoutUrl?: string | null;
            /** Format: date-time */
            closeAt?: string | null;
            connectionId?: string | null;
            currencyCode?: string;
            expectedAudience?: number | null;
            i18n?: {
                [key: string]: unknown;
            } | null;
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            productId?: string | null;
            slug?: string | null;
            theme?: {
                [key: string]: unknown;
            } | null;
            timeZone?: string;
        };
        /** @description The entries of one experience, by sequence. */
        ExperienceNodeView: {
            sequences: {
                [key: string]: components["schemas"]["SequenceNodeView"];
            };
        };
        /** @description An experience; its status follows from its times and its distributions. */
        ExperienceView: {
            checkoutUrl?: string | null;
            /**
             * Format: date-time
             * @default null
             */
            closeAt: string | null;
            /** @default null */
            connectionId: string | null;
            /** Format: date-time */
            createdAt: string;
            currencyCode?: string;
            /** Format: date-time */
            endedAt: string | null;
            /** @default null */
            expectedAudience: number | null;
            /** @default null */
            i18n: {
                [key: string]: unknown;
            } | null;
            id: string;
            name: string;
            /** @default null */
            notice: string | null;
            /**
             * Format: date-time
             * @default null
             */
            openAt: string | null;
            /** @default null */
            productId: string | null;
            /** Format: date-time */
            publishedAt: string | null;
            /** @default null */
            slug: string | null;
            /** @enum {string} */
            status: "draft" | "scheduled" | "active" | "paused" | "ended" | "archived";
            /** @default null */
            theme: {
                [key: string]: unknown;
            } | null;
            /** @default UTC */
            timeZone: string;
        };
        ExperienceViewPage: {
            data: components["schemas"]["ExperienceView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description Which admission is to last longer. */
        ExtendAnyBody: {
            admissionId?: string;
            admissionToken?: string;
            seconds: number;
        };
        /** @description How many seconds more. */
        ExtendBody: {
            seconds: number;
        };
        /** @description A record of the shop's that could not be kept, and why. */
        FailureView: {
            externalId: string;
            reason: string;
        };
        /** @description Kendall's tau between the order of entry and the order of admission. */
        FairnessView: {
            pairs: number;
            tau: number | null;
        };
        /** @description One field at fault, by its dotted path. */
        FieldProblem: {
            field: string;
            message: string;
        };
        /** @description Everything that is told of some lines over some time. */
        FiguresView: {
            conversion: components["schemas"]["ConversionView"];
            fairness: components["schemas"]["FairnessView"];
            funnel: components["schemas"]["FunnelView"];
            refused: components["schemas"]["RefusedView"];
            revenue: components["schemas"]["RevenueView"][];
            timeToComplete: components["schemas"]["DurationsView"];
            wait: components["schemas"]["DurationsView"];
        };
        FunnelView: {
            admitted: number;
            checkedOut: number;
            completed: number;
            denied: number;
            entered: number;
            expired: number;
            gated: number;
            left: number;
            noAccess: number;
            routed: number;
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
        /** @description The same of one group: the id of what it is by, or the mechanism. */
        GroupView: {
            conversion: components["schemas"]["ConversionView"];
            fairness: components["schemas"]["FairnessView"];
            funnel: components["schemas"]["FunnelView"];
            id: string;
            name: string | null;
            refused: components["schemas"]["RefusedView"];
            revenue: components["schemas"]["RevenueView"][];
            timeToComplete: components["schemas"]["DurationsView"];
            wait: components["schemas"]["DurationsView"];
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
        /** @description From and to, as clocks on the wall show it; ``24:00`` is the end of the day. */
        HoursBody: {
            from: string;
            to: string;
        };
        /** @description A file on its way in; ``rate`` is in rows a second. */
        ImportView: {
            created: number;
            failed: number;
            /** Format: date-time */
            finishedAt: string | null;
            id: string;
            readonly ignoredColumns: unknown;
            problem: string | null;
            rate: number | null;
            rows: number;
            secondsLeft: number | null;
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            status: "queued" | "running" | "waiting" | "completed" | "failed";
            /** @enum {string} */
            subject: "consumers" | "products";
            total: number;
            updated: number;
        };
        /** @description What shows that one entry is among those of ``entryRoot`` (RFC 6962); bytes are hex. */
        InclusionView: {
            entrantCount: number;
            entryId: string;
            index: number;
            path: string[];
            tickets: number;
        };
        /** @description Something to be done; ``problem`` is why the last try failed, ``dueAt`` the next one. */
        JobView: {
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            dueAt: string | null;
            id: string;
            /** @enum {string} */
            kind: "order" | "notice" | "delivery" | "sync" | "import" | "message";
            problem: string | null;
            /** @enum {string} */
            queue: "orders" | "webhooks" | "sync" | "mail";
            /** @enum {string} */
            status: "waiting" | "running" | "retrying" | "failed";
            /** @description The order, connection or webhook that it is for. */
            subjectId: string | null;
            topic: string;
        };
        JobViewPage: {
            data: components["schemas"]["JobView"][];
            pageInfo: components["schemas"]["PageInfo"];
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
        LimitsBody: {
            accessCode?: number | null;
            admin?: number | null;
            authentication?: number | null;
            bids?: number | null;
            challenges?: number | null;
            checkout?: number | null;
            consumers?: number | null;
            drawEntry?: number | null;
            externalAuthorize?: number | null;
            guestAddress?: number | null;
            orders?: number | null;
            otpContact?: number | null;
            otpRequest?: number | null;
            products?: number | null;
            queueEntry?: number | null;
            reading?: number | null;
            routing?: number | null;
            server?: number | null;
            status?: number | null;
        };
        LimitsView: {
            accessCode: number | null;
            admin: number | null;
            authentication: number | null;
            bids: number | null;
            challenges: number | null;
            checkout: number | null;
            consumers: number | null;
            drawEntry: number | null;
            externalAuthorize: number | null;
            guestAddress: number | null;
            orders: number | null;
            otpContact: number | null;
            otpRequest: number | null;
            products: number | null;
            queueEntry: number | null;
            reading: number | null;
            routing: number | null;
            server: number | null;
            status: number | null;
        };
        /** @description What was bought, as often as ``quantity``; ``price`` is for one. */
        LineBody: {
            /** @example 105.5 */
            price?: number | null;
            quantity: number;
            sku?: string | null;
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
        /** @description A line of an order; its price is in the order's currency. */
        LineView: {
            price: number | null;
            quantity: number;
            sku: string | null;
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
        /** @description A place; its id follows from its name, unless it is told. */
        LocationBody: {
            id?: string;
            name: string;
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
        /** @description Consumers to add. */
        MembersBody: {
            consumerIds: string[];
        };
        /** @description What became of them; ``notFoundLines`` are the first 100 of a list's unknown ones. */
        MembersView: {
            added: number;
            notFound: number;
            notFoundLines: number[];
            unchanged: number;
        };
        /** @description A consumer of an audience. */
        MemberView: {
            /** Format: date-time */
            addedAt: string;
            consumerId: string;
        };
        MemberViewPage: {
            data: components["schemas"]["MemberView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description A message to a person; what it said is null once that was forgotten. */
        MessageView: {
            attempts: number;
            /** @enum {string} */
            channel: "email" | "sms";
            /** Format: date-time */
            createdAt: string;
            id: string;
            problem: string | null;
            recipient: string | null;
            /** Format: date-time */
            sentAt: string | null;
            /** @enum {string} */
            status: "pending" | "sent" | "failed" | "expired" | "unsendable";
            subject: string | null;
            text: string | null;
        };
        MessageViewPage: {
            data: components["schemas"]["MessageView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description All that was ever counted; what has happened since ``asOf`` may be missing. */
        MetricsView: {
            /** Format: date-time */
            asOf: string;
            groupBy: string | null;
            groups: components["schemas"]["GroupView"][];
            now: components["schemas"]["NowView"];
            total: components["schemas"]["FiguresView"];
        };
        /** @description A new key, with its text: it is shown this once. */
        MintedKeyView: {
            allowedOrigins: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            hint: string;
            id: string;
            key: string;
            /** @enum {string} */
            kind: "publishable" | "secret";
            /** Format: date-time */
            lastUsedAt: string | null;
            /** @enum {string} */
            mode: "live" | "test";
            name: string;
            replacedBy: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            scopes: string[];
        };
        /** @description An audience to make; it stays of its type. */
        NewAudienceBody: {
            name: string;
            rules?: components["schemas"]["RuleBody"][];
            /** @enum {string} */
            type: "STATIC" | "DYNAMIC";
        };
        /** @description A sequence to make; it stays in its experience. */
        NewSequenceBody: {
            accessCode?: string | null;
            audienceId?: string | null;
            botCheck?: boolean;
            color?: string | null;
            experienceId: string;
            name: string;
            priority?: number;
            requireAuthentication?: boolean;
        };
        /** @description How many wait, and hold a live admission, at this moment. */
        NowView: {
            admitted: number;
            waiting: number;
        };
        /** @description What a sequence offers: the first is what to show. */
        OfferView: {
            distributionId: string;
            mechanism: string;
            sequenceId: string;
        };
        /** @description A winner who was sent to the shop and has no order yet. */
        OpenCheckoutView: {
            admissionId: string;
            consumerId: string;
            /** Format: date-time */
            expiresAt: string;
            externalRef: string | null;
            /** Format: date-time */
            openedAt: string | null;
        };
        /** @description An order that an admission led to. */
        OrderBody: {
            admissionToken?: string | null;
            consumerId: string;
            currencyCode?: string | null;
            distributionId: string;
            externalOrderId: string;
            lineItems?: components["schemas"]["LineBody"][];
            /** @enum {string} */
            status?: "placed" | "paid";
            /** @example 105.5 */
            totalAmount: number;
        };
        /** @description How the order has ended. */
        OrderChange: {
            /** @enum {string} */
            status: "cancelled" | "refunded";
        };
        /** @description An order, and what it did for its admission. */
        OrderView: {
            admissionId: string | null;
            /** @enum {string} */
            completion: "pending" | "completed" | "rejected";
            completionReason: string | null;
            connectionId: string | null;
            consumerId: string | null;
            /** Format: date-time */
            createdAt: string;
            currencyCode: string | null;
            distributionId: string | null;
            externalOrderId: string;
            id: string;
            late: boolean;
            lineItems: components["schemas"]["LineView"][];
            /** @enum {string} */
            status: "placed" | "paid" | "cancelled" | "refunded";
            /** @example 105.5 */
            totalAmount: number | null;
            /** Format: date-time */
            updatedAt: string;
        };
        OrderViewPage: {
            data: components["schemas"]["OrderView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description What a merchant may change. */
        OrganizationChanges: {
            allowedRedirectHosts?: string[];
            checkoutUrl?: string | null;
            /** @enum {string|null} */
            countryCode?: "AC" | "AD" | "AE" | "AF" | "AG" | "AI" | "AL" | "AM" | "AO" | "AR" | "AS" | "AT" | "AU" | "AW" | "AX" | "AZ" | "BA" | "BB" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BL" | "BM" | "BN" | "BO" | "BQ" | "BR" | "BS" | "BT" | "BW" | "BY" | "BZ" | "CA" | "CC" | "CD" | "CF" | "CG" | "CH" | "CI" | "CK" | "CL" | "CM" | "CN" | "CO" | "CR" | "CU" | "CV" | "CW" | "CX" | "CY" | "CZ" | "DE" | "DJ" | "DK" | "DM" | "DO" | "DZ" | "EC" | "EE" | "EG" | "EH" | "ER" | "ES" | "ET" | "FI" | "FJ" | "FK" | "FM" | "FO" | "FR" | "GA" | "GB" | "GD" | "GE" | "GF" | "GG" | "GH" | "GI" | "GL" | "GM" | "GN" | "GP" | "GQ" | "GR" | "GT" | "GU" | "GW" | "GY" | "HK" | "HN" | "HR" | "HT" | "HU" | "ID" | "IE" | "IL" | "IM" | "IN" | "IO" | "IQ" | "IR" | "IS" | "IT" | "JE" | "JM" | "JO" | "JP" | "KE" | "KG" | "KH" | "KI" | "KM" | "KN" | "KP" | "KR" | "KW" | "KY" | "KZ" | "LA" | "LB" | "LC" | "LI" | "LK" | "LR" | "LS" | "LT" | "LU" | "LV" | "LY" | "MA" | "MC" | "MD" | "ME" | "MF" | "MG" | "MH" | "MK" | "ML" | "MM" | "MN" | "MO" | "MP" | "MQ" | "MR" | "MS" | "MT" | "MU" | "MV" | "MW" | "MX" | "MY" | "MZ" | "NA" | "NC" | "NE" | "NF" | "NG" | "NI" | "NL" | "NO" | "NP" | "NR" | "NU" | "NZ" | "OM" | "PA" | "PE" | "PF" | "PG" | "PH" | "PK" | "PL" | "PM" | "PR" | "PS" | "PT" | "PW" | "PY" | "QA" | "RE" | "RO" | "RS" | "RU" | "RW" | "SA" | "SB" | "SC" | "SD" | "SE" | "SG" | "SH" | "SI" | "SJ" | "SK" | "SL" | "SM" | "SN" | "SO" | "SR" | "SS" | "ST" | "SV" | "SX" | "SY" | "SZ" | "TA" | "TC" | "TD" | "TG" | "TH" | "TJ" | "TK" | "TL" | "TM" | "TN" | "TO" | "TR" | "TT" | "TV" | "TW" | "TZ" | "UA" | "UG" | "US" | "UY" | "UZ" | "VA" | "VC" | "VE" | "VG" | "VI" | "VN" | "VU" | "WF" | "WS" | "XK" | "YE" | "YT" | "ZA" | "ZM" | "ZW" | null;
            currencyCode?: string;
            languageCode?: string;
            limits?: components["schemas"]["LimitsBody"];
            logoUrl?: string | null;
            name?: string;
            theme?: {
                [key: string]: unknown;
            } | null;
            timeZone?: string;
        };
        /** @description The organization, with the limits that hold for it. */
        OrganizationView: {
            allowedRedirectHosts: string[];
            checkoutUrl: string | null;
            /** @enum {string|null} */
            countryCode: "AC" | "AD" | "AE" | "AF" | "AG" | "AI" | "AL" | "AM" | "AO" | "AR" | "AS" | "AT" | "AU" | "AW" | "AX" | "AZ" | "BA" | "BB" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BL" | "BM" | "BN" | "BO" | "BQ" | "BR" | "BS" | "BT" | "BW" | "BY" | "BZ" | "CA" | "CC" | "CD" | "CF" | "CG" | "CH" | "CI" | "CK" | "CL" | "CM" | "CN" | "CO" | "CR" | "CU" | "CV" | "CW" | "CX" | "CY" | "CZ" | "DE" | "DJ" | "DK" | "DM" | "DO" | "DZ" | "EC" | "EE" | "EG" | "EH" | "ER" | "ES" | "ET" | "FI" | "FJ" | "FK" | "FM" | "FO" | "FR" | "GA" | "GB" | "GD" | "GE" | "GF" | "GG" | "GH" | "GI" | "GL" | "GM" | "GN" | "GP" | "GQ" | "GR" | "GT" | "GU" | "GW" | "GY" | "HK" | "HN" | "HR" | "HT" | "HU" | "ID" | "IE" | "IL" | "IM" | "IN" | "IO" | "IQ" | "IR" | "IS" | "IT" | "JE" | "JM" | "JO" | "JP" | "KE" | "KG" | "KH" | "KI" | "KM" | "KN" | "KP" | "KR" | "KW" | "KY" | "KZ" | "LA" | "LB" | "LC" | "LI" | "LK" | "LR" | "LS" | "LT" | "LU" | "LV" | "LY" | "MA" | "MC" | "MD" | "ME" | "MF" | "MG" | "MH" | "MK" | "ML" | "MM" | "MN" | "MO" | "MP" | "MQ" | "MR" | "MS" | "MT" | "MU" | "MV" | "MW" | "MX" | "MY" | "MZ" | "NA" | "NC" | "NE" | "NF" | "NG" | "NI" | "NL" | "NO" | "NP" | "NR" | "NU" | "NZ" | "OM" | "PA" | "PE" | "PF" | "PG" | "PH" | "PK" | "PL" | "PM" | "PR" | "PS" | "PT" | "PW" | "PY" | "QA" | "RE" | "RO" | "RS" | "RU" | "RW" | "SA" | "SB" | "SC" | "SD" | "SE" | "SG" | "SH" | "SI" | "SJ" | "SK" | "SL" | "SM" | "SN" | "SO" | "SR" | "SS" | "ST" | "SV" | "SX" | "SY" | "SZ" | "TA" | "TC" | "TD" | "TG" | "TH" | "TJ" | "TK" | "TL" | "TM" | "TN" | "TO" | "TR" | "TT" | "TV" | "TW" | "TZ" | "UA" | "UG" | "US" | "UY" | "UZ" | "VA" | "VC" | "VE" | "VG" | "VI" | "VN" | "VU" | "WF" | "WS" | "XK" | "YE" | "YT" | "ZA" | "ZM" | "ZW" | null;
            /** Format: date-time */
            createdAt: string;
            currencyCode: string;
            id: string;
            languageCode: string;
            limits: components["schemas"]["LimitsView"];
            logoUrl: string | null;
            name: string;
            slug: string;
            theme: {
                [key: string]: unknown;
            } | null;
            timeZone: string;
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
        /** @description A place. */
        PlaceView: {
            id: string;
            name: string;
        };
        /** @description One interval of a series, by when it begins. */
        PointView: {
            admitted: number;
            /** Format: date-time */
            at: string;
            completed: number;
            entered: number;
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
        /** @description A product; ``inventory`` null is not tracked. */
        ProductBody: {
            currencyCode?: string | null;
            description?: string | null;
            externalId?: string | null;
            imageUrl?: string | null;
            inventory?: number | null;
            name: string;
            /** @example 105.5 */
            price: number;
            sku: string;
            syncSource?: string | null;
            url?: string | null;
            variants?: components["schemas"]["VariantBody"][];
        };
        /** @description A product; ``inventory`` null is not tracked. */
        ProductChanges: {
            currencyCode?: string | null;
            description?: string | null;
            externalId?: string | null;
            imageUrl?: string | null;
            inventory?: number | null;
            name?: string;
            /** @example 105.5 */
            price?: number;
            sku?: string;
            syncSource?: string | null;
            url?: string | null;
            variants?: components["schemas"]["VariantBody"][];
        };
        /** @description A product as we keep it. */
        ProductView: {
            /** Format: date-time */
            createdAt: string;
            currencyCode: string;
            /** @default null */
            description: string | null;
            /** @default null */
            externalId: string | null;
            id: string;
            /** @default null */
            imageUrl: string | null;
            /** @default null */
            inventory: number | null;
            name: string;
            /** @example 105.5 */
            price: number;
            sku: string;
            /** @default null */
            syncSource: string | null;
            /** Format: date-time */
            updatedAt: string;
            /** @default null */
            url: string | null;
            variants: components["schemas"]["VariantView"][];
        };
        ProductViewPage: {
            data: components["schemas"]["ProductView"][];
            pageInfo: components["schemas"]["PageInfo"];
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
        /** @description A published experience, and what its merchant should know. */
        PublishedView: {
            checkoutUrl?: string | null;
            /**
             * Format: date-time
             * @default null
             */
            closeAt: string | null;
            /** @default null */
            connectionId: string | null;
            /** Format: date-time */
            createdAt: string;
            currencyCode?: string;
            /** Format: date-time */
            endedAt: string | null;
            /** @default null */
            expectedAudience: number | null;
            /** @default null */
            i18n: {
                [key: string]: unknown;
            } | null;
            id: string;
            name: string;
            /** @default null */
            notice: string | null;
            /**
             * Format: date-time
             * @default null
             */
            openAt: string | null;
            /** @default null */
            productId: string | null;
            /** Format: date-time */
            publishedAt: string | null;
            /** @default null */
            slug: string | null;
            /** @enum {string} */
            status: "draft" | "scheduled" | "active" | "paused" | "ended" | "archived";
            /** @default null */
            theme: {
                [key: string]: unknown;
            } | null;
            /** @default UTC */
            timeZone: string;
            warnings: string[];
        };
        /** @description A queue; ``admissionRate`` is a minute's, null is as fast as stock and checkout allow. */
        QueueBody: {
            absenceSeconds?: number;
            admissionExpirationSeconds?: number;
            admissionRate?: number | null;
            /** Format: date-time */
            closeAt?: string | null;
            extendable?: boolean;
            fingerprintAtValidation?: boolean;
            /** @enum {string} */
            fingerprintPolicy?: "required" | "recommended" | "off";
            inventoryBound?: boolean;
            /** Format: date-time */
            lobbyOpensAt?: string | null;
            maxActiveAdmissions?: number | null;
            maxCapacity?: number | null;
            maxEntriesPerFingerprint?: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            /** @enum {string} */
            positionDisplay?: "precise" | "qualitative";
            productId?: string | null;
            restockOnCancel?: boolean;
            sequenceId: string;
            shuffleBeforeOpen?: boolean;
            stock?: number | null;
            timeZone?: string;
            unitsPerAdmission?: number;
            variantId?: string | null;
        };
        /** @description A queue; ``admissionRate`` is a minute's, null is as fast as stock and checkout allow. */
        QueueChanges: {
            absenceSeconds?: number;
            admissionExpirationSeconds?: number;
            admissionRate?: number | null;
            /** Format: date-time */
            closeAt?: string | null;
            extendable?: boolean;
            fingerprintAtValidation?: boolean;
            /** @enum {string} */
            fingerprintPolicy?: "required" | "recommended" | "off";
            inventoryBound?: boolean;
            /** Format: date-time */
            lobbyOpensAt?: string | null;
            maxActiveAdmissions?: number | null;
            maxCapacity?: number | null;
            maxEntriesPerFingerprint?: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            /** @enum {string} */
            positionDisplay?: "precise" | "qualitative";
            productId?: string | null;
            restockOnCancel?: boolean;
            sequenceId?: string;
            shuffleBeforeOpen?: boolean;
            stock?: number | null;
            timeZone?: string;
            unitsPerAdmission?: number;
            variantId?: string | null;
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
        /** @description The newest look at the shop's orders, and what is open; lists hold the newest hundred. */
        ReconciliationView: {
            connectionId: string;
            everyMinutes: number | null;
            lastRun: components["schemas"]["SyncRunView"] | null;
            openCheckouts: components["schemas"]["OpenCheckoutView"][];
            orders: components["schemas"]["CountsView"];
            unmatched: components["schemas"]["UnmatchedView"][];
        };
        /** @description The refresh token of the last answer. */
        RefreshBody: {
            refreshToken: string;
        };
        /**
         * @description Which share of all who tried to enter was refused, and how many by each code.
         *
         *     ``routing``: which share of all who asked for the way was not led in.
         */
        RefusedView: {
            codes: {
                [key: string]: number;
            };
            gates: number | null;
            limits: number | null;
            routing: number | null;
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
        /** @description What completed orders came to, and how much of it was cancelled or refunded. */
        RevenueView: {
            /** @example 105.00 */
            amount: string;
            currencyCode: string;
            orders: number;
            /** @example 105.00 */
            refunded: string;
        };
        /** @description How long the old key still serves. */
        RotateBody: {
            overlapSeconds?: number;
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
        /** @description One condition. Rules of one group hold together; of several groups one is enough. */
        RuleBody: {
            field: string;
            groupId?: string | null;
            /** @enum {string} */
            operator: "EQUALS" | "NOT_EQUALS" | "GREATER_THAN" | "GREATER_THAN_OR_EQUAL" | "LESS_THAN" | "LESS_THAN_OR_EQUAL" | "CONTAINS" | "NOT_CONTAINS" | "IN" | "NOT_IN";
            values: unknown[];
        };
        /** @description Minutes between two syncs; null is never. Orders of a live launch are every 5 at least. */
        ScheduleFields: {
            customers?: number | null;
            orders?: number | null;
            products?: number | null;
        };
        /** @description The same with its secret: it is shown this once. */
        SecretWebhookView: {
            /** Format: date-time */
            createdAt: string;
            disabledReason: string | null;
            /** @default true */
            enabled: boolean;
            /** @default null */
            events: ("queue.consumer.entered" | "queue.consumer.admitted" | "queue.consumer.completed" | "queue.consumer.left" | "queue.consumer.denied" | "draw.consumer.entered" | "draw.consumer.admitted" | "draw.consumer.completed" | "draw.consumer.left" | "draw.consumer.denied" | "auction.consumer.entered" | "auction.consumer.admitted" | "auction.consumer.completed" | "auction.consumer.left" | "auction.consumer.denied" | "timed_release.consumer.entered" | "timed_release.consumer.admitted" | "timed_release.consumer.completed" | "timed_release.consumer.left" | "timed_release.consumer.denied" | "appointment.consumer.entered" | "appointment.consumer.admitted" | "appointment.consumer.completed" | "appointment.consumer.left" | "appointment.consumer.denied" | "draw.consumer.won" | "draw.consumer.lost" | "draw.completed" | "auction.bid.placed" | "auction.bid.outbid" | "auction.settled" | "appointment.booked" | "appointment.cancelled" | "appointment.rescheduled" | "waitlist.consumer.entered" | "waitlist.consumer.notified" | "admission.expired" | "order.created" | "order.completed" | "order.rejected" | "order.cancelled" | "order.refunded" | "consumer.created" | "consumer.updated" | "consumer.deleted" | "experience.published" | "experience.opened" | "experience.closed" | "experience.ended" | "sync.completed" | "sync.failed")[] | null;
            health: components["schemas"]["EndpointHealthView"];
            id: string;
            /** @default null */
            name: string | null;
            /** Format: date-time */
            previousSecretUntil: string | null;
            secret: string;
            url: string;
        };
        /** @description A seal over part of the record; whoever keeps its hash can prove what came before. */
        SegmentView: {
            count: number;
            hash: unknown;
            keyId: string;
            number: number;
            previous: unknown;
            root: unknown;
            sealedAt: unknown;
            signature: unknown;
            since: number;
            through: number;
        };
        SegmentViewPage: {
            data: components["schemas"]["SegmentView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description What was sent; secrets and contacts are blotted out here, not in what was sent. */
        SentBody: {
            data: {
                [key: string]: unknown;
            };
            id: string;
            organizationId: string;
            sequence: number;
            timestamp: string;
            type: string;
        };
        /** @description What may change about a sequence; a change of its gates has everybody routed again. */
        SequenceChanges: {
            accessCode?: string | null;
            audienceId?: string | null;
            botCheck?: boolean;
            color?: string | null;
            name?: string;
            priority?: number;
            requireAuthentication?: boolean;
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
        /** @description A sequence; its access code is never told. */
        SequenceView: {
            /** @default null */
            audienceId: string | null;
            /** @default false */
            botCheck: boolean;
            /** @default null */
            color: string | null;
            /** Format: date-time */
            createdAt: string;
            experienceId: string;
            hasAccessCode: boolean;
            id: string;
            name: string;
            /** @default 0 */
            priority: number;
            /** @default false */
            requireAuthentication: boolean;
        };
        SequenceViewPage: {
            data: components["schemas"]["SequenceView"][];
            pageInfo: components["schemas"]["PageInfo"];
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
        /** @description What to pull; ``full`` also what has not changed since the last completed run. */
        SyncBody: {
            full?: boolean;
            /** @enum {string} */
            subject: "products" | "customers" | "orders";
        };
        /** @description One walk through a shop's records; rates are in records a second. */
        SyncRunView: {
            conflicts: components["schemas"]["ConflictView"][];
            connectionId: string;
            created: number;
            failed: number;
            failures: components["schemas"]["FailureView"][];
            /** Format: date-time */
            finishedAt: string | null;
            gone: number;
            id: string;
            pages: number;
            problem: string | null;
            rate: number | null;
            records: number;
            secondsLeft: number | null;
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            status: "queued" | "running" | "waiting" | "completed" | "failed";
            subject: string;
            total: number | null;
            updated: number;
        };
        SyncRunViewPage: {
            data: components["schemas"]["SyncRunView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description Which field of a consumer's metadata says how many tickets they hold, up to ``max``. */
        TicketsBody: {
            field: string;
            max: number;
        };
        /** @description A timed release; without waves all of the stock is there from opening on. */
        TimedReleaseBody: {
            admissionExpirationSeconds?: number;
            /** Format: date-time */
            closeAt?: string | null;
            extendable?: boolean;
            fingerprintAtValidation?: boolean;
            /** @enum {string} */
            fingerprintPolicy?: "required" | "recommended" | "off";
            inventoryBound?: boolean;
            maxCapacity?: number | null;
            maxEntriesPerFingerprint?: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            perConsumerLimit?: number;
            productId?: string | null;
            restockOnCancel?: boolean;
            sequenceId: string;
            stock?: number | null;
            timeZone?: string;
            unitsPerAdmission?: number;
            variantId?: string | null;
            waves?: components["schemas"]["WaveBody"][];
        };
        /** @description A timed release; without waves all of the stock is there from opening on. */
        TimedReleaseChanges: {
            admissionExpirationSeconds?: number;
            /** Format: date-time */
            closeAt?: string | null;
            extendable?: boolean;
            fingerprintAtValidation?: boolean;
            /** @enum {string} */
            fingerprintPolicy?: "required" | "recommended" | "off";
            inventoryBound?: boolean;
            maxCapacity?: number | null;
            maxEntriesPerFingerprint?: number;
            metadata?: {
                [key: string]: unknown;
            };
            name?: string;
            notice?: string | null;
            /** Format: date-time */
            openAt?: string | null;
            perConsumerLimit?: number;
            productId?: string | null;
            restockOnCancel?: boolean;
            sequenceId?: string;
            stock?: number | null;
            timeZone?: string;
            unitsPerAdmission?: number;
            variantId?: string | null;
            waves?: components["schemas"]["WaveBody"][];
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
        /** @description An order of the shop that needs a look, and why. */
        UnmatchedView: {
            /** Format: date-time */
            createdAt: string;
            externalOrderId: string;
            orderId: string;
            reason: string | null;
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
        /** @description A variant to keep. */
        VariantBody: {
            externalId?: string | null;
            inventory?: number | null;
            /** @example 105.5 */
            price?: number | null;
            sku: string;
            title?: string | null;
        };
        /** @description A variant, and what it is called here; its price is in the product's currency. */
        VariantView: {
            /** @default null */
            externalId: string | null;
            id: string;
            /** @default null */
            inventory: number | null;
            price: number | null;
            sku: string;
            /** @default null */
            title: string | null;
        };
        /** @description Whose shop it is, and what it lacks. */
        VerificationView: {
            currency: string | null;
            missingScopes: string[];
            problems: string[];
            shop: string;
        };
        /** @description A connection, and what its shop said just now. */
        VerifiedView: {
            /** Format: date-time */
            createdAt: string;
            credentialsSet: {
                [key: string]: boolean;
            };
            /** @enum {string} */
            gate: "soft" | "hard";
            gateMessage: string;
            id: string;
            name: string;
            platform: string;
            schedule: components["schemas"]["ScheduleFields"];
            settings: {
                [key: string]: string;
            };
            /** @enum {string} */
            state: "unverified" | "active" | "needs_reauth" | "uninstalled" | "failing";
            stateMessage: string | null;
            verification: components["schemas"]["VerificationView"] | null;
            webhooks: components["schemas"]["WebhookSetupView"] | null;
            webhookUrl: string;
        };
        /** @description A waitlist: of one sequence, which has no other. */
        WaitlistBody: {
            name?: string;
            sequenceId: string;
        };
        /** @description A waitlist: of one sequence, which has no other. */
        WaitlistChanges: {
            name?: string;
            sequenceId?: string;
        };
        /** @description Somebody who wants to be told, or has been. */
        WaitlistConsumerView: {
            consumerId: string;
            /** Format: date-time */
            enteredAt: string;
            id: string;
            /** Format: date-time */
            notifiedAt: string | null;
            /** @enum {string} */
            status: "waitlisted" | "notified" | "left";
            waitlistId: string;
        };
        WaitlistConsumerViewPage: {
            data: components["schemas"]["WaitlistConsumerView"][];
            pageInfo: components["schemas"]["PageInfo"];
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
        /** @description So many units more, from a time on; a naive one is read in ``timeZone``. */
        WaveBody: {
            /** Format: date-time */
            at: string;
            quantity: number;
        };
        /** @description A wave; its time in UTC. */
        WaveView: {
            at: string;
            quantity: number;
        };
        /** @description An address to send events to; ``events`` null means all of them. */
        WebhookBody: {
            enabled?: boolean;
            events?: ("queue.consumer.entered" | "queue.consumer.admitted" | "queue.consumer.completed" | "queue.consumer.left" | "queue.consumer.denied" | "draw.consumer.entered" | "draw.consumer.admitted" | "draw.consumer.completed" | "draw.consumer.left" | "draw.consumer.denied" | "auction.consumer.entered" | "auction.consumer.admitted" | "auction.consumer.completed" | "auction.consumer.left" | "auction.consumer.denied" | "timed_release.consumer.entered" | "timed_release.consumer.admitted" | "timed_release.consumer.completed" | "timed_release.consumer.left" | "timed_release.consumer.denied" | "appointment.consumer.entered" | "appointment.consumer.admitted" | "appointment.consumer.completed" | "appointment.consumer.left" | "appointment.consumer.denied" | "draw.consumer.won" | "draw.consumer.lost" | "draw.completed" | "auction.bid.placed" | "auction.bid.outbid" | "auction.settled" | "appointment.booked" | "appointment.cancelled" | "appointment.rescheduled" | "waitlist.consumer.entered" | "waitlist.consumer.notified" | "admission.expired" | "order.created" | "order.completed" | "order.rejected" | "order.cancelled" | "order.refunded" | "consumer.created" | "consumer.updated" | "consumer.deleted" | "experience.published" | "experience.opened" | "experience.closed" | "experience.ended" | "sync.completed" | "sync.failed")[] | null;
            name?: string | null;
            url: string;
        };
        /** @description An address to send events to; ``events`` null means all of them. */
        WebhookChanges: {
            enabled?: boolean;
            events?: ("queue.consumer.entered" | "queue.consumer.admitted" | "queue.consumer.completed" | "queue.consumer.left" | "queue.consumer.denied" | "draw.consumer.entered" | "draw.consumer.admitted" | "draw.consumer.completed" | "draw.consumer.left" | "draw.consumer.denied" | "auction.consumer.entered" | "auction.consumer.admitted" | "auction.consumer.completed" | "auction.consumer.left" | "auction.consumer.denied" | "timed_release.consumer.entered" | "timed_release.consumer.admitted" | "timed_release.consumer.completed" | "timed_release.consumer.left" | "timed_release.consumer.denied" | "appointment.consumer.entered" | "appointment.consumer.admitted" | "appointment.consumer.completed" | "appointment.consumer.left" | "appointment.consumer.denied" | "draw.consumer.won" | "draw.consumer.lost" | "draw.completed" | "auction.bid.placed" | "auction.bid.outbid" | "auction.settled" | "appointment.booked" | "appointment.cancelled" | "appointment.rescheduled" | "waitlist.consumer.entered" | "waitlist.consumer.notified" | "admission.expired" | "order.created" | "order.completed" | "order.rejected" | "order.cancelled" | "order.refunded" | "consumer.created" | "consumer.updated" | "consumer.deleted" | "experience.published" | "experience.opened" | "experience.closed" | "experience.ended" | "sync.completed" | "sync.failed")[] | null;
            name?: string | null;
            url?: string;
        };
        /** @description What the shop tells us of, or what is to be set up by hand. */
        WebhookSetupView: {
            byHand: string | null;
            topics: string[];
        };
        /** @description Where events are sent; the secret was shown when it was made. */
        WebhookView: {
            /** Format: date-time */
            createdAt: string;
            disabledReason: string | null;
            /** @default true */
            enabled: boolean;
            /** @default null */
            events: ("queue.consumer.entered" | "queue.consumer.admitted" | "queue.consumer.completed" | "queue.consumer.left" | "queue.consumer.denied" | "draw.consumer.entered" | "draw.consumer.admitted" | "draw.consumer.completed" | "draw.consumer.left" | "draw.consumer.denied" | "auction.consumer.entered" | "auction.consumer.admitted" | "auction.consumer.completed" | "auction.consumer.left" | "auction.consumer.denied" | "timed_release.consumer.entered" | "timed_release.consumer.admitted" | "timed_release.consumer.completed" | "timed_release.consumer.left" | "timed_release.consumer.denied" | "appointment.consumer.entered" | "appointment.consumer.admitted" | "appointment.consumer.completed" | "appointment.consumer.left" | "appointment.consumer.denied" | "draw.consumer.won" | "draw.consumer.lost" | "draw.completed" | "auction.bid.placed" | "auction.bid.outbid" | "auction.settled" | "appointment.booked" | "appointment.cancelled" | "appointment.rescheduled" | "waitlist.consumer.entered" | "waitlist.consumer.notified" | "admission.expired" | "order.created" | "order.completed" | "order.rejected" | "order.cancelled" | "order.refunded" | "consumer.created" | "consumer.updated" | "consumer.deleted" | "experience.published" | "experience.opened" | "experience.closed" | "experience.ended" | "sync.completed" | "sync.failed")[] | null;
            health: components["schemas"]["EndpointHealthView"];
            id: string;
            /** @default null */
            name: string | null;
            /** Format: date-time */
            previousSecretUntil: string | null;
            url: string;
        };
        WebhookViewPage: {
            data: components["schemas"]["WebhookView"][];
            pageInfo: components["schemas"]["PageInfo"];
        };
        /** @description Hours of one weekday, every week; 0 is Monday. */
        WeeklyHoursBody: {
            from: string;
            to: string;
            weekday: number;
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
    analyticsShow: {
        parameters: {
            query?: {
                distributionId?: string | null;
                experienceId?: string | null;
                from?: string | null;
                groupBy?: "experience" | "sequence" | "distribution" | "mechanism" | null;
                interval?: "minute" | "hour" | "day" | null;
                mechanism?: "queue" | "draw" | "auction" | "timed_release" | "appointment" | "waitlist" | null;
                sequenceId?: string | null;
                to?: string | null;
            };
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
                    "application/json": components["schemas"]["AnalyticsView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    apiKeysListKeys: {
        parameters: {
            query?: {
                active?: boolean | null;
                cursor?: string | null;
                kind?: "publishable" | "secret" | null;
                limit?: number;
                mode?: "live" | "test" | null;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "-createdAt" | "-name";
            };
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
                    "application/json": components["schemas"]["ApiKeyViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    apiKeysCreateKey: {
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
                "application/json": components["schemas"]["ApiKeyBody"];
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
                    "application/json": components["schemas"]["MintedKeyView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    apiKeysGetKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
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
                    "application/json": components["schemas"]["ApiKeyView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    apiKeysDeleteKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                key_id: string;
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
    apiKeysChangeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyFieldsChanges"];
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
                    "application/json": components["schemas"]["ApiKeyView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    apiKeysRevokeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                key_id: string;
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
                    "application/json": components["schemas"]["ApiKeyView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    apiKeysRotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateBody"];
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
                    "application/json": components["schemas"]["MintedKeyView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAppointmentsListAll: {
        parameters: {
            query?: {
                cursor?: string | null;
                experienceId?: string | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                productId?: string | null;
                sequenceId?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "openAt" | "-createdAt" | "-name" | "-openAt";
                state?: "draft" | "active" | "paused" | "ended" | null;
                status?: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            };
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
                    "application/json": components["schemas"]["AdminAppointmentViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAppointmentsCreate: {
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
                "application/json": components["schemas"]["AppointmentBody"];
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
                    "application/json": components["schemas"]["AdminAppointmentView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAppointmentsGet: {
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
                    "application/json": components["schemas"]["AdminAppointmentView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAppointmentsArchive: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
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
    adminAppointmentsChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppointmentChanges"];
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
                    "application/json": components["schemas"]["AdminAppointmentView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAppointmentsClose: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAppointmentView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAppointmentsEnd: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAppointmentView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAppointmentsOpen: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAppointmentView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAppointmentsListEntries: {
        parameters: {
            query?: {
                consumerId?: string | null;
                cursor?: string | null;
                email?: string | null;
                externalId?: string | null;
                limit?: number;
                number?: number | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
                status?: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT" | null;
            };
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
                    "application/json": components["schemas"]["EntryViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAppointmentsPause: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAppointmentView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAppointmentsResume: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAppointmentView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsListAll: {
        parameters: {
            query?: {
                cursor?: string | null;
                experienceId?: string | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                productId?: string | null;
                sequenceId?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "openAt" | "-createdAt" | "-name" | "-openAt";
                state?: "draft" | "active" | "paused" | "ended" | null;
                status?: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            };
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
                    "application/json": components["schemas"]["AdminAuctionViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsCreate: {
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
                "application/json": components["schemas"]["AuctionBody"];
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
                    "application/json": components["schemas"]["AdminAuctionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsGet: {
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
                    "application/json": components["schemas"]["AdminAuctionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsArchive: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
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
    adminAuctionsChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuctionChanges"];
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
                    "application/json": components["schemas"]["AdminAuctionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsClose: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAuctionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsEnd: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAuctionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsOpen: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAuctionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsListEntries: {
        parameters: {
            query?: {
                consumerId?: string | null;
                cursor?: string | null;
                email?: string | null;
                externalId?: string | null;
                limit?: number;
                number?: number | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
                status?: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT" | null;
            };
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
                    "application/json": components["schemas"]["EntryViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsPause: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAuctionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsResume: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAuctionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminAuctionsSettle: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAuctionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    audiencesListAudiences: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "-createdAt" | "-name";
                type?: "STATIC" | "DYNAMIC" | null;
            };
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
                    "application/json": components["schemas"]["AudienceViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    audiencesCreateAudience: {
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
                "application/json": components["schemas"]["NewAudienceBody"];
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
                    "application/json": components["schemas"]["AudienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    audiencesGetAudience: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                audience_id: string;
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
                    "application/json": components["schemas"]["AudienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    audiencesArchiveAudience: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                audience_id: string;
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
    audiencesChangeAudience: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                audience_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AudienceChanges"];
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
                    "application/json": components["schemas"]["AudienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    audiencesListMembers: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
            };
            header?: never;
            path: {
                audience_id: string;
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
                    "application/json": components["schemas"]["MemberViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    audiencesAddMembers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                audience_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MembersBody"];
                /**
                 * @example email
                 *     john@example.com
                 */
                "text/csv": string;
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
                    "application/json": components["schemas"]["MembersView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    audiencesRemoveMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                audience_id: string;
                consumer_id: string;
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
    auditListAudit: {
        parameters: {
            query?: {
                action?: string | null;
                actor?: string | null;
                cursor?: string | null;
                from?: string | null;
                limit?: number;
                sort?: "createdAt" | "-createdAt";
                subject?: string | null;
                to?: string | null;
            };
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
                    "application/json": components["schemas"]["AuditViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    auditListAuditSegments: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                sort?: "createdAt" | "-createdAt";
            };
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
                    "application/json": components["schemas"]["SegmentViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    connectionsListConnections: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                platform?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "-createdAt" | "-name";
                state?: "unverified" | "active" | "needs_reauth" | "uninstalled" | "failing" | null;
            };
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
                    "application/json": components["schemas"]["ConnectionViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    connectionsCreateConnection: {
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
                "application/json": components["schemas"]["ConnectionBody"];
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
                    "application/json": components["schemas"]["ConnectionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    connectionsGetConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
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
                    "application/json": components["schemas"]["ConnectionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    connectionsArchiveConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                connection_id: string;
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
    connectionsChangeConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionFieldsChanges"];
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
                    "application/json": components["schemas"]["ConnectionView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    connectionsAuthorizeConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                connection_id: string;
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
                    "application/json": components["schemas"]["AgreementView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    reconciliationShowReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
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
                    "application/json": components["schemas"]["ReconciliationView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    syncRunsStartSync: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SyncBody"];
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
                    "application/json": components["schemas"]["SyncRunView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    syncRunsListSyncRuns: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                connection_id: string;
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
                    "application/json": components["schemas"]["SyncRunViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    syncRunsGetSyncRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
                run_id: string;
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
                    "application/json": components["schemas"]["SyncRunView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    connectionsVerifyConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                connection_id: string;
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
                    "application/json": components["schemas"]["VerifiedView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsListAll: {
        parameters: {
            query?: {
                cursor?: string | null;
                experienceId?: string | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                productId?: string | null;
                sequenceId?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "openAt" | "-createdAt" | "-name" | "-openAt";
                state?: "draft" | "active" | "paused" | "ended" | null;
                status?: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            };
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
                    "application/json": components["schemas"]["AdminDrawViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsCreate: {
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
                "application/json": components["schemas"]["DrawBody"];
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
                    "application/json": components["schemas"]["AdminDrawView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
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
                    "application/json": components["schemas"]["AdminDrawView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsGet: {
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
                    "application/json": components["schemas"]["AdminDrawView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsArchive: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
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
    adminDrawsChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DrawChanges"];
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
                    "application/json": components["schemas"]["AdminDrawView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsClose: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDrawView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsEnd: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDrawView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsOpen: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDrawView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsListEntries: {
        parameters: {
            query?: {
                consumerId?: string | null;
                cursor?: string | null;
                email?: string | null;
                externalId?: string | null;
                limit?: number;
                number?: number | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
                status?: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT" | null;
            };
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
                    "application/json": components["schemas"]["EntryViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsPause: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDrawView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminDrawsResume: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDrawView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminExperiencesListExperiences: {
        parameters: {
            query?: {
                connectionId?: string | null;
                cursor?: string | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                productId?: string | null;
                slug?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "openAt" | "-createdAt" | "-name" | "-openAt";
                status?: "draft" | "scheduled" | "active" | "paused" | "ended" | "archived" | null;
            };
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
                    "application/json": components["schemas"]["ExperienceViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminExperiencesCreateExperience: {
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
                "application/json": components["schemas"]["ExperienceBody"];
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
                    "application/json": components["schemas"]["ExperienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminExperiencesGetExperience: {
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
                    "application/json": components["schemas"]["ExperienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminExperiencesArchiveExperience: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
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
    adminExperiencesChangeExperience: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExperienceChanges"];
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
                    "application/json": components["schemas"]["ExperienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    auditListExperienceAudit: {
        parameters: {
            query?: {
                action?: string | null;
                actor?: string | null;
                cursor?: string | null;
                from?: string | null;
                limit?: number;
                sort?: "createdAt" | "-createdAt";
                subject?: string | null;
                to?: string | null;
            };
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
                    "application/json": components["schemas"]["AuditViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminExperiencesDuplicateExperience: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                experience_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CopyBody"];
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
                    "application/json": components["schemas"]["ExperienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminExperiencesEndExperience: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
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
                    "application/json": components["schemas"]["ExperienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    analyticsOfExperience: {
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
                    "application/json": components["schemas"]["MetricsView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminExperiencesPauseExperience: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
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
                    "application/json": components["schemas"]["ExperienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminExperiencesPublishExperience: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
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
                    "application/json": components["schemas"]["PublishedView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminExperiencesResumeExperience: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
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
                    "application/json": components["schemas"]["ExperienceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    jobsListJobs: {
        parameters: {
            query?: {
                cursor?: string | null;
                kind?: "order" | "notice" | "delivery" | "sync" | "import" | "message" | null;
                limit?: number;
                status?: "waiting" | "running" | "retrying" | "failed" | null;
            };
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
                    "application/json": components["schemas"]["JobViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    jobsRetryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    organizationGetOrganization: {
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
                    "application/json": components["schemas"]["OrganizationView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    organizationChangeOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationChanges"];
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
                    "application/json": components["schemas"]["OrganizationView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    outboxListMessages: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
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
                    "application/json": components["schemas"]["MessageViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminParticipationsAdmit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                entry_id: string;
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
    adminParticipationsDeny: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DenialBody"];
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
    adminParticipationsExtend: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtendBody"];
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
    adminQueuesListAll: {
        parameters: {
            query?: {
                cursor?: string | null;
                experienceId?: string | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                productId?: string | null;
                sequenceId?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "openAt" | "-createdAt" | "-name" | "-openAt";
                state?: "draft" | "active" | "paused" | "ended" | null;
                status?: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            };
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
                    "application/json": components["schemas"]["AdminQueueViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminQueuesCreate: {
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
                "application/json": components["schemas"]["QueueBody"];
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
                    "application/json": components["schemas"]["AdminQueueView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminQueuesGet: {
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
                    "application/json": components["schemas"]["AdminQueueView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminQueuesArchive: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
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
    adminQueuesChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueChanges"];
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
                    "application/json": components["schemas"]["AdminQueueView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminQueuesClose: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminQueueView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminQueuesEnd: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminQueueView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminQueuesOpen: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminQueueView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminQueuesListEntries: {
        parameters: {
            query?: {
                consumerId?: string | null;
                cursor?: string | null;
                email?: string | null;
                externalId?: string | null;
                limit?: number;
                number?: number | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
                status?: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT" | null;
            };
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
                    "application/json": components["schemas"]["EntryViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminQueuesPause: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminQueueView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminQueuesResume: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminQueueView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sequencesListSequences: {
        parameters: {
            query?: {
                audienceId?: string | null;
                cursor?: string | null;
                experienceId?: string | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "priority" | "-createdAt" | "-name" | "-priority";
            };
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
                    "application/json": components["schemas"]["SequenceViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sequencesCreateSequence: {
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
                "application/json": components["schemas"]["NewSequenceBody"];
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
                    "application/json": components["schemas"]["SequenceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sequencesGetSequence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sequence_id: string;
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
                    "application/json": components["schemas"]["SequenceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sequencesArchiveSequence: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                sequence_id: string;
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
    sequencesChangeSequence: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                sequence_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SequenceChanges"];
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
                    "application/json": components["schemas"]["SequenceView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    analyticsOfSequence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sequence_id: string;
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
                    "application/json": components["schemas"]["MetricsView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    waitlistConsumersListWaitlisted: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
            };
            header?: never;
            path: {
                sequence_id: string;
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
                    "application/json": components["schemas"]["WaitlistConsumerViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminTimedReleasesListAll: {
        parameters: {
            query?: {
                cursor?: string | null;
                experienceId?: string | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                productId?: string | null;
                sequenceId?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "openAt" | "-createdAt" | "-name" | "-openAt";
                state?: "draft" | "active" | "paused" | "ended" | null;
                status?: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            };
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
                    "application/json": components["schemas"]["AdminTimedReleaseViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminTimedReleasesCreate: {
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
                "application/json": components["schemas"]["TimedReleaseBody"];
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
                    "application/json": components["schemas"]["AdminTimedReleaseView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminTimedReleasesGet: {
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
                    "application/json": components["schemas"]["AdminTimedReleaseView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminTimedReleasesArchive: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
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
    adminTimedReleasesChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TimedReleaseChanges"];
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
                    "application/json": components["schemas"]["AdminTimedReleaseView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminTimedReleasesClose: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminTimedReleaseView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminTimedReleasesEnd: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminTimedReleaseView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminTimedReleasesOpen: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminTimedReleaseView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminTimedReleasesListEntries: {
        parameters: {
            query?: {
                consumerId?: string | null;
                cursor?: string | null;
                email?: string | null;
                externalId?: string | null;
                limit?: number;
                number?: number | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
                status?: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT" | null;
            };
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
                    "application/json": components["schemas"]["EntryViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminTimedReleasesPause: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminTimedReleaseView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminTimedReleasesResume: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminTimedReleaseView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminWaitlistsListAll: {
        parameters: {
            query?: {
                cursor?: string | null;
                experienceId?: string | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                productId?: string | null;
                sequenceId?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "openAt" | "-createdAt" | "-name" | "-openAt";
                state?: "draft" | "active" | "paused" | "ended" | null;
                status?: "PENDING" | "OPEN" | "PAUSED" | "CLOSED" | "DRAWN" | "SETTLED" | null;
            };
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
                    "application/json": components["schemas"]["AdminWaitlistViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminWaitlistsCreate: {
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
                "application/json": components["schemas"]["WaitlistBody"];
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
                    "application/json": components["schemas"]["AdminWaitlistView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminWaitlistsGet: {
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
                    "application/json": components["schemas"]["AdminWaitlistView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminWaitlistsArchive: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
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
    adminWaitlistsChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WaitlistChanges"];
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
                    "application/json": components["schemas"]["AdminWaitlistView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminWaitlistsClose: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminWaitlistView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminWaitlistsEnd: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminWaitlistView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminWaitlistsOpen: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminWaitlistView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminWaitlistsListEntries: {
        parameters: {
            query?: {
                consumerId?: string | null;
                cursor?: string | null;
                email?: string | null;
                externalId?: string | null;
                limit?: number;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
                status?: "waitlisted" | "notified" | "left" | null;
            };
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
                    "application/json": components["schemas"]["EntryViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminWaitlistsPause: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminWaitlistView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    adminWaitlistsResume: {
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
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminWaitlistView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    webhooksListWebhooks: {
        parameters: {
            query?: {
                cursor?: string | null;
                enabled?: boolean | null;
                limit?: number;
                /** @description Part of the name, in upper or lower case. */
                name?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "name" | "-createdAt" | "-name";
            };
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
                    "application/json": components["schemas"]["WebhookViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    webhooksCreateWebhook: {
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
                "application/json": components["schemas"]["WebhookBody"];
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
                    "application/json": components["schemas"]["SecretWebhookView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    webhooksGetWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: string;
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
                    "application/json": components["schemas"]["WebhookView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    webhooksArchiveWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                webhook_id: string;
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
    webhooksChangeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChanges"];
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
                    "application/json": components["schemas"]["WebhookView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deliveriesListDeliveries: {
        parameters: {
            query?: {
                createdAfter?: string | null;
                createdBefore?: string | null;
                cursor?: string | null;
                eventType?: "queue.consumer.entered" | "queue.consumer.admitted" | "queue.consumer.completed" | "queue.consumer.left" | "queue.consumer.denied" | "draw.consumer.entered" | "draw.consumer.admitted" | "draw.consumer.completed" | "draw.consumer.left" | "draw.consumer.denied" | "auction.consumer.entered" | "auction.consumer.admitted" | "auction.consumer.completed" | "auction.consumer.left" | "auction.consumer.denied" | "timed_release.consumer.entered" | "timed_release.consumer.admitted" | "timed_release.consumer.completed" | "timed_release.consumer.left" | "timed_release.consumer.denied" | "appointment.consumer.entered" | "appointment.consumer.admitted" | "appointment.consumer.completed" | "appointment.consumer.left" | "appointment.consumer.denied" | "draw.consumer.won" | "draw.consumer.lost" | "draw.completed" | "auction.bid.placed" | "auction.bid.outbid" | "auction.settled" | "appointment.booked" | "appointment.cancelled" | "appointment.rescheduled" | "waitlist.consumer.entered" | "waitlist.consumer.notified" | "admission.expired" | "order.created" | "order.completed" | "order.rejected" | "order.cancelled" | "order.refunded" | "consumer.created" | "consumer.updated" | "consumer.deleted" | "experience.published" | "experience.opened" | "experience.closed" | "experience.ended" | "sync.completed" | "sync.failed" | "webhook.test" | null;
                limit?: number;
                status?: "pending" | "delivered" | "failed" | "cancelled" | null;
            };
            header?: never;
            path: {
                webhook_id: string;
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
                    "application/json": components["schemas"]["DeliveryViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    webhooksRotateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                webhook_id: string;
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
                    "application/json": components["schemas"]["SecretWebhookView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deliveriesSendTestEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deliveriesGetDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
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
                    "application/json": components["schemas"]["DeliveryLogView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deliveriesRetryDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Repeat the call with the same key and get the first answer again. */
                "X-Idempotency-Key"?: string;
            };
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    consumersListConsumers: {
        parameters: {
            query?: {
                cursor?: string | null;
                email?: string | null;
                externalId?: string | null;
                limit?: number;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
                updatedAfter?: string | null;
            };
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
                    "application/json": components["schemas"]["ConsumerViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    consumersCreateConsumer: {
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
                "application/json": components["schemas"]["ConsumerBody"];
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
                    "application/json": components["schemas"]["ConsumerView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    consumersGetConsumer: {
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
                    "application/json": components["schemas"]["ConsumerView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    consumersEraseConsumer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                consumer_id: string;
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
    consumersChangeConsumer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                consumer_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsumerChanges"];
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
                    "application/json": components["schemas"]["ConsumerView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    consumersExportConsumer: {
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
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    exportsExportConsumers: {
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
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    exportsExportOrders: {
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
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    exportsExportProducts: {
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
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    importsGetImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
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
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    importsGetImportErrors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
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
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    importsImportConsumers: {
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
                "text/csv": unknown;
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
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    importsImportProducts: {
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
                "text/csv": unknown;
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
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    ordersListOrders: {
        parameters: {
            query?: {
                consumerId?: string | null;
                cursor?: string | null;
                externalOrderId?: string | null;
                limit?: number;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
            };
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
                    "application/json": components["schemas"]["OrderViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    ordersReportOrder: {
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
                "application/json": components["schemas"]["OrderBody"];
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
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    ordersGetOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    ordersChangeOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderChange"];
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
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    productsListProducts: {
        parameters: {
            query?: {
                cursor?: string | null;
                externalId?: string | null;
                limit?: number;
                sku?: string | null;
                /** @description The order; with a hyphen the other way round. Equal ones come as they were made. */
                sort?: "createdAt" | "-createdAt";
                updatedAfter?: string | null;
            };
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
                    "application/json": components["schemas"]["ProductViewPage"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    productsCreateProduct: {
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
                "application/json": components["schemas"]["ProductBody"];
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
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    productsGetProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: string;
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
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    productsArchiveProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                product_id: string;
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
    productsChangeProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you read: change the object only if it is still the same. */
                "If-Match"?: string;
            };
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductChanges"];
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
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
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
