/** What the element tells the page. None of it holds a token. */
import type { FanfareError, JourneyView, Mechanism, Outcome, Phase } from "@fanfare/sdk-core";

export interface JourneyChangeDetail {
  readonly experienceId: string;
  readonly journeyStage: JourneyView["journeyStage"];
  readonly sequenceId?: string;
  readonly distributionId?: string;
  readonly mechanism?: Mechanism;
  readonly phase?: Phase;
  readonly outcome?: Outcome;
}

export interface AdmittedDetail {
  readonly experienceId: string;
  readonly sequenceId: string;
  readonly distributionId: string;
  readonly mechanism: Mechanism;
  readonly admissionId: string;
  readonly expiresAt: Date;
}

type Told =
  | "code"
  | "message"
  | "status"
  | "details"
  | "requestId"
  | "retryable"
  | "retryAfter"
  | "opensAt";

/** All that a `FanfareError` says. */
export interface ErrorDetail extends Pick<FanfareError, Told> {
  readonly experienceId: string;
}

export interface FanfareEventMap {
  "fanfare-journey-change": CustomEvent<JourneyChangeDetail>;
  "fanfare-admitted": CustomEvent<AdmittedDetail>;
  "fanfare-error": CustomEvent<ErrorDetail>;
}

export function changeOf(experienceId: string, view: JourneyView): JourneyChangeDetail {
  const { journeyStage } = view;
  if (view.journeyStage !== "routed") return { experienceId, journeyStage };
  const { sequenceId, distributionId, mechanism, phase } = view.sequence;
  const base = { experienceId, journeyStage, sequenceId, distributionId, mechanism, phase };
  return view.sequence.phase === "ended" ? { ...base, outcome: view.sequence.outcome } : base;
}

/** Null unless this view grants. */
export function admissionOf(experienceId: string, view: JourneyView): AdmittedDetail | null {
  if (view.journeyStage !== "routed" || view.sequence.phase !== "granted") return null;
  const { sequenceId, distributionId, mechanism, grant } = view.sequence;
  const { admissionId, expiresAt } = grant;
  return { experienceId, sequenceId, distributionId, mechanism, admissionId, expiresAt };
}

export function errorOf(experienceId: string, error: FanfareError): ErrorDetail {
  const { code, message, status, details, requestId, retryable, retryAfter, opensAt } = error;
  const more = { details, requestId, retryable, retryAfter, opensAt };
  return { experienceId, code, message, status, ...more };
}
