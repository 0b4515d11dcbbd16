/** Turnstile and hCaptcha: their script is loaded only once a gate names them. */

interface HostedCheck {
  /** Returns what names the widget that was made. */
  render(element: HTMLElement, options: HostedOptions): unknown;
  remove(widget: unknown): void;
}

interface HostedOptions {
  readonly sitekey: string;
  readonly callback: (token: string) => void;
  readonly "error-callback": () => void;
  readonly "expired-callback": () => void;
}

const SCRIPTS: Readonly<Record<string, string>> = {
  turnstile: "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit",
  hcaptcha: "https://js.hcaptcha.com/1/api.js?render=explicit",
};

const loading = new Map<string, Promise<HostedCheck>>();

export function isHosted(provider: string): boolean {
  return Object.hasOwn(SCRIPTS, provider);
}

/**
 * Shows the check in `element`, which must stand in the page and in no shadow tree (hCaptcha looks
 * there); resolves with its token, rejects where it cannot be loaded or fails, and with the reason
 * of `signal` once that is aborted. Either way nothing of the check remains.
 */
export async function askHosted(
  provider: string,
  siteKey: string,
  element: HTMLElement,
  signal: AbortSignal,
): Promise<string> {
  const over = ending(signal);
  const check = await Promise.race([load(provider), over]);
  let widget: unknown;
  const passed = new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`The check by ${provider} failed.`));
    widget = check.render(element, {
      sitekey: siteKey,
      callback: resolve,
      "error-callback": fail,
      "expired-callback": fail,
    });
  });
  return Promise.race([passed, over]).finally(() => end(check, widget));
}

function end(check: HostedCheck, widget: unknown): void {
  try {
    check.remove(widget);
  } catch {
    // Nothing is left of it where its element has gone with a part of the page.
  }
}

function ending(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function load(provider: string): Promise<HostedCheck> {
  const known = loading.get(provider) ?? fetchScript(provider);
  loading.set(provider, known);
  known.catch(() => loading.delete(provider));
  return known;
}

function fetchScript(provider: string): Promise<HostedCheck> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = SCRIPTS[provider] ?? "";
    script.async = true;
    script.onload = () => {
      const check = Reflect.get(globalThis, provider) as HostedCheck | undefined;
      check ? resolve(check) : reject(new Error(`The script of ${provider} does not work here.`));
    };
    script.onerror = () => reject(new Error(`The script of ${provider} cannot be loaded.`));
    document.head.append(script);
  });
}
