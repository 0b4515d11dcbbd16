/** The customer, in a component. */
import type { FanfareError, Me } from "@fanfare/sdk-core";
import { useEffect } from "react";
import { LOADING, profileOf } from "./profile.js";
import { useConnected, useConnection } from "./provider.js";
import { useReadable } from "./use-readable.js";

export interface UseConsumer {
  /** Null for somebody without a session, and until the first answer. */
  readonly consumer: Me | null;
  /** What they take part in now, and the way back to each. */
  readonly activeJourneys: Me["journeys"];
  readonly isLoading: boolean;
  readonly error: FanfareError | null;
}

const NONE: Me["journeys"] = [];

/** Read anew when somebody signs in or out, enters, is admitted, or is through. */
export function useConsumer(): UseConsumer {
  const { sdk, error } = useConnected(useConnection());
  const profile = sdk && profileOf(sdk);
  useEffect(() => profile?.follow(), [profile]);
  const now = useReadable(profile?.state$ ?? null, LOADING);
  return {
    consumer: now.me,
    activeJourneys: now.me?.journeys ?? NONE,
    isLoading: now.isLoading && error === null,
    error: now.error ?? error,
  };
}
