/** How the checkout is reached from the attributes. */
import type { CheckoutOptions } from "@fanfare/sdk-core";

/**
 * The page's own options first. A `checkout-url` of this origin gets the token by the tab's session
 * storage; another, or one with `{token}` in it, in its address, as whoever named it has asked.
 */
export function checkoutOptions(checkoutUrl: string, own: CheckoutOptions): CheckoutOptions {
  if (!checkoutUrl) return own;
  const base = document.baseURI;
  const near =
    !checkoutUrl.includes("{token}") &&
    URL.canParse(checkoutUrl, base) &&
    new URL(checkoutUrl, base).origin === location.origin;
  return { checkoutUrl, via: near ? "session_storage" : "url", ...own };
}
