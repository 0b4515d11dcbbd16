/** A launch with one queue, open to everybody. */
import { type ScriptedService, service } from "./service.js";

export const QUEUE = {
  id: "queue_1",
  name: "The line",
  sequenceId: "seq_1",
  capacity: null,
  openAt: null,
  closeAt: null,
  timeZone: "UTC",
  status: "OPEN",
  consumerCount: 0,
  positionDisplay: "precise",
  notice: null,
  serverTime: "2026-12-01T09:00:00.000Z",
};

const CARD = {
  queueId: QUEUE.id,
  version: 1,
  status: "OPEN",
  serverTime: QUEUE.serverTime,
  serving: 0,
  tail: 0,
  waiting: 0,
  numbersServedPerMinute: 0,
  pollAfterMs: 5_000,
  presence: { upTo: 0, everyMs: 60_000 },
  marks: [],
  notice: null,
};

const EXPERIENCE = {
  id: "exp_1",
  name: "Launch",
  openAt: null,
  closeAt: null,
  timeZone: "UTC",
  theme: null,
  i18n: null,
  currencyCode: "EUR",
  checkoutUrl: "https://shop.example/checkout",
  product: {
    id: "prod_1",
    name: "Sneaker",
    price: "199.99",
    currencyCode: "EUR",
    imageUrl: null,
    url: null,
  },
  notice: null,
  serverTime: "2026-12-01T09:00:00.000Z",
  sequences: [
    {
      id: "seq_1",
      name: "Everybody",
      color: null,
      priority: 0,
      hasAccessCode: false,
      waitlist: null,
      queues: [QUEUE],
      draws: [],
      auctions: [],
      appointments: [],
      timedReleases: [],
    },
  ],
};

const ROUTE = {
  outcome: "routed",
  experienceId: "exp_1",
  sequenceId: "seq_1",
  offers: [{ sequenceId: "seq_1", mechanism: "queue", distributionId: "queue_1" }],
  gates: [],
};

export function launch(answers: Record<string, unknown> = {}): ScriptedService {
  return service({
    "GET /experiences/exp_1": EXPERIENCE,
    "POST /experiences/exp_1/route": ROUTE,
    "GET /queues/queue_1": QUEUE,
    "GET /queues/queue_1/line": CARD,
    "GET /consumers/me": { id: "cons_1", active: { journeys: [] } },
    ...answers,
  });
}
