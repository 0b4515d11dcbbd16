import { renderToString } from "react-dom/server";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  ExperienceWidget,
  type ExperienceWidgetProps,
  FanfareError,
  FanfareProvider,
  type Grant,
} from "../src/index.js";
import { launch } from "./support/launch.js";
import { render, until } from "./support/render.js";
import { Refusal, type ScriptedService, service } from "./support/service.js";
import { ADMITTED } from "./support/statuses.js";

const shown = (of: ScriptedService, more: Partial<ExperienceWidgetProps> = {}) => (
  <FanfareProvider {...of.config}>
    <ExperienceWidget experienceId="exp_1" {...more} />
  </FanfareProvider>
);

const elementIn = (container: HTMLElement) =>
  container.querySelector("fanfare-experience-widget") as HTMLElement;

const says = (container: HTMLElement) => elementIn(container).shadowRoot?.textContent ?? "";

test("a server renders the element with what it waits with, and asks nothing", () => {
  const shop = launch();

  const html = renderToString(
    shown(shop, { autoStart: true, slots: { routing: <p>Soon</p>, granted: <p>Buy</p> } }),
  );

  expect(html).toBe(
    '<fanfare-experience-widget experience-id="exp_1" auto-start="" theme="" variant="" locale=""><div slot="routing"><p>Soon</p></div></fanfare-experience-widget>',
  );
  expect(shop.asked).toEqual([]);
});

test("the element shows the launch, with the SDK that all of the page shares", async () => {
  const shop = launch();

  const page = await render(shown(shop, { autoStart: true, theme: "retro", className: "mine" }));
  await until(() => elementIn(page.container).getAttribute("phase") === "queue-enterable");

  expect(says(page.container)).toContain("Sneaker");
  expect(elementIn(page.container).className).toBe("mine");
  expect(elementIn(page.container).shadowRoot?.querySelector(".root.retro")).not.toBeNull();
  expect(shop.asked.filter((each) => each === "GET /organizations/current").length).toBe(1);
});

test("own nodes stand in for phases", async () => {
  const page = await render(
    shown(launch(), { autoStart: true, slots: { enterable: <p>Mine</p> } }),
  );
  await until(() => elementIn(page.container).getAttribute("phase") === "queue-enterable");

  const slot = elementIn(page.container).shadowRoot?.querySelector(
    'slot[name="enterable"]',
  ) as HTMLSlotElement;

  expect(slot.assignedElements().map((each) => each.textContent)).toEqual(["Mine"]);
});

test("whoever is let in is told once, with a grant", async () => {
  const granted = vi.fn<(grant: Grant) => void>();
  const shop = launch({ "POST /queues/queue_1/enter": ADMITTED });
  const props = { autoStart: true, onGranted: granted };
  const page = await render(shown(shop, props));
  await until(() => elementIn(page.container).getAttribute("phase") === "queue-enterable");

  elementIn(page.container).shadowRoot?.querySelector<HTMLElement>("button")?.click();
  await until(() => granted.mock.calls.length > 0);
  await page.again(shown(shop, props));

  expect(granted.mock.calls.map(([grant]) => grant.token)).toEqual([ADMITTED.admissionToken]);
});

test("an error comes with all that it says", async () => {
  const failed = vi.fn();
  const page = await render(shown(launch(), { onError: failed }));
  const said = { status: 423, details: [], requestId: "req_1", retryable: true, retryAfter: 30 };
  const error = { code: "NOT_OPEN_YET", message: "It opens soon.", ...said, opensAt: new Date(0) };

  const detail = { experienceId: "exp_1", ...error };
  elementIn(page.container).dispatchEvent(new CustomEvent("fanfare-error", { detail }));

  expect(failed.mock.calls[0]?.[0]).toBeInstanceOf(FanfareError);
  expect(failed.mock.calls[0]?.[0]).toMatchObject(error);
  expect(failed.mock.calls[0]?.[0]).not.toHaveProperty("experienceId");
});

test("what goes wrong is told, and shown by the element", async () => {
  const failed = vi.fn();
  const shop = service({
    "GET /organizations/current": new Refusal(401, "AUTHENTICATION_REQUIRED"),
  });
  // The element, on its own then, asks with the page's.
  vi.stubGlobal("fetch", shop.fetch);
  onTestFinished(() => void vi.unstubAllGlobals());

  const page = await render(shown(shop, { onError: failed }));
  await until(() => failed.mock.calls.length > 0);

  expect(failed.mock.calls[0]?.[0]).toMatchObject({ code: "AUTHENTICATION_REQUIRED" });
  expect(elementIn(page.container).getAttribute("publishable-key")).toBe(
    shop.config.publishableKey,
  );
});
