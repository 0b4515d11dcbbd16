/** Turnstile and hCaptcha: their script is loaded only once a gate names them. */

interface HostedCheck {
  render(element: HTMLElement, options: HostedOptions): unknown;
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
 * there); resolves with its token, rejects where it cannot be loaded or fails.
 */
export async function askHosted(
  provider: string,
  siteKey: string,
  element: HTMLElement,
): Promise<string> {
  const check = await load(provider);
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`The check by ${provider} failed.`));
    check.render(element, {
      sitekey: siteKey,
      callback: resolve,
      "error-callback": fail,
      "expired-callback": fail,
    });
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
