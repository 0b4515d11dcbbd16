/**
 * The checkout page's half of an embedded checkout: it tells the shop's page around it how far it is.
 *
 * Only pages of `hostOrigins` are spoken to, and only the page that this one is framed by is heard.
 */

import type { Told } from "./checkout/protocol.js";

export interface EmbeddedOptions {
  /** The origins of the shop's pages that may frame this one, such as `https://shop.example`. */
  readonly hostOrigins: readonly string[];
  /** Calls back once the page around has answered. */
  readonly onWelcome?: (hostOrigin: string) => void;
}

export interface EmbeddedCheckout {
  /** An order was made. */
  completed(of?: { readonly orderId?: string }): void;
  /** A payment failed; the admission is kept, and the customer may try again. */
  failed(of?: { readonly message?: string }): void;
  /** The customer wants to leave: the page around takes the frame away. */
  closed(): void;
  /** Ends listening and measuring. */
  stop(): void;
}

/**
 * Begins to speak with the page around: says that this page is ready, and its height from now on.
 * Null where this page is not in a frame. Throws a `TypeError` for what is no origin.
 */
export function embeddedCheckout(options: EmbeddedOptions): EmbeddedCheckout | null {
  const hosts = options.hostOrigins.map(checkOrigin);
  const around = window.parent;
  if (around === window) {
    return null;
  }
  const life = new AbortController();
  const kept = new Map<string, Told>();
  let host: string | null = null;

  function send(message: Told): void {
    if (host === null) {
      kept.set(message.type, message);
    } else if (!life.signal.aborted) {
      around.postMessage(message, host);
    }
  }

  function hear({ source, origin, data }: MessageEvent): void {
    const welcome = data?.fanfare === 1 && data.type === "welcome";
    if (welcome && source === around && hosts.includes(origin) && host === null) {
      host = origin;
      kept.forEach(send);
      options.onWelcome?.(origin);
    }
  }

  window.addEventListener("message", hear, { signal: life.signal });
  for (const origin of hosts) {
    // Reaches the page around only if that is its origin; it says nothing but that we are here.
    const ready: Told = { fanfare: 1, type: "ready" };
    around.postMessage(ready, origin);
  }
  const measuring = measure((height) => send({ fanfare: 1, type: "height", height }));
  return {
    completed: (of) => send({ ...of, fanfare: 1, type: "completed" }),
    failed: (of) => send({ ...of, fanfare: 1, type: "failed" }),
    closed: () => send({ fanfare: 1, type: "closed" }),
    stop() {
      life.abort();
      measuring?.disconnect();
    },
  };
}

function checkOrigin(origin: string): string {
  if (!/^https?:\/\/[^/?#]+$/.test(origin) || new URL(origin).origin !== origin) {
    throw new TypeError(
      `hostOrigins: ${origin} is no origin. Use one such as https://shop.example.`,
    );
  }
  return origin;
}

/** Calls back with the document's height, in CSS pixels, now and when it changes. */
function measure(tell: (height: number) => void): ResizeObserver | undefined {
  if (!globalThis.ResizeObserver) {
    return undefined;
  }
  let last = 0;
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height !== last) {
      last = height;
      tell(height);
    }
  });
  observer.observe(document.documentElement);
  return observer;
}
