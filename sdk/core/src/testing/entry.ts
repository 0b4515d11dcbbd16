/** One customer in a line. */

export interface Entry {
  readonly id: string;
  consumerId: string;
  readonly number: number;
  readonly enteredAt: number;
  state: "QUEUED" | "ADMITTED" | "COMPLETED" | "DENIED" | "LEFT";
  denyReason: string | null;
  admissionId: string | null;
  admittedAt: number | null;
  expiresAt: number | null;
  completedAt: number | null;
}

/** Somebody who has just come in. */
export function entered(id: string, consumerId: string, number: number, enteredAt: number): Entry {
  return {
    id,
    consumerId,
    number,
    enteredAt,
    state: "QUEUED",
    denyReason: null,
    admissionId: null,
    admittedAt: null,
    expiresAt: null,
    completedAt: null,
  };
}
