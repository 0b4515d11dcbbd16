import { FanfareError, type JourneyView } from "@fanfare/sdk-core";
import { type FakeFanfare, fakeFanfare } from "@fanfare/sdk-core/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { experience } from "../gallery/catalogue.js";
import { find, place, textOf, type Widget } from "./support/page.js";
import { view } from "./support/scenes.js";
import { scripted } from "./support/scripted.js";

const dropped = () => {
  throw new TypeError("Failed to fetch");
};

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  localStorage.clear();
});

afterEach(async () => {
  document.body.replaceChildren();
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const ready: JourneyView = { journeyStage: "ready", start: async () => {} };
const lost = new FanfareError("NETWORK_ERROR", "Lost.", { retryable: true });

/** A widget that has given up, for its service cannot be reached. */
async function cutOff(fake: FakeFanfare): Promise<Widget> {
  vi.stubGlobal("fetch", fake.fetch);
  fake.goOffline();
  const { publishableKey, organizationId, apiUrl } = fake.config;
  const { experienceId } = fake;
  const widget = await place({ publishableKey, organizationId, apiUrl, experienceId });
  await vi.advanceTimersByTimeAsync(45_000);
  await vi.waitFor(() => expect(textOf(widget, "[role=alert]")).toContain("cannot reach"));
  return widget;
}

/** A journey that cannot start, as where its machine could not be loaded. */
function broken(error: FanfareError) {
  const journey = scripted(ready, experience);
  journey.start = async (options) => {
    journey.starts.push(options);
    journey.show(ready, { error });
    throw error;
  };
  return journey;
}

test("a service that comes back is found again without anybody's doing", async () => {
  const fake = fakeFanfare({ mechanism: "queue" });
  const widget = await cutOff(fake);

  fake.goOnline();
  await vi.advanceTimersByTimeAsync(50_000);

  await vi.waitFor(() => expect(textOf(widget, "#title")).toBe("Ready when you are"));
  expect(textOf(widget, "[role=alert]")).toBe("");
});

test("a network that comes back is used at once", async () => {
  const fake = fakeFanfare({ mechanism: "queue" });
  const widget = await cutOff(fake);

  fake.goOnline();
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(2_000);

  await vi.waitFor(() => expect(textOf(widget, "#title")).toBe("Ready when you are"));
});

test("a widget that has left the page no longer tries", async () => {
  const fake = fakeFanfare({ mechanism: "queue" });
  const widget = await cutOff(fake);
  const before = fake.requests.length;

  widget.remove();
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(120_000);

  expect(fake.requests.length).toBe(before);
});

test("what was to start by itself, and could not, does so later", async () => {
  const journey = broken(lost);
  const widget = await place({ journey, autoStart: true, accessCode: "VIP" });
  const before = journey.starts.length;

  await vi.advanceTimersByTimeAsync(50_000);
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(100);

  expect(before).toBe(1);
  expect(journey.starts).toEqual([1, 2, 3].map(() => ({ accessCode: "VIP" })));
  expect(textOf(widget, "[role=alert]")).toContain("then reload the page.");
});

test("what nobody may repeat is left to the customer", async () => {
  const journey = broken(new FanfareError("NOT_FOUND", "Not here.", { status: 404 }));
  await place({ journey, autoStart: true, accessCode: "VIP" });

  await vi.advanceTimersByTimeAsync(120_000);
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(100);

  expect(journey.starts.length).toBe(1);
});

test("a part that is missing is loaded later, and until then a reload is suggested", async () => {
  vi.doMock("../src/views/draw.js", dropped);
  const widget = await place({ journey: scripted(view("draw.enterable"), experience) });
  const said = textOf(widget, "[role=alert]");

  vi.doUnmock("../src/views/draw.js");
  dispatchEvent(new Event("online"));

  await vi.waitFor(() => expect(textOf(widget, "#title")).toBe("Enter the draw"));
  expect(said).toContain("then reload the page.");
  expect(textOf(widget, "[role=alert]")).toBe("");
});

test("a part that neither comes nor fails is as good as missing", async () => {
  vi.doMock("../src/views/auction.js", () => new Promise(() => {}));
  const widget = await place({ journey: scripted(view("auction.enterable"), experience) });
  const before = textOf(widget, "[role=alert]");

  await vi.advanceTimersByTimeAsync(16_000);

  expect(before).toBe("");
  await vi.waitFor(() => expect(textOf(widget, "[role=alert]")).toContain("then reload the page."));
  vi.doUnmock("../src/views/auction.js");
});

test("a language that is missing is loaded later, and until then English stands in", async () => {
  vi.doMock("../src/messages/fr.js", dropped);
  const widget = await place({ journey: scripted(ready, experience), locale: "fr-CA" });
  const before = [find(widget, ".root").lang, textOf(widget, "#title")];

  vi.doUnmock("../src/messages/fr.js");
  dispatchEvent(new Event("online"));

  await vi.waitFor(() => expect(find(widget, ".root").lang).toBe("fr-CA"));
  expect(before).toEqual(["en", "Ready when you are"]);
  expect(textOf(widget, "#start")).toBe("Commencer");
});
