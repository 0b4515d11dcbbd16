/** The sum of two amounts, which are decimal strings of the same currency. */
export function plus(one: string, other: string): string {
  const decimals = Math.max(places(one), places(other));
  const sum = String(whole(one, decimals) + whole(other, decimals)).padStart(decimals + 1, "0");
  return decimals === 0 ? sum : `${sum.slice(0, -decimals)}.${sum.slice(-decimals)}`;
}

function places(amount: string): number {
  return amount.split(".")[1]?.length ?? 0;
}

function whole(amount: string, decimals: number): bigint {
  const [before = "0", after = ""] = amount.split(".");
  return BigInt(before + after.padEnd(decimals, "0"));
}
