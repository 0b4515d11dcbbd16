import { act, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { ExperienceWidget, FanfareProvider, useExperienceJourney } from "../src/index.js";
import { launch } from "./support/launch.js";
import { until } from "./support/render.js";

function Stage() {
  const { view } = useExperienceJourney("exp_1", { autoStart: true });
  return <p>{view.journeyStage}</p>;
}

test("what a server has rendered is taken over as it stands, and comes to life", async () => {
  const shop = launch();
  const mended = vi.fn();
  const page = (
    <StrictMode>
      <FanfareProvider {...shop.config}>
        <Stage />
        <ExperienceWidget experienceId="exp_1" slots={{ routing: <i>Soon</i> }} />
      </FanfareProvider>
    </StrictMode>
  );
  const container = document.body.appendChild(document.createElement("div"));
  container.innerHTML = renderToString(page);
  const before = container.textContent;

  const root = await act(async () => hydrateRoot(container, page, { onRecoverableError: mended }));
  await until(() => container.textContent?.startsWith("routed") ?? false);

  expect(before).toBe("routingSoon");
  expect(mended).not.toHaveBeenCalled();
  await act(async () => root.unmount());
  container.remove();
});
