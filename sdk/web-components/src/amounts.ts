/** Money as exact decimals: what people type, sums and comparisons. */

/** What somebody typed, as a decimal string (`1.234,50` is `1234.50` in German); else null. */
export function parseAmount(typed: string, locale: string): string | null {
  const { group, decimal, zero } = signsOf(locale);
  const plain = [...typed.trim()]
    .map((sign) => digitOf(sign, zero))
    .filter((sign) => sign !== group && !/\s/.test(sign))
    .map((sign) => (sign === decimal ? "." : sign))
    .join("");
  return /^\d{1,15}(\.\d{1,4})?$/.test(plain) ? plain : null;
}

/** The exact sum of two decimal strings. */
export function add(one: string, other: string): string {
  const places = Math.max(placesOf(one), placesOf(other));
  const digits = `${scaled(one, places) + scaled(other, places)}`.padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

export function isLess(one: string, other: string): boolean {
  const places = Math.max(placesOf(one), placesOf(other));
  return scaled(one, places) < scaled(other, places);
}

function placesOf(amount: string): number {
  return amount.split(".")[1]?.length ?? 0;
}

function scaled(amount: string, places: number): bigint {
  const [whole = "0", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}

function signsOf(locale: string): { group: string; decimal: string; zero: number } {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(12345.6);
  const sign = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  const zero = new Intl.NumberFormat(locale).format(0).codePointAt(0) ?? 48;
  return { group: sign("group"), decimal: sign("decimal"), zero };
}

function digitOf(sign: string, zero: number): string {
  const digit = (sign.codePointAt(0) ?? 0) - zero;
  return digit >= 0 && digit <= 9 ? `${digit}` : sign;
}
