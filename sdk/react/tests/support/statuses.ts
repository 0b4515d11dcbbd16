/** Status objects as the service tells them. */
import type { Status } from "@fanfare/sdk-core";

export const QUEUED: Status = {
  status: "QUEUED",
  enteredAt: "2026-12-01T09:00:00.000Z",
  admittedAt: null,
  completedAt: null,
  denyReason: null,
  position: 42,
  admissionToken: null,
  outcome: null,
  expiresAt: null,
  number: 42,
  estimatedWaitSeconds: null,
  estimatedWait: null,
  pollAfterMs: 5000,
  queueId: "queue_1",
  consumerId: "cons_1",
  experienceId: "exp_1",
  sequenceId: "seq_1",
};

export const ADMITTED: Status = {
  ...QUEUED,
  status: "ADMITTED",
  position: 0,
  admittedAt: "2026-12-01T09:01:00.000Z",
  admissionToken: "token-1",
  expiresAt: "2999-01-01T00:00:00.000Z",
};
