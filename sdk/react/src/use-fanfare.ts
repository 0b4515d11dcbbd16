/** The SDK itself, and signing in. */
import type { Auth, Contact, FanfareSdk, SessionDetails } from "@fanfare/sdk-core";
import { useMemo } from "react";
import type { Connected } from "./connection.js";
import { useConnected, useConnection } from "./provider.js";
import { useReadable } from "./use-readable.js";
import { type Task, useTask } from "./use-task.js";

export interface UseFanfare extends Connected {
  readonly isLoading: boolean;
}

/** Everything that the hooks do not cover. `sdk` is null until it is ready, and on a server. */
export function useFanfare(): UseFanfare {
  const connected = useConnected(useConnection());
  return { ...connected, isLoading: connected.sdk === null && connected.error === null };
}

/** None of the actions rejects: what went wrong is `error`. */
export interface UseFanfareAuth extends Task {
  readonly session: SessionDetails | null;
  /** Signed in, not a guest. */
  readonly isAuthenticated: boolean;
  guest(): Promise<SessionDetails | null>;
  /** Sends a code; false if that failed. */
  requestOtp(...contact: Parameters<Auth["requestOtp"]>): Promise<boolean>;
  verifyOtp(contact: Contact & { readonly code: string }): Promise<SessionDetails | null>;
  exchangeExternal(code: string): Promise<SessionDetails | null>;
  logout(): Promise<boolean>;
}

export function useFanfareAuth(): UseFanfareAuth {
  const connection = useConnection();
  const { sdk, error } = useConnected(connection);
  const session = useReadable(sdk?.auth.session$ ?? null, null);
  const { task, run } = useTask();
  const actions = useMemo(() => {
    const auth = <Answer>(work: (of: FanfareSdk["auth"]) => Promise<Answer>) =>
      run(async () => work((await connection.ready()).auth));
    return {
      guest: () => auth((of) => of.guest()),
      requestOtp: async (...contact: Parameters<Auth["requestOtp"]>) =>
        (await auth((of) => of.requestOtp(...contact).then(() => true))) ?? false,
      verifyOtp: (answer: Contact & { readonly code: string }) =>
        auth((of) => of.verifyOtp(answer)),
      exchangeExternal: (code: string) => auth((of) => of.exchangeExternal(code)),
      logout: async () => (await auth((of) => of.logout().then(() => true))) ?? false,
    };
  }, [connection, run]);
  return {
    session,
    isAuthenticated: session?.type === "authenticated",
    isLoading: task.isLoading,
    error: task.error ?? error,
    ...actions,
  };
}
