/** Handing over to the checkout, and taking over there. */
import { invalid } from "../config.js";
import type { Ground } from "../ground/ground.js";
import { aborted } from "../ground/transport.js";
import type { CheckoutResult } from "../journey/view.js";
import type { Checkout, HandoffOptions } from "../sdk.js";
import type { Experience, HandoffAnswer, Organization } from "../wire/index.js";
import { fill, resolve } from "./address.js";
import { admissionFromUrl, keepInTab } from "./arrival.js";
import { type Claims, claimsOf } from "./token.js";

interface Page {
  /** Its address, perhaps with placeholders. */
  readonly template: string;
  readonly productId: string | undefined;
}

export function makeCheckout(ground: Ground, organization: Organization): Checkout {
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
    const page = via !== "handoff" || container ? await find(claims, options.checkoutUrl) : null;
    const result =
      page && via !== "handoff"
        ? byPage(token, claims, page, options)
        : await byCode(token, options);
    if (page && container) {
      const { origin } = resolve(page.template.replace(/[{}]/g, ""));
      // Most shops never frame theirs, and need not load this.
      const { embed } = await import("./frame.js");
      if (ground.signal.aborted) {
        throw aborted();
      }
      embed(container, { url: result.url, origin, title }, ground.signal, (news) =>
        ground.emit("checkout", {
          ...news,
          admissionId: claims?.jti ?? null,
          experienceId: claims?.exp_id ?? null,
        }),
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
    { template, productId }: Page,
    { via, variantId, returnUrl }: HandoffOptions,
  ): CheckoutResult {
    const inTab = via === "session_storage";
    const url = fill(template, {
      token: inTab ? null : token,
      handle: null,
      consumerId: claims?.sub,
      experienceId: claims?.exp_id,
      productId,
      variantId,
      distributionType: claims?.dtp,
      distributionId: claims?.dst,
      returnUrl,
    });
    if (inTab) {
      if (url.origin !== globalThis.location?.origin) {
        throw invalid("Session storage serves this origin only: use handoff or url.");
      }
      keepInTab(token);
    }
    return { url: url.href, expiresAt: null };
  }

  /** The page's own checkout, else the experience's, else the organization's. */
  async function find(claims: Claims | null, given: string | undefined): Promise<Page> {
    const shown = given || !claims ? null : await experience(claims.exp_id);
    const template = given ?? shown?.checkoutUrl ?? organization.checkoutUrl;
    if (!template) {
      throw invalid("Name your checkout: checkoutUrl.");
    }
    return { template, productId: shown?.product?.id };
  }

  function experience(id: string): Promise<Experience> {
    const path = `/api/v1/experiences/${encodeURIComponent(id)}`;
    return ground.calls.send({ method: "GET", path, as: "key" });
  }

  return {
    handoff,
    resume: async ({ admissionToken }, options) =>
      handoff({ token: admissionToken }, { pattern: "same_site", ...options }),
    fromUrl: admissionFromUrl,
  };
}
