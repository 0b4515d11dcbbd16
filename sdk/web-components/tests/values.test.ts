import type { Slot } from "@fanfare/sdk-core";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { add, isLess, parseAmount } from "../src/amounts.js";
import { calendarFile } from "../src/calendar.js";
import { checkoutOptions } from "../src/checkout.js";
import { dayFormats, daysOf } from "../src/days.js";
import { formats } from "../src/format.js";

describe("amounts", () => {
  test.each([
    ["1,234.50", "en", "1234.50"],
    ["1.234,50", "de", "1234.50"],
    ["1 234,50", "fr", "1234.50"],
    ["١٢٣٤٫٥", "ar-EG", "1234.5"],
    [" 1450 ", "ja", "1450"],
    ["12,5", "de", "12.5"],
  ])("%s in %s is %s", (typed, locale, amount) => {
    expect(parseAmount(typed, locale)).toBe(amount);
  });

  test.each(["", "abc", "-5", "1e9", "1.2.3", "€5", "9".repeat(16)])("%j is none", (typed) => {
    expect(parseAmount(typed, "en")).toBeNull();
  });

  test("are added and compared exactly", () => {
    expect(add("0.10", "0.2")).toBe("0.30");
    expect(add("1450.00", "25.00")).toBe("1475.00");
    expect(add("900719925474099.99", "0.01")).toBe("900719925474100.00");
    expect([isLess("9.99", "10"), isLess("10.0", "10"), isLess("10.01", "10")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("that we show can be typed in, in any language", () => {
    const cents = fc.integer({ min: 0, max: 10 ** 9 });
    const locale = fc.constantFrom("en", "de", "fr", "es", "ja", "ar");
    fc.assert(
      fc.property(cents, locale, (amount, language) => {
        const shown = (amount / 100).toLocaleString(language, { minimumFractionDigits: 2 });
        return Number(parseAmount(shown, language)) === amount / 100;
      }),
    );
  });
});

describe("formats", () => {
  test("a span has its two largest units", () => {
    const { span } = formats("en");

    expect([41_000, 60_000, 3_900_000, 90_000_000, -5].map(span)).toEqual([
      "41 seconds",
      "1 minute",
      "1 hour, 5 minutes",
      "1 day, 1 hour",
      "0 seconds",
    ]);
  });

  test("a wait is a range of minutes, or of hours where it is long", () => {
    const { range } = formats("en");

    expect([range(720, 1080), range(10, 70), range(3600, 14_400)]).toEqual([
      "12–18 minutes",
      "~1 minute",
      "1–4 hours",
    ]);
  });

  test("money keeps its currency's decimals", () => {
    expect(formats("de").money("1450.5", "EUR")).toBe("1.450,50\u00a0€");
    expect(formats("ja").money("1450", "JPY")).toBe("￥1,450");
  });

  test("a time says in which zone it is, and in which year unless it is this one", () => {
    vi.setSystemTime("2026-11-20T12:00:00Z");
    onTestFinished(() => void vi.useRealTimers());
    const berlin = formats("en", "Europe/Berlin");

    expect(berlin.moment(new Date("2026-12-01T10:00:00Z"))).toMatch(
      /December 1 at 11:00\sAM GMT\+1/,
    );
    expect(berlin.moment(new Date("2027-12-01T10:00:00Z"))).toContain("December 1, 2027 at");
    expect(dayFormats("en", "Europe/Berlin").zone(new Date("2026-07-01T10:00:00Z"))).toBe(
      "Europe/Berlin (Central European Summer Time)",
    );
  });
});

describe("days", () => {
  const slot = (startTime: string): Slot => ({
    id: startTime,
    startTime,
    endTime: startTime,
    available: 1,
    capacity: 1,
    locationId: null,
  });
  const slots = ["2026-12-02T04:30:00Z", "2026-12-01T23:30:00Z", "2026-12-01T10:00:00Z"].map(slot);

  test("are those of the visitor, in order", () => {
    const keys = (zone: string) =>
      daysOf(slots, zone).map(({ key, slots: own }) => [key, own.length]);

    expect(keys("UTC")).toEqual([
      ["2026-12-01", 2],
      ["2026-12-02", 1],
    ]);
    expect(keys("Europe/Berlin")).toEqual([
      ["2026-12-01", 1],
      ["2026-12-02", 2],
    ]);
    expect(keys("America/New_York")).toEqual([["2026-12-01", 3]]);
  });
});

describe("a calendar's file", () => {
  test("is what RFC 5545 asks for", () => {
    const file = calendarFile({
      id: "apt_1-K7QF2M",
      title: `Fitting, ${"ü".repeat(60)}`,
      start: new Date("2026-12-01T10:00:00Z"),
      end: new Date("2026-12-01T10:45:00Z"),
      location: "Main street 1;\nHarbour\rEND:VEVENT",
    });

    expect(file).toContain("DTSTART:20261201T100000Z\r\nDTEND:20261201T104500Z\r\n");
    expect(file.replaceAll("\r\n ", "")).toContain("SUMMARY:Fitting\\, üüü");
    expect(file).toContain("LOCATION:Main street 1\\;\\nHarbour\\nEND:VEVENT\r\n");
    for (const line of file.split("\r\n"))
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  });
});

describe("the way to the checkout", () => {
  test("without an address is the service's", () => {
    expect(checkoutOptions("", {})).toEqual({});
  });

  test("within this site is the tab's storage, elsewhere the address, unless the page says otherwise", () => {
    const via = (url: string, own = {}) => checkoutOptions(url, own).via;

    expect(via("/checkout")).toBe("session_storage");
    expect(via("/checkout?t={token}")).toBe("url");
    expect(via("https://pay.example/c")).toBe("url");
    expect(via("https://pay.example/c", { via: "handoff" })).toBe("handoff");
  });
});
