interface ConsumerMe {
  id: string;
  email: string | null;
  phone: string | null;
  fullName: string | null;
  createdAt: string;
  active: ActiveParticipations;
}

interface ActiveParticipations {
  experiences: Record<string, ExperienceNode>;
  queues: Record<string, QueueState>;
  draws: Record<string, DrawState>;
  auctions: Record<string, AuctionState>;
  timedReleases: Record<string, TimedReleaseState>;
  admissions: Record<string, Admission>;
  journeys: JourneyResume[];
}

interface JourneyResume {
  experienceId: string;
  sequenceId: string;
  journeyStage: "routed" | "admitted";
  sequenceStage: "waitlist_entered" | "participating" | "admitted";
  participation: {
    type: "waitlist" | "queue" | "draw" | "auction" | "timed_release";
    id: string;
    status: string;
    admissionToken?: string;
  };
  admission?: {
    distributionType: string;
    distributionId: string;
    experienceId: string;
    sequenceId: string;
    admissionToken: string;
    admittedAt: string;
  };
}
