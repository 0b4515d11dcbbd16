/** The messages between a shop's page and the checkout that it frames; `fanfare` is the version. */

/** From the frame. `height`: of its document, in CSS pixels. */
export type Told = { readonly fanfare: 1 } & (
  | { readonly type: "ready" | "closed" }
  | { readonly type: "height"; readonly height: number }
  | { readonly type: "completed"; readonly orderId?: string }
  | { readonly type: "failed"; readonly message?: string }
);

/** From the page around, to each `ready`. */
export interface Welcome {
  readonly fanfare: 1;
  readonly type: "welcome";
}
