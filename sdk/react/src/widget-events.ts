/** What a widget tells the component around it. */
import { FanfareError, type Grant, type JourneyView } from "@fanfare/sdk-core";
import type { ErrorDetail } from "@fanfare/sdk-web-components";
import { useEffect, useRef } from "react";

/** Calls back once for each admission. */
export function useGranted(view: JourneyView | null, onGranted?: (grant: Grant) => void): void {
  const told = useRef<string | null>(null);
  const grant = grantOf(view);
  useEffect(() => {
    if (!grant || grant.admissionId === told.current) return;
    told.current = grant.admissionId;
    onGranted?.(grant);
  }, [grant, onGranted]);
}

/** Calls back with what the element ran into, and with why there is none. */
export function useErrors(
  element: HTMLElement | null,
  unloaded: FanfareError | null,
  onError: ((error: FanfareError) => void) | undefined,
): void {
  useEffect(() => {
    if (!element || !onError) return;
    const tell = (event: Event) => onError(errorOf((event as CustomEvent<ErrorDetail>).detail));
    element.addEventListener("fanfare-error", tell);
    return () => element.removeEventListener("fanfare-error", tell);
  }, [element, onError]);
  const latest = useRef(onError);
  useEffect(() => {
    latest.current = onError;
  }, [onError]);
  useEffect(() => {
    if (unloaded) latest.current?.(unloaded);
  }, [unloaded]);
}

function grantOf(view: JourneyView | null): Grant | null {
  if (view?.journeyStage !== "routed" || view.sequence.phase !== "granted") return null;
  return view.sequence.grant;
}

function errorOf({ code, message, experienceId: _of, ...more }: ErrorDetail): FanfareError {
  return new FanfareError(code, message, more);
}
