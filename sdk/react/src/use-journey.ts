/** A customer's way through an experience, in a component. */
import type { FanfareError, JourneySnapshot, JourneyView } from "@fanfare/sdk-core";
import { useCallback, useEffect, useMemo } from "react";
import { useConnected, useConnection } from "./provider.js";
import { useReadable } from "./use-readable.js";

export interface JourneyOptions {
  /** Start as soon as the component is there. */
  readonly autoStart?: boolean;
  readonly accessCode?: string;
}

export interface UseExperienceJourney {
  /** Before the SDK is ready and on a server: `ready`, or `routing` with `autoStart`. */
  readonly view: JourneyView;
  /** Null until the SDK is ready. */
  readonly snapshot: JourneySnapshot | null;
  /**
   * Starts the journey; one that has started is read anew, as for a "try again" button. Never
   * rejects: what went wrong is `error`.
   */
  start(): Promise<void>;
  /** Null after the next success. */
  readonly error: FanfareError | null;
}

const ROUTING: JourneyView = { journeyStage: "routing" };

/** Components that name the same experience share one journey. */
export function useExperienceJourney(
  experienceId: string,
  { autoStart = false, accessCode }: JourneyOptions = {},
): UseExperienceJourney {
  const connection = useConnection();
  const { sdk, error: connectionError } = useConnected(connection);
  const journey = sdk?.journeys.get(experienceId) ?? null;
  const begin = useCallback(
    async ({ anew = false } = {}) => {
      try {
        const journey = (await connection.ready()).journeys.get(experienceId);
        const there = ["gated", "routed"].includes(journey.view$.get().journeyStage);
        if (!there) await journey.start(accessCode ? { accessCode } : {});
        else if (anew) await journey.refresh();
      } catch {
        // The snapshot says it, or the connection.
      }
    },
    [connection, experienceId, accessCode],
  );
  const start = useCallback(() => begin({ anew: true }), [begin]);
  const ready = useMemo((): JourneyView => ({ journeyStage: "ready", start }), [start]);
  const snapshot = useReadable<JourneySnapshot | null>(journey?.snapshot$ ?? null, null);
  const view = useReadable(journey?.view$ ?? null, ready);
  const error = snapshot?.error ?? connectionError;
  useEffect(() => {
    if (autoStart && journey !== null) void begin();
  }, [autoStart, journey, begin]);
  const starting = autoStart && error === null && view.journeyStage === "ready";
  return { view: starting ? ROUTING : view, snapshot, start, error };
}
