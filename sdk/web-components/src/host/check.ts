/** Passes a bot check by itself as soon as a gate asks for one. */
import { FanfareError, type GatedView } from "@fanfare/sdk-core";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { askHosted, isHosted } from "../checks/hosted.js";
import { solve, type WorkChallenge } from "../checks/proof-of-work.js";
import type { BotCheck } from "../views/ui.js";

export type CheckHost = ReactiveControllerHost & HTMLElement;

export class Check implements ReactiveController {
  #abort = new AbortController();

  constructor(private readonly host: CheckHost) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#abort = new AbortController();
  }

  hostDisconnected(): void {
    this.#abort.abort(new FanfareError("ABORTED", "The widget has left the page."));
  }

  /** Sends the proof; rejects where there is none, or where it was not taken. */
  async pass(
    view: GatedView,
    gate: BotCheck,
    key: string,
    stillAsked: () => boolean,
  ): Promise<void> {
    await view.reroute({ challenge: await this.#prove(gate, key) });
    if (stillAsked()) throw failed();
  }

  #prove(gate: BotCheck, key: string): Promise<string> {
    const { provider, siteKey, challengeUrl } = gate;
    if (challengeUrl) return this.#work(challengeUrl, key);
    if (siteKey && isHosted(provider)) return this.#ask(provider, siteKey);
    throw new FanfareError("INVALID_CONFIG", `No bot check by ${provider} is known here.`);
  }

  async #work(url: string, key: string): Promise<string> {
    if (!globalThis.isSecureContext)
      throw new FanfareError("INSECURE_PAGE", "The bot check needs a page by https.");
    const challenge = await pose(url, key, this.#abort.signal);
    return solve(challenge, this.#abort.signal);
  }

  async #ask(provider: string, siteKey: string): Promise<string> {
    const place = Object.assign(document.createElement("div"), { slot: "fanfare-bot-check" });
    this.host.append(place);
    try {
      return await askHosted(provider, siteKey, place);
    } catch (cause) {
      throw failed(cause);
    } finally {
      place.remove();
    }
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
  throw busy ? new FanfareError("RATE_LIMITED", "Try again in a moment.") : failed();
}

function failed(cause?: unknown): FanfareError {
  return new FanfareError("CHECK_FAILED", "The bot check was not passed.", { cause });
}
