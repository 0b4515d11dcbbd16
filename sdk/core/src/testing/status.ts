/** How the wire tells of an entry. */
import type { Entry } from "./entry.js";
import { type Context, iso, isoOrNull, token } from "./world.js";

export type Body = Record<string, unknown>;

/** Where a line belongs. */
export interface Place {
  readonly experienceId: string;
  readonly sequenceId: string;
  readonly currencyCode: string;
}

/** What an entry is in. */
interface Where {
  readonly kind: string;
  readonly id: string;
  readonly place: Place;
  readonly context: Context;
}

const ID_NAMES: Record<string, string> = {
  queue: "queueId",
  draw: "drawId",
  auction: "auctionId",
  appointment: "appointmentId",
  timed_release: "timedReleaseId",
};

/** The status object, but for what only its mechanism knows. */
export function statusBody(where: Where, entry: Entry): Body {
  const { state, consumerId, denyReason } = entry;
  const { experienceId, sequenceId } = where.place;
  return {
    status: state,
    enteredAt: iso(entry.enteredAt),
    admittedAt: isoOrNull(entry.admittedAt),
    completedAt: isoOrNull(entry.completedAt),
    denyReason,
    position: state === "ADMITTED" || state === "COMPLETED" ? 0 : null,
    expiresAt: isoOrNull(entry.expiresAt),
    [ID_NAMES[where.kind] ?? ""]: where.id,
    consumerId,
    experienceId,
    sequenceId,
    admissionToken: admissionToken(where, entry),
    estimatedWaitSeconds: null,
    estimatedWait: null,
  };
}

/** The token of whoever is admitted now. */
export function admissionToken({ kind, id, place, context }: Where, entry: Entry): string | null {
  if (entry.state !== "ADMITTED" || !entry.admissionId) return null;
  return token({
    iss: context.apiUrl,
    aud: context.organizationId,
    sub: entry.consumerId,
    jti: entry.admissionId,
    iat: Math.floor((entry.admittedAt ?? 0) / 1000),
    exp: Math.floor((entry.expiresAt ?? 0) / 1000),
    typ: "admission",
    dst: id,
    dtp: kind,
    exp_id: place.experienceId,
    seq_id: place.sequenceId,
  });
}
