/** What the gallery shows, for tests. */
import type { JourneyView } from "@fanfare/sdk-core";
import { scenes } from "../../gallery/scenes.js";

/** The view of a scene, by its name there. */
export function view(name: string): JourneyView {
  const scene = scenes[name];
  if (!scene) throw new Error(`There is no scene ${name}.`);
  return scene.view;
}
