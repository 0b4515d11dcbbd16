/** Times to choose from, by the days of the visitor. */
import type { Slot } from "@fanfare/sdk-core";

export interface Day {
  /** `2026-12-01` in the visitor's time zone. */
  readonly key: string;
  readonly at: Date;
  readonly slots: readonly Slot[];
}

/** Days in order, each with its slots in order. */
export function daysOf(slots: readonly Slot[], timeZone: string): Day[] {
  const name = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  const days = new Map<string, Slot[]>();
  for (const slot of slots.toSorted((a, b) => Date.parse(a.startTime) - Date.parse(b.startTime))) {
    const key = name.format(new Date(slot.startTime));
    days.set(key, [...(days.get(key) ?? []), slot]);
  }
  return [...days].map(([key, own]) => ({
    key,
    at: new Date(own[0]?.startTime ?? key),
    slots: own,
  }));
}

/** A day, a time of day and the name of the zone as the visitor's language writes them. */
export interface DayFormat {
  day(at: Date): string;
  time(at: Date): string;
  zone(at: Date): string;
}

export function dayFormats(locale: string, timeZone: string): DayFormat {
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const day = dates({ weekday: "short", day: "numeric", month: "short" });
  const time = dates({ hour: "numeric", minute: "2-digit" });
  const zone = dates({ timeZoneName: "long" });
  return {
    day: (at) => day.format(at),
    time: (at) => time.format(at),
    zone: (at) => {
      const name = zone.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value;
      return `${timeZone.replaceAll("_", " ")} (${name ?? ""})`;
    },
  };
}
