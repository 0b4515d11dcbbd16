/** Every scene of the gallery: a view, and what goes with it. */
import { FanfareError, type JourneySnapshot, type JourneyView } from "@fanfare/sdk-core";
import { experience } from "./catalogue.js";
import { sequences } from "./sequences.js";

export interface Scene {
  readonly view: JourneyView;
  readonly snapshot?: Partial<JourneySnapshot>;
}

const done = async () => {};
const gate = { reroute: done, retry: done, journeyStage: "gated" } as const;

const before: Record<string, Scene> = {
  ready: { view: { journeyStage: "ready", start: done } },
  routing: { view: { journeyStage: "routing" } },
  "gated.authentication": {
    view: {
      ...gate,
      gates: [{ kind: "authentication", methods: ["otp"] }, { kind: "access_code" }],
    },
  },
  "gated.external": {
    view: { ...gate, gates: [{ kind: "authentication", methods: ["external"] }] },
  },
  "gated.access_code": { view: { ...gate, gates: [{ kind: "access_code" }] } },
  "gated.bot_check": {
    view: { ...gate, gates: [{ kind: "bot_check", provider: "altcha", challengeUrl: "data:," }] },
  },
};

const routed = Object.fromEntries(
  Object.entries(sequences).map(([name, sequence]): [string, Scene] => [
    name,
    {
      view: {
        journeyStage: "routed",
        sequence,
        offers: [],
        submitAccessCode: async () => ({ outcome: "unchanged" }),
      },
    },
  ]),
);

function like(name: string, snapshot: Partial<JourneySnapshot>, offered = false): Scene {
  const view = routed[name]?.view ?? { journeyStage: "routing" };
  if (!offered || view.journeyStage !== "routed") return { view, snapshot };
  const offer = {
    sequenceId: "seq_2",
    distributionId: "drw_1",
    mechanism: "draw",
    accept: done,
  } as const;
  return { view: { ...view, offers: [offer] }, snapshot };
}

const path = {
  id: "seq_2",
  name: "Friends",
  color: null,
  priority: 2,
  hasAccessCode: true,
  waitlist: null,
  queues: [],
  draws: [],
  auctions: [],
  appointments: [],
  timedReleases: [],
};

const busy = new FanfareError("RATE_LIMITED", "Too many requests.", { retryable: true });
const lost = new FanfareError("INTERNAL", "It failed.", { requestId: "req_01JD8" });

/** By name; `queue.participating` for example. */
export const scenes: Readonly<Record<string, Scene>> = {
  ...before,
  ...routed,
  offline: like("queue.participating", { online: false }),
  error: like("queue.enterable", { error: busy }),
  "error.unknown": like("draw.enterable", { error: lost }),
  offers: like("queue.enterable", { experience: { ...experience, sequences: [path] } }, true),
  "no-product": like("queue.participating", {
    experience: { ...experience, product: null, notice: null },
  }),
};
