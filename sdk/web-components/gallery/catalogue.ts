/** What the gallery's experience sells, and what the service tells of its parts. */
import type {
  AppointmentDetails,
  AuctionDetails,
  DrawDetails,
  Experience,
  QueueDetails,
  Slot,
  TimedReleaseDetails,
  WaitlistDetails,
} from "@fanfare/sdk-core";

const IMAGE = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#f7d9b0"/><stop offset="1" stop-color="#e2725b"/></linearGradient></defs><rect width="400" height="400" fill="url(#g)"/><path d="M70 250c40-10 70-40 90-80l60 55c30 20 80 15 110 40v30H70z" fill="#fff"/><path d="M70 280h260v25H70z" fill="#2b1d3a"/><path d="m150 205 30 25m-15-40 30 25" stroke="#2b1d3a" stroke-width="6"/></svg>`,
)}`;

export function at(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

const common = {
  capacity: 500,
  closeAt: at(300),
  consumerCount: 8412,
  name: "Main",
  notice: null,
  openAt: at(-20),
  sequenceId: "seq_1",
  serverTime: at(0),
  timeZone: "Europe/Berlin",
};

export const queue: QueueDetails = {
  ...common,
  id: "que_1",
  positionDisplay: "precise",
  status: "OPEN",
};

export const draw: DrawDetails = {
  ...common,
  id: "drw_1",
  drawAt: at(135),
  entrantCount: 8412,
  winnerCount: 250,
  proof: "",
  status: "OPEN",
};

export const release: TimedReleaseDetails = {
  ...common,
  id: "rel_1",
  nextWaveAt: null,
  perConsumerLimit: 1,
  status: "OPEN",
};

export const waitlist: WaitlistDetails = {
  id: "wtl_1",
  name: "Restock",
  sequenceId: "seq_1",
  status: "OPEN",
};

export const auction: AuctionDetails = {
  ...common,
  id: "auc_1",
  auctionType: "english",
  autoExtendSeconds: 120,
  bidCount: 37,
  closeAt: at(42),
  currencyCode: "EUR",
  currentHighBid: "1450.00",
  currentPrice: "1450.00",
  minimumBidIncrement: "25.00",
  nextPriceDropAt: null,
  reserveMet: true,
  settleAt: at(45),
  startingPrice: "500.00",
  status: "OPEN",
  winnerCount: 1,
};

export const shared: AuctionDetails = { ...auction, id: "auc_2", winnerCount: 10 };

export const dutch: AuctionDetails = {
  ...auction,
  auctionType: "dutch",
  currentHighBid: null,
  currentPrice: "890.00",
  nextPriceDropAt: at(0.7),
};

export const appointment: AppointmentDetails = {
  ...common,
  id: "apt_1",
  name: "Fitting",
  bufferMinutes: 15,
  locations: [
    { id: "loc_1", name: "Main street" },
    { id: "loc_2", name: "Harbour" },
  ],
  maxCapacityPerSlot: 2,
  slotDurationMinutes: 45,
  status: "OPEN",
};

export const slots: readonly Slot[] = [1, 2, 3, 4, 7, 8].flatMap((day) =>
  [9, 10, 11, 14, 15, 16].map((hour, index) => {
    const start = new Date();
    start.setUTCDate(start.getUTCDate() + day);
    start.setUTCHours(hour, 0, 0, 0);
    return {
      id: `slot_${day}_${hour}`,
      startTime: start.toISOString(),
      endTime: new Date(start.getTime() + 45 * 60_000).toISOString(),
      available: index === 2 ? 0 : index === 3 ? 1 : 4,
      capacity: 4,
      locationId: index % 2 ? "loc_1" : "loc_2",
    };
  }),
);

export const experience: Experience = {
  id: "exp_1",
  name: "Dune Runner launch",
  checkoutUrl: null,
  closeAt: null,
  openAt: null,
  currencyCode: "EUR",
  i18n: null,
  notice: "One pair each. Sizes are chosen at the checkout.",
  product: {
    id: "prd_1",
    name: "Dune Runner, first edition",
    price: "189.00",
    currencyCode: "EUR",
    imageUrl: IMAGE,
    url: null,
  },
  sequences: [],
  serverTime: at(0),
  theme: null,
  timeZone: "Europe/Berlin",
};
