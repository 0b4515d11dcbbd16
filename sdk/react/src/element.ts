/** The web component, loaded when the first widget is shown. */
import { FanfareError, part } from "@fanfare/sdk-core";
import { atom } from "nanostores";
import { useEffect } from "react";
import { useReadable } from "./use-readable.js";

export interface ElementState {
  readonly isDefined: boolean;
  readonly error: FanfareError | null;
}

const UNDEFINED: ElementState = { isDefined: false, error: null };
const DEFINED: ElementState = { isDefined: true, error: null };
const state$ = atom(UNDEFINED);

const element = part(
  async () => (await import("@fanfare/sdk-web-components")).registerWebComponents(),
  (cause) => {
    const said = "The launch could not be loaded. Check the connection and reload the page.";
    const error = new FanfareError("NETWORK_ERROR", said, { cause, retryable: true });
    state$.set({ isDefined: false, error });
  },
);

/** Whether the element can be shown, for which it is loaded, again and again where that fails. */
export function useElement(): ElementState {
  useEffect(() => element.whenThere(() => state$.set(DEFINED)), []);
  return useReadable(state$, UNDEFINED);
}

/** Tries at once. */
export function loadElement(): void {
  element.now().catch(() => undefined);
}
