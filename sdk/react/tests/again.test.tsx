import { act, type ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { ExperienceWidget, FanfareProvider, useExperienceJourney } from "../src/index.js";
import { launch } from "./support/launch.js";
import { click, render, until } from "./support/render.js";
import { Refusal, type ScriptedService } from "./support/service.js";

const ELEMENT = "@fanfare/sdk-web-components";
const MACHINE = "../../core/src/journey/running.js";

/** Whoever loads this from now on meets a network that has gone. */
function drop(path: string): void {
  vi.doMock(path, () => {
    throw new TypeError("Failed to fetch");
  });
}

afterEach(() => {
  vi.useRealTimers();
});

function Launch() {
  const { view, error } = useExperienceJourney("exp_1", { autoStart: true });
  return (
    <p>
      {view.journeyStage} {error?.code}
    </p>
  );
}

const within = (shop: ScriptedService, node: ReactNode) =>
  render(<FanfareProvider {...shop.config}>{node}</FanfareProvider>);

const online = () => act(async () => void dispatchEvent(new Event("online")));

const phaseIn = ({ container }: { container: HTMLElement }) =>
  container.querySelector("fanfare-experience-widget")?.getAttribute("phase");

test("a widget that cannot be loaded says so, and a button tries again", async () => {
  drop(ELEMENT);
  const failed = vi.fn();
  const page = await within(launch(), <ExperienceWidget experienceId="exp_1" onError={failed} />);
  await until(() => page.text().includes("Check your connection"));
  await click(page.container, "Try again");
  await until(() => failed.mock.calls.length === 2);
  const during = page.text();

  vi.doUnmock(ELEMENT);
  await click(page.container, "Try again");
  await until(() => phaseIn(page) === "ready");

  expect(during).toContain("The launch could not be loaded.");
  expect(page.text()).toBe("");
  expect(failed.mock.calls[0]?.[0]).toMatchObject({ code: "NETWORK_ERROR", retryable: true });
});

test("a machine that is lost once starts a launch all the same, with the network", async () => {
  drop(MACHINE);
  const page = await within(launch(), <Launch />);
  await until(() => page.text() === "ready NETWORK_ERROR");

  vi.doUnmock(MACHINE);
  await online();

  await until(() => page.text().startsWith("routed"));
});

test("a service that comes back is found as soon as there is a network", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const shop = launch();
  const whose = "GET /organizations/current";
  const known = shop.answers[whose];
  shop.answers[whose] = new Refusal(503, "SERVICE_UNAVAILABLE");
  const page = await within(shop, <Launch />);
  await act(() => vi.advanceTimersByTimeAsync(29_000));
  await until(() => page.text().includes("SERVICE_UNAVAILABLE"));

  shop.answers[whose] = known;
  await online();

  await until(() => page.text().startsWith("routed"));
});
