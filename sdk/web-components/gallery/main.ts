/**
 * Shows one scene, as the address asks: `?phase=queue.participating&theme=retro&lang=de&width=320`,
 * also `variant`, `scheme` and `own` (an experience's theme as JSON). Without a phase: all of them,
 * or those whose names begin with `only`.
 */
import type { FanfareSdk } from "@fanfare/sdk-core";
import { type FanfareExperienceWidget, registerWebComponents } from "../src/index.js";
import { scripted } from "../tests/support/scripted.js";
import { experience } from "./catalogue.js";
import { type Scene, scenes } from "./scenes.js";

const asked = new URLSearchParams(location.search);
const session = { consumerId: "con_1", type: "authenticated" } as const;
const sdk = {
  config: { organizationId: "org_1", publishableKey: "pk_test_1", apiUrl: "" },
  auth: { requestOtp: async () => {}, verifyOtp: async () => session },
} as unknown as FanfareSdk;

function widget({ view, snapshot }: Scene): HTMLElement {
  const own = asked.get("own");
  const shown = own ? { ...experience, theme: JSON.parse(own) } : experience;
  const element = document.createElement("fanfare-experience-widget") as FanfareExperienceWidget;
  element.journey = scripted(view, shown, snapshot);
  element.sdk = sdk;
  element.locale = asked.get("lang") ?? "en";
  element.theme = asked.get("theme") ?? "";
  element.variant = asked.get("variant") ?? "";
  element.scheme = asked.get("scheme") ?? "";
  element.style.inlineSize = asked.has("width") ? `${asked.get("width")}px` : "auto";
  return element;
}

function list(names: readonly string[]): HTMLElement[] {
  return names.flatMap((name) => {
    const link = Object.assign(document.createElement("a"), { textContent: name });
    link.href = `?${new URLSearchParams([...asked, ["phase", name]])}`;
    const scene = scenes[name];
    return scene ? [link, widget(scene)] : [];
  });
}

// The bot check's scene stays as it is while the challenge is on its way.
globalThis.fetch = () => new Promise(() => {});
registerWebComponents();
const scene = scenes[asked.get("phase") ?? ""];
const names = Object.keys(scenes).filter((name) => name.startsWith(asked.get("only") ?? ""));
document.documentElement.lang = asked.get("lang") ?? "en";
document.documentElement.classList.toggle("dark", asked.get("scheme") === "dark");
document.querySelector("main")?.replaceChildren(...(scene ? [widget(scene)] : list(names)));
Object.assign(globalThis, { scenes: Object.keys(scenes) });
