/** Plays a scenario on a stage, and writes down what was answered. */
import type { FakeOptions } from "@fanfare/sdk-core/testing";
import type { Answer, Opening, Stage, Turn } from "./stage.js";

export interface Scenario {
  readonly name: string;
  readonly setup: FakeOptions;
  readonly steps: readonly Step[];
}

export type Step = CallStep | { readonly verb: keyof typeof VERBS; readonly of?: string };

/**
 * `call`: method and path below `/api/v1`. In it, and in `body`, `{distribution}` stands for an id,
 * `{ann.admissionToken}` for what somebody was answered last. `status` and `has` is what is expected;
 * a real service is asked until it says so.
 */
export interface CallStep {
  readonly as: string;
  readonly call: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly status: number;
  readonly has?: Readonly<Record<string, unknown>>;
  /** Members that chance or the merchant's own set-up decides: they are not compared. */
  readonly free?: readonly string[];
}

export interface Said {
  readonly step: CallStep;
  /** Who asked, by id. */
  readonly asker: string;
  readonly answer: Answer;
}

export interface Played {
  readonly said: readonly Said[];
  /** What was expected and did not come. */
  readonly problems: readonly string[];
  /** The stage's ids, by name. */
  readonly names: Readonly<Record<string, string>>;
}

type Values = Map<string, string>;

const VERBS = {
  admit: (stage: Stage, who: string) => stage.admit(who),
  deny: (stage: Stage, who: string) => stage.deny(who, "Not today."),
  complete: (stage: Stage, who: string) => stage.complete(who),
  expire: (stage: Stage, who: string) => stage.expire(who),
  turn: (stage: Stage, how: string) => stage.turn(how as Turn),
  sellOut: (stage: Stage) => stage.sellOut(),
  draw: (stage: Stage) => stage.draw(),
  limit: (stage: Stage, most: string) => stage.limit(Number(most)),
  settle: (stage: Stage) => stage.settle(),
  outbid: (stage: Stage, amount: string) => stage.outbid(amount),
};
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;

export async function play({ setup, steps }: Scenario, open: Opening): Promise<Played> {
  const stage = await open(setup);
  const values: Values = new Map(Object.entries(stage.names));
  const said: Said[] = [];
  const problems: string[] = [];
  for (const step of steps) {
    if ("verb" in step) {
      await VERBS[step.verb](stage, values.get(`${step.of}.consumerId`) ?? step.of ?? "");
      if (step.verb === "draw") await cast(stage, values);
      continue;
    }
    if (!values.has(`${step.as}.consumerId`)) await arrive(stage, step.as, values);
    const answer = await asked(stage, step, values);
    said.push({ step, asker: values.get(`${step.as}.consumerId`) ?? "", answer });
    if (!fits(answer, step)) problems.push(`${step.as}: ${step.call} ${JSON.stringify(answer)}`);
    keep(values, step.as, answer.body);
  }
  return { said, problems, names: stage.names };
}

async function arrive(stage: Stage, who: string, values: Values): Promise<void> {
  if (who === "nobody") return;
  const begun = () =>
    stage.fetch("/api/v1/auth/guest", {
      method: "POST",
      headers: { "X-Publishable-Key": stage.publishableKey },
    });
  const { accessToken, refreshToken, session } = await (await once(begun)).json();
  values.set(`${who}.accessToken`, accessToken);
  values.set(`${who}.refreshToken`, refreshToken);
  values.set(`${who}.consumerId`, session.consumerId);
}

/** Asks until it is answered: a busy machine says 503. */
export async function once(ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await ask();
    if (response.status !== 503) return response;
    await moment();
  }
}

function moment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}

/** After a draw: who won is `winner` from now on, who did not is `loser`. */
async function cast(stage: Stage, values: Values): Promise<void> {
  const path = "GET /draws/{distribution}/status";
  const people = [...values.keys()].filter((name) => name.endsWith(".consumerId"));
  for (const who of people.map((name) => name.split(".")[0] ?? "")) {
    const step = { as: who, call: path, status: 200 };
    const waiting = async () => (await told(stage, step, values)).body as { outcome: string };
    let { outcome } = await waiting();
    while (outcome === "ENTERED") {
      await moment();
      ({ outcome } = await waiting());
    }
    const role = outcome === "WON" ? "winner" : "loser";
    for (const name of ["accessToken", "consumerId"]) {
      values.set(`${role}.${name}`, values.get(`${who}.${name}`) ?? "");
    }
  }
}

async function asked(stage: Stage, step: CallStep, values: Values): Promise<Answer> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await told(stage, step, values);
    const again = stage.patient && step.call.startsWith("GET") && !fits(answer, step);
    if (!again || Date.now() > until) return answer;
    await moment();
  }
}

async function told(stage: Stage, step: CallStep, values: Values): Promise<Answer> {
  const [method = "GET", path = ""] = step.call.split(" ");
  const body = step.body === undefined ? undefined : await filled(stage, step, values);
  const token = values.get(`${step.as}.accessToken`);
  const headers = {
    "X-Publishable-Key": stage.publishableKey,
    "X-Fingerprint": `fp_${values.get(`${step.as}.consumerId`) ?? "nobody01"}`,
    Authorization: token && `Bearer ${token}`,
    "Content-Type": body && "application/json",
    ...step.headers,
  };
  const given = Object.entries(headers).filter((each): each is [string, string] => !!each[1]);
  const init = { method, headers: given, ...(body === undefined ? {} : { body }) };
  const response = await once(() => stage.fetch(`/api/v1${fill(path, values)}`, init));
  const text = await response.text();
  return {
    status: response.status,
    retryAfter: response.headers.get("Retry-After"),
    body: text === "" ? null : JSON.parse(text),
  };
}

async function filled(stage: Stage, { as, body }: CallStep, values: Values): Promise<string> {
  const text = fill(JSON.stringify(body), values);
  const [hole, kind, contact = ""] = /\{(otp|vouch):([^}]+)\}/.exec(text) ?? [];
  if (hole) return text.replace(hole, await stage[kind === "otp" ? "otp" : "vouch"](contact));
  if (!text.includes("{solved}")) return text;
  const challenge = JSON.parse(values.get(`${as}.*`) ?? "null");
  return text.replace("{solved}", await stage.solve(challenge));
}

function fill(text: string, values: Values): string {
  return text.replace(/\{([\w.]+)\}/g, (hole, name: string) => values.get(name) ?? hole);
}

function fits({ status, body }: Answer, step: CallStep): boolean {
  if (status !== step.status) return false;
  return Object.entries(step.has ?? {}).every(
    ([path, value]) => JSON.stringify(at(body, path)) === JSON.stringify(value),
  );
}

function at(body: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], body);
}

/** Remembers every text of an answer by where it stood: `ann.data.0.id`. */
function keep(values: Values, who: string, body: unknown): void {
  values.set(`${who}.*`, JSON.stringify(body));
  const walk = (value: unknown, path: string) => {
    if (typeof value === "string" && path !== `${who}.consumerId`) values.set(path, value);
    if (typeof value !== "object" || value === null) return;
    for (const [name, each] of Object.entries(value)) walk(each, `${path}.${name}`);
  };
  walk(body, who);
}
