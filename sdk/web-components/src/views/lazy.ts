/** Views that few launches need, loaded when they are; meanwhile the journey is on its way. */
import { part } from "@fanfare/sdk-core";
import type { TemplateResult } from "lit";
import { loadLater } from "../messages/index.js";
import type { Piece } from "./parts.js";
import { routing } from "./start.js";
import type { Ui } from "./ui.js";

export type Lazy<Views> = (
  ui: Ui,
  show: (views: Views) => TemplateResult,
  meanwhile?: Piece,
) => Piece;

/** The action that fails where a part cannot be loaded. */
export const LOADING = "load";

export function lazy<Views>(load: () => Promise<Views>): Lazy<Views> {
  let views: Views | null = null;
  let loading: Promise<void> | null = null;
  const all = part(
    () => Promise.all([load(), loadLater()]),
    () => {},
  );
  const begin = async () => {
    try {
      [views] = await all.now();
    } finally {
      loading = null;
    }
  };
  return (ui, show, meanwhile) => {
    if (views) return show(views);
    if (!ui.problem) loading ??= begin();
    // Another widget may have begun: this one waits for it too.
    if (loading) ui.await(LOADING, loading);
    return meanwhile ?? standIn(ui);
  };
}

function standIn(ui: Ui): TemplateResult {
  ui.standsIn();
  return routing(ui);
}

export const appointments = lazy(() => import("./appointment.js"));
export const auctions = lazy(() => import("./auction.js"));
export const draws = lazy(() => import("./draw.js"));
export const extras = lazy(() => import("./extras.js"));
export const gates = lazy(() => import("./gated.js"));
