/** Amounts of one currency, as whole numbers of its smallest unit. */
import { invalid } from "./problems.js";

export class Money {
  readonly #decimals: number;

  constructor(readonly currency: string) {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    this.#decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  }

  /** Reads a decimal text or a number, or refuses it. */
  read(field: string, value: unknown): number {
    const parts = /^(\d{1,12})(?:\.(\d+))?$/.exec(String(value));
    if (!parts) throw invalid(field, "Not a valid amount.");
    const [, whole = "", fraction = ""] = parts;
    if (fraction.length > this.#decimals) {
      throw invalid(field, `The amount has more decimals than ${this.currency} has.`);
    }
    return Number(whole + fraction.padEnd(this.#decimals, "0"));
  }

  write(units: number): string {
    return (units / 10 ** this.#decimals).toFixed(this.#decimals);
  }
}
