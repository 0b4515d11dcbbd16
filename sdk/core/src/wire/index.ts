/** The objects of the Consumer API, as the service describes them. */
import type { components } from "./openapi.js";

type Schemas = components["schemas"];

export type AppointmentDetails = Schemas["AppointmentView"];
export type AuctionDetails = Schemas["AuctionView"];
export type DrawDetails = Schemas["DrawView"];
export type QueueDetails = Schemas["QueueView"];
export type TimedReleaseDetails = Schemas["TimedReleaseView"];
export type WaitlistDetails = Schemas["WaitlistView"];

export type BidderStatus = Schemas["BidderView"];
export type BookingStatus = Schemas["BookingView"];
export type Experience = Schemas["ShownExperienceView"];
export type Gate = Schemas["GateView"];
export type HandoffAnswer = Schemas["HandoffView"];
export type JourneyResume = Schemas["JourneyResumeView"];
export type LineCard = Schemas["LineCardView"];
export type Organization = Schemas["PublicOrganizationView"];
export type Problem = Schemas["Problem"];
export type Profile = Schemas["OwnProfileView"];
export type RouteAnswer = Schemas["RouteView"];
export type SessionAnswer = Schemas["SessionView"];
export type SessionDetails = Schemas["SessionDetails"];
export type Slot = Schemas["SlotView"];
export type Status = Schemas["StatusView"];
export type WaitlistStatus = Schemas["WaitlistStatusView"];
