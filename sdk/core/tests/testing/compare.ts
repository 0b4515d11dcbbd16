/** What two stages answered, without what depends on time and ids. */
import type { Played, Said } from "./play.js";

const ID =
  /\b(?:exp|seq|queue|draw|auction|tr|appt|wl|slot|bkg|ent|cons|adm|bid|prod|org|sess|hand|req|guest)_[0-9A-Z]{20,}\b/g;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** Values that nobody could know beforehand: only their kind is compared. */
const FREE = new Set([
  "accessToken",
  "refreshToken",
  "requestId",
  "code",
  "url",
  "version",
  "confirmationCode",
  "bidder",
  "slug",
  "signature",
  "parameters",
  "siteKey",
  "challengeUrl",
  "proof",
  "endCursor",
]);

/** Every difference, by step; none where the fake is honest. */
export function differences(fake: Played, real: Played): string[] {
  return real.said.flatMap((said, index) => {
    const ours = fake.said[index];
    const [a, b] = [ours ? shape(fake, ours) : null, shape(real, said)];
    return JSON.stringify(a) === JSON.stringify(b)
      ? []
      : [`${index + 1}. ${said.step.as}: ${said.step.call}`, ...lines(a, b, "")];
  });
}

function lines(fake: unknown, real: unknown, path: string): string[] {
  if (!isObject(fake) || !isObject(real)) {
    const same = JSON.stringify(fake) === JSON.stringify(real);
    return same ? [] : [`   ${path}: fake ${JSON.stringify(fake)}, real ${JSON.stringify(real)}`];
  }
  const names = [...new Set([...Object.keys(fake), ...Object.keys(real)])];
  return names.flatMap((name) => lines(fake[name], real[name], `${path}.${name}`));
}

/** An answer with names for ids and times, its members in one order. */
function shape(played: Played, { step, asker, answer }: Said): unknown {
  const ids = new Map([[asker, "own"], ...Object.entries(played.names).map(turned).reverse()]);
  const free = new Set(step.free);

  function plain(value: unknown, name = ""): unknown {
    if (free.has(name)) return "<free>";
    if (value === null || value === undefined) return null;
    if (FREE.has(name) && !isCode(value)) return `<${typeof value}>`;
    if (Array.isArray(value)) return value.map((each) => plain(each));
    if (!isObject(value)) return typeof value === "string" ? text(value, name) : value;
    const members = Object.entries(value).map(([key, each]) => [named(key), plain(each, key)]);
    return Object.fromEntries(members.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
  }

  function text(value: string, name: string): string {
    if (TIME.test(value)) return "<time>";
    if (name === "retryAfter" && value.length > 2) return "<seconds>";
    return JWT.test(value) ? "<token>" : named(value);
  }

  function named(value: string): string {
    return value.replace(ID, (id) => `<${ids.get(id) ?? id.split("_")[0]}>`);
  }

  return plain(answer);
}

function turned([name, id]: [string, string]): [string, string] {
  return [id, name];
}

/** An error's code, which is no secret. */
function isCode(value: unknown): boolean {
  return typeof value === "string" && /^[A-Z_]+$/.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
