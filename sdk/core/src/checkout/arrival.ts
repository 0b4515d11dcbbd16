/** The token that somebody brings to a checkout page. */
import { makeShelf } from "../ground/shelf.js";
import { claimsOf } from "./token.js";

const KEY = "fanfare.admission";

const tab = makeShelf("sessionStorage");

/**
 * On a checkout page: the admission token that came by URL or session storage, else null. It is taken
 * out of the address bar, and found again after a reload of this tab. It asks the service nothing, so
 * that whoever comes while it is out of reach loses nothing.
 */
export function admissionFromUrl(): string | null {
  const token = takeOut() ?? tab.get(KEY);
  if (token) {
    keepInTab(token);
  }
  return token;
}

export function keepInTab(token: string): void {
  tab.set(KEY, token);
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
