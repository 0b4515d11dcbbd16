/** Handing over to the checkout, and taking over there. */
import { invalid } from "../config.js";
import type { Ground } from "../ground/ground.js";
import { makeShelf } from "../ground/shelf.js";
import type { CheckoutResult } from "../journey/view.js";
import type { Checkout, HandoffOptions } from "../sdk.js";
import type { Experience, HandoffAnswer, Organization } from "../wire/index.js";
import { fill, resolve } from "./address.js";
import { embed } from "./frame.js";
import { type Claims, claimsOf } from "./token.js";

const KEY = "fanfare.admission";

export function makeCheckout(ground: Ground, organization: Organization): Checkout {
  const tab = makeShelf("sessionStorage");

  async function handoff(
    { token }: { readonly token: string },
    options: HandoffOptions,
  ): Promise<CheckoutResult> {
    const claims = claimsOf(token);
    const container = options.pattern === "embedded" ? options.container : undefined;
    if (options.pattern === "embedded" && !container) {
      throw invalid("An embedded checkout needs the element to fill: container.");
    }
    const { via = "handoff" } = options;
    const own = via !== "handoff" || container ? await template(claims, options) : "";
    const result =
      via === "handoff" ? await byCode(token, options) : byPage(token, claims, own, options);
    if (container) {
      const { origin } = resolve(own.replace(/[{}]/g, ""));
      const framed = { url: result.url, origin, title: options.title ?? "Checkout" };
      embed(container, framed, ground.signal, (news) =>
        ground.emit("checkout", { ...news, admissionId: claims?.jti ?? null }),
      );
    } else if (options.navigate !== false) {
      globalThis.location?.assign(result.url);
    }
    return result;
  }

  async function byCode(token: string, options: HandoffOptions): Promise<CheckoutResult> {
    const { pattern, returnUrl, variantId, quantity } = options;
    const body = { admissionToken: token, pattern, returnUrl, variantId, quantity };
    const call = { method: "POST", path: "/api/v1/handoffs", as: "consumer", body } as const;
    const { url, expiresAt } = await ground.calls.send<HandoffAnswer>(call);
    return { url, expiresAt: new Date(expiresAt) };
  }

  function byPage(
    token: string,
    claims: Claims | null,
    own: string,
    options: HandoffOptions,
  ): CheckoutResult {
    const inTab = options.via === "session_storage";
    const url = fill(own, {
      token: inTab ? null : token,
      consumerId: claims?.sub,
      experienceId: claims?.exp_id,
      variantId: options.variantId,
      distributionType: claims?.dtp,
      distributionId: claims?.dst,
      returnUrl: options.returnUrl,
    });
    if (inTab) {
      if (url.origin !== globalThis.location?.origin) {
        throw invalid("Session storage reaches pages of this origin only: use handoff or url.");
      }
      tab.set(KEY, token);
    }
    return { url: url.href, expiresAt: null };
  }

  /** The page's own checkout, else the experience's, else the organization's. */
  async function template(claims: Claims | null, options: HandoffOptions): Promise<string> {
    if (options.checkoutUrl) {
      return options.checkoutUrl;
    }
    const path = `/api/v1/experiences/${encodeURIComponent(claims?.exp_id ?? "")}`;
    const experience = claims
      ? await ground.calls.send<Experience>({ method: "GET", path, as: "key" })
      : null;
    const found = experience?.checkoutUrl ?? organization.checkoutUrl;
    if (!found) {
      throw invalid("Say where your checkout is: checkoutUrl, here or of the experience.");
    }
    return found;
  }

  return {
    handoff,
    resume: async ({ admissionToken }, options) =>
      handoff({ token: admissionToken }, { pattern: "same_site", ...options }),
    fromUrl() {
      const token = takeOut() ?? tab.get(KEY);
      if (token) {
        tab.set(KEY, token);
      }
      return token;
    },
  };
}

/** The admission token in the address bar, which is without it then. */
function takeOut(): string | null {
  const url = new URL(globalThis.location?.href ?? "about:blank");
  const hash = new URLSearchParams(url.hash.slice(1));
  for (const values of [url.searchParams, hash]) {
    for (const [name, value] of values) {
      if (claimsOf(value)) {
        values.delete(name);
        if (values === hash) {
          url.hash = `${hash}`;
        }
        history.replaceState(history.state, "", url);
        return value;
      }
    }
  }
  return null;
}
