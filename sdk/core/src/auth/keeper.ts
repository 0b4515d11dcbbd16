/** Where the tokens are: in localStorage, for all tabs; each tab hears when another changes them. */
import { atom } from "nanostores";
import { report } from "../ground/events.js";
import type { Shelf } from "../ground/shelf.js";
import type { Readable } from "../stores.js";
import type { SessionAnswer, SessionDetails } from "../wire/index.js";

export interface Kept {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token ends, by this device's clock. */
  readonly accessUntil: number;
  readonly session: SessionDetails;
}

export interface Keeper {
  read(): Kept | null;
  write(next: Kept | null): void;
  /** Reads what other tabs wrote. */
  sync(): void;
  readonly session$: Readable<SessionDetails | null>;
}

export function keptOf(answer: SessionAnswer): Kept {
  const { accessToken, refreshToken, expiresIn, session } = answer;
  return { accessToken, refreshToken, accessUntil: Date.now() + expiresIn * 1000, session };
}

export function makeKeeper(name: string, shelf: Shelf, life: AbortSignal): Keeper {
  const read = () => parse(shelf.get(name));
  const session$ = atom<SessionDetails | null>(read()?.session ?? null);

  function sync(): void {
    const session = read()?.session ?? null;
    if (!life.aborted && JSON.stringify(session) !== JSON.stringify(session$.get())) {
      report(() => session$.set(session));
    }
  }

  const tell = listen(name, sync, life);
  return {
    read,
    write(next) {
      shelf.set(name, next && JSON.stringify(next));
      tell();
      sync();
    },
    sync,
    session$,
  };
}

/** Calls back when another tab has written; returns what tells the others. */
function listen(name: string, react: () => void, life: AbortSignal): () => void {
  if (!globalThis.document) {
    return () => {};
  }
  // Both: a message may come before what was written can be read.
  globalThis.addEventListener?.("storage", ({ key }) => (key === name || key === null) && react(), {
    signal: life,
  });
  const channel = globalThis.BroadcastChannel && new BroadcastChannel(name);
  channel?.addEventListener("message", react, { signal: life });
  life.addEventListener("abort", () => channel?.close());
  return () => life.aborted || channel?.postMessage(0);
}

function parse(text: string | null): Kept | null {
  try {
    const kept = JSON.parse(text ?? "null");
    return typeof kept?.refreshToken === "string" && kept.session ? kept : null;
  } catch {
    return null;
  }
}
