/** The appointment: slots, and who has booked which. */
import { type Body, type Entry, Line, type Place } from "./line.js";
import type { FakeDistribution, FakeSlot } from "./options.js";
import { conflict, notFound } from "./problems.js";
import { type Context, HOUR, iso, time } from "./world.js";

interface Slot {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly capacity: number;
}

interface Booking {
  readonly id: string;
  readonly code: string;
  readonly createdAt: number;
  slot: Slot;
}

export class FakeAppointment extends Line {
  readonly kind = "appointment";
  readonly #slots: readonly Slot[];
  readonly #bookings = new Map<Entry, Booking>();

  constructor(context: Context, place: Place, rules: FakeDistribution) {
    super(context, place, rules, "appointment");
    const given = rules.slots ?? tomorrow(context.clock.now());
    this.#slots = given.map((slot) => ({
      id: context.ids.make("slot"),
      start: time(slot.startTime) ?? 0,
      end: time(slot.endTime) ?? 0,
      capacity: slot.capacity ?? 1,
    }));
  }

  /** Those that begin from one time on and before another; default: in the next 14 days. */
  slots(from: string | null, to: string | null): Body[] {
    const now = this.context.clock.now();
    const begin = time(from) ?? now;
    const until = time(to) ?? begin + 14 * 24 * HOUR;
    return this.#slots
      .filter(({ start }) => start >= begin && start < until)
      .map((slot) => ({
        id: slot.id,
        startTime: iso(slot.start),
        endTime: iso(slot.end),
        capacity: slot.capacity,
        available: slot.start > now ? this.#left(slot) : 0,
        locationId: null,
      }));
  }

  /** Books a slot; the same one again is the same booking. */
  book(consumerId: string, slotId: string, fingerprint: string | null): [Entry, boolean] {
    const mine = this.latest(consumerId);
    if (mine && (mine.state === "QUEUED" || mine.state === "ADMITTED")) {
      if (this.#bookings.get(mine)?.slot.id === slotId) return [mine, false];
      throw conflict("ALREADY_BOOKED");
    }
    this.check(fingerprint);
    const slot = this.#free(slotId);
    const entry = this.add(consumerId);
    const { ids, clock } = this.context;
    const code = `FAKE-${String(entry.number).padStart(4, "0")}`;
    this.#bookings.set(entry, { id: ids.make("bkg"), code, createdAt: clock.now(), slot });
    return [entry, true];
  }

  reschedule(consumerId: string, slotId: string): Entry {
    const entry = this.known(consumerId);
    const booking = this.#bookings.get(entry);
    if (booking?.slot.id === slotId && entry.state !== "LEFT") return entry;
    if (!booking || entry.state !== "QUEUED") throw conflict("BOOKING_FIXED");
    booking.slot = this.#free(slotId);
    return entry;
  }

  cancel(consumerId: string): Entry {
    const entry = this.known(consumerId);
    if (entry.state === "COMPLETED" || entry.state === "DENIED") throw conflict("BOOKING_FIXED");
    return this.leave(consumerId);
  }

  /** The status object with the booking. */
  booked(entry: Entry): Body {
    const booking = this.#bookings.get(entry);
    if (!booking) return this.body(entry);
    return {
      ...this.body(entry),
      bookingId: booking.id,
      confirmationCode: booking.code,
      slotId: booking.slot.id,
      startTime: iso(booking.slot.start),
      endTime: iso(booking.slot.end),
      locationId: null,
      createdAt: iso(booking.createdAt),
    };
  }

  protected details(): Body {
    const [first] = this.#slots;
    return {
      slotDurationMinutes: first ? (first.end - first.start) / 60_000 : 60,
      bufferMinutes: 0,
      maxCapacityPerSlot: first?.capacity ?? 1,
      locations: [],
    };
  }

  #free(slotId: string): Slot {
    const slot = this.#slots.find(({ id }) => id === slotId);
    if (!slot) throw notFound("slot");
    if (this.#left(slot) === 0) throw conflict("SLOT_TAKEN");
    return slot;
  }

  #left(slot: Slot): number {
    const taken = [...this.#bookings].filter(
      ([{ state }, booking]) => booking.slot === slot && state !== "LEFT" && state !== "DENIED",
    );
    return Math.max(0, slot.capacity - taken.length);
  }
}

function tomorrow(now: number): FakeSlot[] {
  const first = Math.ceil(now / HOUR) * HOUR + 24 * HOUR;
  return [0, 1, 2].map((hour) => ({
    startTime: new Date(first + hour * HOUR),
    endTime: new Date(first + (hour + 1) * HOUR),
  }));
}
