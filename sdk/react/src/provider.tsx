/** Which SDK the components below use. */
import type { FanfareConfig, FanfareSdk } from "@fanfare/sdk-core";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { CONNECTING, type Connected, Connection } from "./connection.js";
import { newestConnection } from "./fanfare.js";
import { useReadable } from "./use-readable.js";

/** Keys, of which an SDK is made, or one that is `sdk` already and stays yours to `destroy()`. */
export type FanfareProviderProps = { readonly children?: ReactNode } & (
  | (FanfareConfig & { readonly sdk?: undefined })
  | { readonly sdk: FanfareSdk }
);

const Context = createContext<Connection | null>(null);

/** Gives the hooks and widgets below one SDK; it begins in the browser, never on a server. */
export function FanfareProvider(props: FanfareProviderProps): ReactNode {
  const connection = useConnectionTo(props);
  useEffect(() => connection.retain(), [connection]);
  return <Context.Provider value={connection}>{props.children}</Context.Provider>;
}

/** The provider's connection, else that of the newest `Fanfare`. */
export function useConnection(): Connection {
  const connection = useContext(Context) ?? newestConnection();
  if (connection === null) {
    throw new Error(
      "Put this below a <FanfareProvider>, or make a `new Fanfare({ publishableKey })` before.",
    );
  }
  return connection;
}

/** The SDK, made if need be, and what stood in its way. */
export function useConnected(connection: Connection): Connected {
  useEffect(() => connection.retain(), [connection]);
  return useReadable(connection.state$, CONNECTING);
}

type Settings = Partial<FanfareConfig> & { readonly sdk?: FanfareSdk | undefined };

function useConnectionTo(settings: Settings): Connection {
  const { sdk, organizationId, publishableKey, apiUrl, fingerprint } = settings;
  // One that is written into the JSX is another function at each rendering.
  const [fetch] = useState(() => settings.fetch);
  return useMemo(() => {
    if (sdk) return Connection.to(sdk);
    const config = { organizationId, publishableKey, apiUrl, fingerprint, fetch };
    return new Connection(config as FanfareConfig);
  }, [sdk, organizationId, publishableKey, apiUrl, fingerprint, fetch]);
}
