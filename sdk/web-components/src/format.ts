/** Numbers, money and times as a locale writes them. */
import type { Countdown } from "@fanfare/sdk-core";

export interface Format {
  readonly locale: string;
  /** Of the visitor, unless told otherwise. */
  readonly timeZone: string;
  number(value: number): string;
  /** A decimal string in its currency. */
  money(amount: string, currency: string): string;
  /** `Tuesday, 1 December, 11:00 GMT+1`, with the year unless it is this one. */
  moment(at: Date): string;
  /** `12–18 minutes`, of seconds. */
  range(low: number, high: number): string;
  /** The two largest units of so many milliseconds: `2 hours, 5 minutes`. */
  span(milliseconds: number): string;
}

const HOUR = 3600;

export function formats(
  locale: string,
  timeZone: string = Intl.DateTimeFormat().resolvedOptions().timeZone,
): Format {
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const unit = (name: string, maximumFractionDigits = 0) =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: name,
      unitDisplay: "long",
      maximumFractionDigits,
    });
  const time = { hour: "numeric", minute: "2-digit" } as const;
  const day = { weekday: "long", day: "numeric", month: "long" } as const;
  const plain = new Intl.NumberFormat(locale);
  return {
    locale,
    timeZone,
    number: (value) => plain.format(value),
    money: (amount, currency) =>
      // The type asks for numbers; engines keep every digit of a decimal string.
      new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount as `${number}`),
    moment: (at) => {
      const year =
        at.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" as const };
      return dates({ ...day, ...time, ...year, timeZoneName: "short" }).format(at);
    },
    range: (low, high) => {
      const [name, size] =
        high > 1.5 * HOUR ? (["hour", HOUR] as const) : (["minute", 60] as const);
      const [from, to] = [low, high].map((each) => Math.max(1, Math.round(each / size))) as [
        number,
        number,
      ];
      return unit(name).formatRange(from, Math.max(from, to));
    },
    span: (milliseconds) => {
      const parts = unitsOf(milliseconds).map(([value, name]) => unit(name).format(value));
      return new Intl.ListFormat(locale, { type: "unit" }).format(parts);
    },
  };
}

/** Whole minutes from a minute up, seconds below: the two largest units that are not zero. */
function unitsOf(milliseconds: number): [number, string][] {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds < 60) return [[seconds, "second"]];
  const minutes = Math.round(seconds / 60);
  const all: [number, string][] = [
    [Math.floor(minutes / 1440), "day"],
    [Math.floor(minutes / 60) % 24, "hour"],
    [minutes % 60, "minute"],
  ];
  return all.filter(([value]) => value > 0).slice(0, 2);
}

/** Until `at`, by a clock that is `offset` milliseconds ahead of ours. */
export function countdownTo(at: Date, offset: number): Countdown {
  const totalMs = Math.max(0, at.getTime() - Date.now() - offset);
  const seconds = Math.ceil(totalMs / 1000);
  return {
    totalMs,
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / HOUR) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
}
