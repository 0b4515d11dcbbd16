/** What other packages rely on: React's `ExperienceWidget` sets `sdk` on the element. */
import type { FanfareSdk } from "@fanfare/sdk-core";

export interface ExperienceWidgetElement extends HTMLElement {
  /**
   * A ready SDK that the page shares, and ends itself; `undefined`: none, and the element makes one
   * of its attributes; `null`: one is on its way, wait for it without an error.
   */
  sdk: FanfareSdk | null | undefined;
}

/** Defines the elements, once; called again, or on a server, it does nothing. */
export type RegisterWebComponents = () => void;
