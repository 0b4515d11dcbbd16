/** Ways out: a code for a live admission of one's own. */
import type { Launch } from "./launch.js";
import type { Body } from "./line.js";
import type { Person } from "./people.js";
import { conflict, invalid, notFound } from "./problems.js";
import { type Context, iso } from "./world.js";

const PATTERNS = ["same_site", "external", "embedded"];
const LIFETIME_MS = 120_000;

export function handOff(context: Context, launch: Launch, person: Person, body: Body): Body {
  const { admissionToken, pattern, returnUrl, quantity = 1, variantId } = body;
  if (typeof admissionToken !== "string") {
    throw invalid("admissionToken", "Missing data for required field.");
  }
  if (!PATTERNS.includes(String(pattern))) {
    throw invalid("pattern", `Must be one of: ${PATTERNS.join(", ")}.`);
  }
  const expiresAt = check(context, launch, person, admissionToken);
  if (Number(quantity) > 1) throw invalid("quantity", "At most 1 per admission.");
  if (variantId !== undefined && variantId !== null) throw notFound("variant");
  if (typeof returnUrl === "string") checkReturn(launch, returnUrl);
  const code = `fake-${context.ids.make("hand")}`;
  return { code, url: `${context.apiUrl}/checkout/${code}`, expiresAt: iso(expiresAt) };
}

/** Until when the code is good. */
function check(context: Context, launch: Launch, person: Person, admissionToken: string): number {
  const id = admissionOf(admissionToken);
  for (const line of launch.lines()) {
    const entry = line.entries.find(({ admissionId }) => id !== null && admissionId === id);
    if (!entry || entry.consumerId !== person.id) continue;
    const now = context.clock.now();
    if (entry.state !== "ADMITTED" || now >= (entry.expiresAt ?? 0)) throw conflict("NOT_ADMITTED");
    return Math.min(now + LIFETIME_MS, entry.expiresAt ?? 0);
  }
  throw notFound("admission");
}

function admissionOf(admissionToken: string): string | null {
  try {
    const [, claims = ""] = admissionToken.split(".");
    return JSON.parse(atob(claims.replace(/-/g, "+").replace(/_/g, "/"))).jti ?? null;
  } catch {
    return null;
  }
}

function checkReturn(launch: Launch, returnUrl: string): void {
  const host = (url: string) => (URL.canParse(url) ? new URL(url).host : null);
  if (host(returnUrl) !== host(launch.checkoutUrl)) {
    throw invalid("returnUrl", "The host is not among the allowed redirect hosts.");
  }
}
