/** The web component, loaded when the first widget is shown. */
import { FanfareError } from "@fanfare/sdk-core";
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

/** Whether the element can be shown, for which it is loaded: after a failure with the next widget. */
export function useElement(): ElementState {
  useEffect(() => {
    void load();
  }, []);
  return useReadable(state$, UNDEFINED);
}

async function load(): Promise<void> {
  try {
    const { registerWebComponents } = await import("@fanfare/sdk-web-components");
    registerWebComponents();
    state$.set(DEFINED);
  } catch (cause) {
    const said = "The launch could not be loaded. Check the connection and reload the page.";
    const error = new FanfareError("NETWORK_ERROR", said, { cause, retryable: true });
    state$.set({ isDefined: false, error });
  }
}
