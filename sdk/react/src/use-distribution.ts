/** Single queues, draws, auctions …, for pages that need no journey. */
import type { Distribution, Mechanism, SlotsState, Standing } from "@fanfare/sdk-core";
import { useCallback, useMemo } from "react";
import { useConnected, useConnection } from "./provider.js";
import { useReadable } from "./use-readable.js";

/** Where the customer stands; fresh while a component shows it. */
export type UseStanding<Kind extends Mechanism> = Standing<Kind> & {
  refreshStatus(): Promise<void>;
};

type Entry = "queue" | "draw" | "timed_release" | "waitlist";

/** No action rejects: what went wrong is `error`. */
export type UseEntry<Kind extends Entry> = UseStanding<Kind> & {
  enter(): Promise<void>;
  leave(): Promise<void>;
};

export type UseAuction = UseStanding<"auction"> & {
  /** Decimal strings in the auction's currency; up to `maxAmount` bids are raised for you. */
  bid(amount: string, options?: { readonly maxAmount?: string }): Promise<void>;
};

export type UseAppointment = UseStanding<"appointment"> & {
  /** Null until they were read. */
  readonly slots: SlotsState["slots"];
  book(slotId: string): Promise<void>;
  reschedule(slotId: string): Promise<void>;
  cancel(): Promise<void>;
};

export const useQueue = (queueId: string): UseEntry<"queue"> => useEntry("queue", queueId);

export const useDraw = (drawId: string): UseEntry<"draw"> => useEntry("draw", drawId);

export const useTimedRelease = (timedReleaseId: string): UseEntry<"timed_release"> =>
  useEntry("timed_release", timedReleaseId);

export const useWaitlist = (waitlistId: string): UseEntry<"waitlist"> =>
  useEntry("waitlist", waitlistId);

export function useAuction(auctionId: string): UseAuction {
  const { standing, act } = useStanding("auction", auctionId);
  const bid = useCallback<UseAuction["bid"]>(
    (amount, options) => act((auction) => auction.bid(amount, options)),
    [act],
  );
  return { ...standing, bid };
}

export function useAppointment(appointmentId: string): UseAppointment {
  const { standing, act, distribution } = useStanding("appointment", appointmentId);
  const { slots } = useReadable(distribution?.slots$ ?? null, NO_SLOTS);
  const actions = useMemo(
    () => ({
      book: (slotId: string) => act((appointment) => appointment.book(slotId)),
      reschedule: (slotId: string) => act((appointment) => appointment.reschedule(slotId)),
      cancel: () => act((appointment) => appointment.cancel()),
    }),
    [act],
  );
  return { ...standing, slots, ...actions };
}

const NO_SLOTS: SlotsState = { slots: null };

function useEntry<Kind extends Entry>(mechanism: Kind, id: string): UseEntry<Kind> {
  const { standing, act } = useStanding(mechanism, id);
  const actions = useMemo(
    () => ({
      enter: () => act((entry) => entry.enter()),
      leave: () => act((entry) => entry.leave()),
    }),
    [act],
  );
  return { ...standing, ...actions };
}

const PENDING = { status: null, isLoading: true, error: null };
const UNREACHED = { status: null, isLoading: false, error: null };

function useStanding<Kind extends Mechanism>(mechanism: Kind, id: string) {
  const connection = useConnection();
  const { sdk, error } = useConnected(connection);
  const distribution = sdk?.distributions.get(mechanism, id) ?? null;
  const now = useReadable<Standing<Kind>>(
    distribution?.state$ ?? null,
    error ? UNREACHED : PENDING,
  );
  const act = useCallback(
    async (work: (on: Distribution<Kind>) => Promise<void>) => {
      try {
        await work((await connection.ready()).distributions.get(mechanism, id));
      } catch {
        // The standing says it, or the connection.
      }
    },
    [connection, mechanism, id],
  );
  const refreshStatus = useCallback(() => act((on) => on.refresh()), [act]);
  return { standing: { ...now, error: now.error ?? error, refreshStatus }, act, distribution };
}
