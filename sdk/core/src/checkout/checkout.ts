/** Handing over to the checkout, and taking over there. */
import { invalid } from "../config.js";
import type { Ground } from "../ground/ground.js";
import { makeShelf } from "../ground/shelf.js";
import type { CheckoutResult } from "../journey/view.js";
import type { Checkout, HandoffOptions } from "../sdk.js";
import type { Experience, HandoffAnswer, Organization } from "../wire/index.js";
import { fill, resolve } from "./address.js";
import { type Claims, claimsOf } from "./token.js";

const KEY = "fanfare.admission";

export function makeCheckout(ground: Ground, organization: Organization): Checkout {
  const tab = makeShelf("sessionStorage");

  async function handoff(
    { token }: { readonly token: string },
    options: HandoffOptions,
  ): Promise<CheckoutResult> {
    const { via = "handoff", pattern, title = "Checkout" } = options;
    const container = pattern === "embedded" ? options.container : undefined;
    if (pattern === "embedded" && !container) {
      throw invalid("Name the element to fill: container.");
    }
    const claims = claimsOf(token);
    const own = via !== "handoff" || container ? await template(claims, options.checkoutUrl) : "";
    const result =
      via === "handoff" ? await byCode(token, options) : byPage(token, claims, own, options);
    if (container) {
      const { origin } = resolve(own.replace(/[{}]/g, ""));
      // Most shops never frame theirs, and need not load this.
      const { embed } = await import("./frame.js");
      embed(container, { url: result.url, origin, title }, ground.signal, (news) =>
        ground.emit("checkout", { ...news, admissionId: claims?.jti ?? null }),
      );
    } else if (options.navigate !== false) {
      globalThis.location?.assign(result.url);
    }
    return result;
  }

  async function byCode(
    admissionToken: string,
    { pattern, returnUrl, variantId, quantity }: HandoffOptions,
  ): Promise<CheckoutResult> {
    const body = { admissionToken, pattern, returnUrl, variantId, quantity };
    const call = { method: "POST", path: "/api/v1/handoffs", as: "consumer", body } as const;
    const { url, expiresAt } = await ground.calls.send<HandoffAnswer>(call);
    return { url, expiresAt: new Date(expiresAt) };
  }

  function byPage(
    token: string,
    claims: Claims | null,
    own: string,
    { via, variantId, returnUrl }: HandoffOptions,
  ): CheckoutResult {
    const inTab = via === "session_storage";
    const url = fill(own, {
      token: inTab ? null : token,
      handle: null,
      consumerId: claims?.sub,
      experienceId: claims?.exp_id,
      productId: null,
      variantId,
      distributionType: claims?.dtp,
      distributionId: claims?.dst,
      returnUrl,
    });
    if (inTab) {
      if (url.origin !== globalThis.location?.origin) {
        throw invalid("Session storage reaches this origin's pages only. Use handoff or url.");
      }
      tab.set(KEY, token);
    }
    return { url: url.href, expiresAt: null };
  }

  /** The page's own checkout, else the experience's, else the organization's. */
  async function template(claims: Claims | null, given: string | undefined): Promise<string> {
    const found =
      given ??
      (claims && (await experience(claims.exp_id)).checkoutUrl) ??
      organization.checkoutUrl;
    if (!found) {
      throw invalid("Say where your checkout is: checkoutUrl.");
    }
    return found;
  }

  function experience(id: string): Promise<Experience> {
    const path = `/api/v1/experiences/${encodeURIComponent(id)}`;
    return ground.calls.send({ method: "GET", path, as: "key" });
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
  const { href = "" } = globalThis.location ?? {};
  for (const [found, before = "", token = ""] of href.matchAll(/([?&#])[^?&#=]+=([\w.-]+)/g)) {
    if (claimsOf(token)) {
      const rest = href.replace(found, before).replace(/([?&#])&/, "$1");
      history.replaceState(history.state, "", rest.replace(/[?&]?(#|$)/, "$1").replace(/#$/, ""));
      return token;
    }
  }
  return null;
}
