/** A whole launch as one component: the web component, in React's clothes. */
import type { FanfareConfig, FanfareError, Grant, Phase } from "@fanfare/sdk-core";
import type { ExperienceWidgetElement } from "@fanfare/sdk-web-components";
import {
  type CSSProperties,
  createElement,
  type ReactNode,
  useCallback,
  useEffect,
  useState,
} from "react";
import { loadElement, useElement } from "./element.js";
import { useConnected, useConnection } from "./provider.js";
import { useReadable } from "./use-readable.js";
import { useErrors, useGranted } from "./widget-events.js";

/** A stage or phase, or one of a gate or a mechanism: `granted`, `gated-access-code`, `queue-participating`. */
export type WidgetSlot =
  | "ready"
  | "routing"
  | "gated"
  | Phase
  | `gated-${string}`
  | `${string}-${Phase}`;

export interface ExperienceWidgetProps {
  readonly experienceId: string;
  /** Start as soon as it is shown. */
  readonly autoStart?: boolean;
  readonly accessCode?: string;
  /** Where your checkout is. Default: the experience's. */
  readonly checkoutUrl?: string;
  /** Called once for each admission. Treat `grant.token` as a password. */
  readonly onGranted?: (grant: Grant) => void;
  readonly onError?: (error: FanfareError) => void;
  readonly theme?: "default" | "retro" | "rounded" | "clean" | (string & {});
  readonly variant?: "card" | "inline" | "full" | (string & {});
  /** A BCP 47 tag. Default: the page's language, else the browser's. */
  readonly locale?: string;
  /** What is shown instead of the widget's own, by phase. */
  readonly slots?: Readonly<Partial<Record<WidgetSlot, ReactNode>>>;
  /** What is shown where the widget cannot be loaded. Default: a sentence and a button, in English. */
  readonly fallback?: ReactNode;
  readonly className?: string;
  readonly style?: CSSProperties;
}

export function ExperienceWidget(props: ExperienceWidgetProps): ReactNode {
  const connection = useConnection();
  const { sdk, error } = useConnected(connection);
  const { isDefined, error: unloaded } = useElement();
  const [element, setElement] = useState<ExperienceWidgetElement | null>(null);
  // Without an SDK from us the element makes its own, and says what is wrong and how to go on.
  const own = error === null ? null : connection.config;
  const attach = useCallback((found: ExperienceWidgetElement | null) => {
    if (found) found.sdk = null;
    setElement(found);
  }, []);
  useEffect(() => {
    if (element) element.sdk = sdk ?? (own ? undefined : null);
  }, [element, sdk, own]);
  const journey = sdk?.journeys.get(props.experienceId) ?? null;
  useGranted(useReadable(journey?.view$ ?? null, null), props.onGranted);
  useErrors(element, unloaded, props.onError);
  return createElement(
    "fanfare-experience-widget",
    // A new element once it is defined: not every DOM for tests upgrades what is there already.
    {
      key: String(isDefined),
      ref: attach,
      class: props.className,
      style: props.style,
      ...attributes(props, own),
    },
    slotted(props.slots, isDefined),
    unloaded && (props.fallback ?? <Fallback />),
  );
}

/** It is tried again without the button, too. */
function Fallback(): ReactNode {
  return (
    <div role="alert">
      <p>The launch could not be loaded. Check your connection, or reload this page.</p>
      <button type="button" onClick={loadElement}>
        Try again
      </button>
    </div>
  );
}

function attributes(props: ExperienceWidgetProps, own: FanfareConfig | null) {
  return {
    "experience-id": props.experienceId,
    "auto-start": props.autoStart ? "" : undefined,
    "access-code": props.accessCode,
    "checkout-url": props.checkoutUrl,
    "organization-id": own?.organizationId,
    "publishable-key": own?.publishableKey,
    "api-url": own?.apiUrl,
    // Properties of the element, where React knows it already: empty is none there.
    theme: props.theme ?? "",
    variant: props.variant ?? "",
    locale: props.locale ?? "",
  };
}

/** An element that is not defined yet would show all of them. */
function slotted(slots: ExperienceWidgetProps["slots"] = {}, isDefined: boolean) {
  return Object.entries(slots)
    .filter(([name]) => isDefined || name === "routing")
    .map(([name, node]) => (
      <div slot={name} key={name}>
        {node}
      </div>
    ));
}
