/** A checkout in a frame, and the messages that it may send. Its half is `embedded.ts`. */
import type { CheckoutEvent } from "../sdk.js";
import type { Welcome } from "./protocol.js";

export interface Framed {
  readonly url: string;
  /** Of the page that the frame ends up with: only its messages count. */
  readonly origin: string;
  readonly title: string;
}

type News = Omit<CheckoutEvent, "admissionId" | "experienceId">;

// Forms, questions, pop-ups and the bank's page that a click opens; its own storage; nothing of this page.
const SANDBOX =
  "allow-forms allow-scripts allow-same-origin allow-modals allow-popups allow-popups-to-escape-sandbox allow-storage-access-by-user-activation allow-top-navigation-by-user-activation";
const POWERS = ["payment", "publickey-credentials-get", "clipboard-write"];
const HIGHEST = 20_000;
const LONGEST = 500;

/** Fills `container` with the checkout; calls back with what it tells, until it closes or `life` ends. */
export function embed(
  container: Element,
  { url, origin, title }: Framed,
  life: AbortSignal,
  tell: (news: News) => void,
): void {
  if (life.aborted) {
    return;
  }
  const page = container.ownerDocument;
  const frame = page.createElement("iframe");
  const closing = new AbortController();
  life.addEventListener("abort", () => closing.abort(), { signal: closing.signal });
  const react = ({ source, origin: from, data }: MessageEvent) => {
    if (!frame.isConnected) {
      closing.abort();
      return;
    }
    if (source === null || source !== frame.contentWindow || from !== origin) {
      return;
    }
    if (data?.fanfare !== 1) {
      return;
    }
    if (data.type === "height" && data.height > 0) {
      frame.style.height = `${Math.min(HIGHEST, Math.ceil(data.height))}px`;
    }
    if (data.type === "ready") {
      const welcome: Welcome = { fanfare: 1, type: "welcome" };
      frame.contentWindow?.postMessage(welcome, origin);
    }
    if (data.type === "closed") {
      closing.abort();
      remove(frame, container);
    }
    if (["ready", "completed", "failed", "closed"].includes(data.type)) {
      tell({ type: data.type, ...text("orderId", data), ...text("message", data) });
    }
  };
  page.defaultView?.addEventListener("message", react, { signal: closing.signal });
  frame.title = title;
  frame.setAttribute("sandbox", SANDBOX);
  // Without its name the origin of `src` would have them, which only sends on to the checkout.
  frame.allow = POWERS.map((power) => `${power} ${origin}`).join("; ");
  frame.referrerPolicy = "no-referrer";
  frame.style.cssText = "display:block;width:100%;min-height:480px;border:0";
  frame.src = url;
  container.replaceChildren(frame);
}

/** Whoever was in the frame goes on from where it was, not from the top of the page. */
function remove(frame: HTMLIFrameElement, container: Element): void {
  const { activeElement } = frame.getRootNode() as Document | ShadowRoot;
  frame.remove();
  if (activeElement === frame) {
    const place = container as HTMLElement;
    if (!place.hasAttribute("tabindex")) {
      place.tabIndex = -1;
    }
    place.focus();
  }
}

function text(name: "orderId" | "message", data: Record<string, unknown>): Partial<News> {
  const value = data[name];
  return typeof value === "string" ? { [name]: value.slice(0, LONGEST) } : {};
}
