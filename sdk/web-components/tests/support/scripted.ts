/** Journeys that stand still, or move when told to. */
import type {
  Countdown,
  Experience,
  Journey,
  JourneySnapshot,
  JourneyView,
} from "@fanfare/sdk-core";

type Listener<Value> = (value: Value, oldValue: Value) => void;

export interface Settable<Value> {
  get(): Value;
  set(value: Value): void;
  listen(listener: Listener<Value>): () => void;
  subscribe(listener: Listener<Value>): () => void;
  /** How many listen now. */
  readonly listeners: number;
}

export function store<Value>(first: Value): Settable<Value> {
  const listeners = new Set<Listener<Value>>();
  let value = first;
  const listen = (listener: Listener<Value>) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    get: () => value,
    set(next) {
      const old = value;
      value = next;
      for (const listener of [...listeners]) listener(next, old);
    },
    listen,
    subscribe(listener) {
      listener(value, value);
      return listen(listener);
    },
    get listeners() {
      return listeners.size;
    },
  };
}

export interface ScriptedJourney extends Journey {
  /** How often it was started, and with what. */
  readonly starts: unknown[];
  show(view: JourneyView, snapshot?: Partial<JourneySnapshot>): void;
}

export function scripted(
  view: JourneyView,
  experience: Experience | null = null,
  more: Partial<JourneySnapshot> = {},
): ScriptedJourney {
  const view$ = store(view);
  const snapshot$ = store<JourneySnapshot>({
    view,
    experience,
    online: true,
    error: null,
    clockOffset: 0,
    ...more,
  });
  const starts: unknown[] = [];
  return {
    experienceId: experience?.id ?? "exp_1",
    view$,
    snapshot$,
    events$: store([]),
    latestEvent$: store(null),
    starts,
    async start(options) {
      starts.push(options);
    },
    async refresh() {},
    show(next, changes) {
      snapshot$.set({ ...snapshot$.get(), ...changes, view: next });
      view$.set(next);
    },
  };
}

export function left(days: number, hours: number, minutes: number, seconds: number): Countdown {
  const totalMs = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return { totalMs, days, hours, minutes, seconds };
}
