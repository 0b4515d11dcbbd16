/** What a bot check takes, by whichever provider its gate names. */
import { FanfareError } from "@fanfare/sdk-core";
import type { BotCheck } from "../views/ui.js";
import { askHosted, isHosted } from "./hosted.js";
import { solve, type WorkChallenge } from "./proof-of-work.js";

export interface ProveOptions {
  readonly gate: BotCheck;
  /** The publishable key: challenges are an organization's. */
  readonly key: string;
  /** A hosted check is shown in this element. */
  readonly host: HTMLElement;
  readonly signal: AbortSignal;
}

/** The proof for `reroute`; rejects with a `FanfareError`. */
export async function prove({ gate, key, host, signal }: ProveOptions): Promise<string> {
  const { provider, siteKey, challengeUrl } = gate;
  if (challengeUrl) return work(challengeUrl, key, signal);
  if (siteKey && isHosted(provider)) return ask(provider, siteKey, host, signal);
  throw new FanfareError("INVALID_CONFIG", `No bot check by ${provider} is known here.`);
}

export function checkFailed(cause?: unknown): FanfareError {
  return new FanfareError("CHECK_FAILED", "The bot check was not passed.", { cause });
}

async function work(url: string, key: string, signal: AbortSignal): Promise<string> {
  if (!globalThis.isSecureContext)
    throw new FanfareError("INSECURE_PAGE", "The bot check needs a page by https.");
  return solve(await pose(url, key, signal), signal);
}

async function ask(
  provider: string,
  siteKey: string,
  host: HTMLElement,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const place = Object.assign(document.createElement("div"), { slot: "fanfare-bot-check" });
  host.append(place);
  try {
    return await askHosted(provider, siteKey, place, signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw checkFailed(cause);
  } finally {
    place.remove();
  }
}

async function pose(url: string, key: string, signal: AbortSignal): Promise<WorkChallenge> {
  const headers = { "Content-Type": "application/json", "X-Publishable-Key": key };
  const answer = await fetch(url, { method: "POST", headers, body: "{}", signal }).catch(
    (cause) => {
      signal.throwIfAborted();
      throw new FanfareError("NETWORK_ERROR", "The service did not answer.", { cause });
    },
  );
  if (answer.ok) return answer.json();
  const busy = answer.status === 429 || answer.status === 503;
  throw busy ? new FanfareError("RATE_LIMITED", "Try again in a moment.") : checkFailed();
}
