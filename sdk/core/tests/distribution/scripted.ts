import { atom } from "nanostores";
import type { Call, Ground } from "../../src/ground/ground.js";
import { makeTimers } from "../../src/ground/timers.js";
import { FanfareError } from "../../src/index.js";
import type { SessionDetails, Status } from "../../src/wire/index.js";
import { GUEST } from "../support/people.js";

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
};

export const refusal = (status: number, code: string) =>
  new FanfareError(code, "A sentence.", { status });

type Answers = Record<string, unknown>;

/** A ground whose answers are told by "METHOD /path"; a `FanfareError` is thrown. */
export function scripted(answers: Answers, session: SessionDetails | null = GUEST) {
  const session$ = atom(session);
  const sent: Call[] = [];
  const send = async (call: Call) => {
    sent.push(call);
    const answer = await answers[`${call.method} ${call.path.replace("/api/v1", "")}`];
    if (answer === undefined) throw refusal(404, "NOT_FOUND");
    if (answer instanceof FanfareError) throw answer;
    return answer;
  };
  const ending = new AbortController();
  const ground = {
    calls: { send },
    clock: { now: () => Date.now(), offset$: atom(0) },
    timers: makeTimers(ending.signal),
    page: { visible$: atom(true), online$: atom(true), onWake: () => () => undefined },
    signal: ending.signal,
    session$,
    ensureSession: async () => {
      session$.set(session$.get() ?? GUEST);
      return GUEST;
    },
  } as unknown as Ground;
  const paths = () => sent.map(({ method, path }) => `${method} ${path.replace("/api/v1", "")}`);
  return { ground, answers, session$, sent, paths };
}
