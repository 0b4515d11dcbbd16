/** The actions of a journey's views. Each refuses to do what its view does not offer any more. */
import { atom } from "nanostores";
import type { Checkout } from "../sdk.js";
import { act, callFor } from "./acts.js";
import type { Follower } from "./follow.js";
import type { Act } from "./kinds/kind.js";
import type { Machine } from "./machine.js";
import { actsOf } from "./phases.js";
import type { Hands } from "./project.js";
import { asFanfareError, gone, quiet } from "./retry.js";
import { slotsOf } from "./slots.js";
import type { CheckoutOptions, CheckoutResult, GateAnswers, JourneyView } from "./view.js";

type Once = <Value>(name: string, run: () => Promise<Value>) => Promise<Value>;

/** What is asked for twice at the same time is one call. */
export function onceAtATime(): Once {
  const flights = new Map<string, Promise<unknown>>();
  return <Value>(name: string, run: () => Promise<Value>) => {
    const flight = flights.get(name) ?? quiet(run().finally(() => flights.delete(name)));
    flights.set(name, flight);
    return flight as Promise<Value>;
  };
}

/** Those of the journey itself. */
export function wayHands(machine: Machine, view: () => JourneyView, once: Once) {
  const at = (stage: JourneyView["journeyStage"]) => {
    if (view().journeyStage !== stage) throw gone();
  };
  const told = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    try {
      return await run();
    } catch (thrown) {
      throw machine.failed(asFanfareError(thrown));
    }
  };
  return {
    reroute: (answers: GateAnswers) =>
      once(`way ${JSON.stringify(answers)}`, async () => {
        at("gated");
        await told(() => machine.askAgain(answers));
      }),
    retry: () =>
      once("retry", async () => {
        at("gated");
        await told(() => machine.readAll());
      }),
    submitAccessCode: (code: string) =>
      once(`code ${code}`, async () => {
        at("routed");
        return told(() => machine.tryCode(code));
      }),
    accept: (distributionId: string) => () =>
      once(`accept ${distributionId}`, async () => {
        const now = view();
        const offers = now.journeyStage === "routed" ? now.offers : [];
        if (!offers.some((each) => each.distributionId === distributionId)) throw gone();
        await told(() => machine.choose(distributionId));
      }),
  };
}

/** Those of one distribution. */
export function handsOn(
  machine: Machine,
  follower: Follower,
  checkout: Pick<Checkout, "handoff">,
): Pick<Hands, "acts" | "slots$"> & { readonly display$: ReturnType<typeof atom<unknown>> } {
  const { ground } = machine;
  const once = onceAtATime();
  const slots = slotsOf(ground, follower.of.distributionId, machine.hears);
  const can = (name: Act) => {
    const post = [machine.posts.shown, machine.posts.aside].find(
      (each) => each?.follower === follower,
    );
    const { kind, facts } = follower;
    return post?.barred === false && actsOf(kind, facts, ground.clock.now()).includes(name);
  };
  const perform = (name: Act, body?: object) =>
    once(`${name} ${JSON.stringify(body)}`, async () => {
      if (!can(name)) throw gone();
      try {
        await take(machine, follower, callFor(follower, name, body), {
          can: () => can(name),
          // A bid that nobody answered may have been taken: whoever bids decides on trying again.
          repeats: name !== "bid",
        });
      } finally {
        slots.again();
      }
    });
  return {
    display$: atom<unknown>(null),
    slots$: slots.slots$,
    acts: {
      enter: () => perform("enter"),
      leave: () => perform("leave"),
      join: () => perform("join"),
      bid: (amount: string, options?: { readonly maxAmount?: string }) =>
        perform("bid", { amount, ...options }),
      book: (slotId: string) => perform("book", { slotId }),
      reschedule: (newSlotId: string) => perform("reschedule", { newSlotId }),
      cancel: () => perform("cancel"),
      release: () => perform("release"),
      checkout: (options: CheckoutOptions = {}) =>
        once("checkout", async () => {
          if (!can("checkout")) throw gone();
          return buy(machine, follower, checkout, options);
        }),
    },
  };
}

async function buy(
  machine: Machine,
  follower: Follower,
  checkout: Pick<Checkout, "handoff">,
  options: CheckoutOptions,
): Promise<CheckoutResult> {
  const { own } = follower.facts;
  const token = own && "admissionToken" in own ? own.admissionToken : null;
  if (token === null) throw gone();
  const pattern = options.pattern ?? (options.container ? "embedded" : "same_site");
  try {
    const handed = await checkout.handoff({ token }, { ...options, pattern });
    machine.mended();
    return handed;
  } catch (thrown) {
    follower.again();
    throw machine.failed(asFanfareError(thrown));
  }
}

/** Acts; where the way has to be asked for again first, it is, and then once more. */
async function take(
  machine: Machine,
  follower: Follower,
  asked: ReturnType<typeof callFor>,
  { can, repeats }: { can(): boolean; readonly repeats: boolean },
): Promise<void> {
  const failed = machine.failed.bind(machine);
  const patience = { repeats, holds: can, heed: machine.heed, failed };
  const send = () => act(machine.ground, follower, asked, patience);
  try {
    await send();
    machine.mended();
  } catch (thrown) {
    const error = asFanfareError(thrown);
    if (error.code !== "NOT_ROUTED") throw error;
    await machine.readAll();
    if (!can()) throw error;
    await send();
  }
}
