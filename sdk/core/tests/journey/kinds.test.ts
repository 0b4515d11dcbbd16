import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GUEST } from "../support/people.js";
import { does, inMemory, pass, sequence, started } from "./ground.js";
import { admit, complete, deny } from "./rules.js";
import { begun, launch, MINUTE, named, SECOND, START, taking } from "./support.js";

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

describe("a draw", () => {
  const drawAt = START + 30 * MINUTE;
  const open = { decidesAt: drawAt, closeAt: START + 20 * MINUTE };

  test("is entered, decided at its time, and won", async () => {
    const { it, service, world } = await taking("draw", "enter", [], open);
    const display = sequence(world, "participating").display$.get();
    const before = service.asked("/status").length;

    await pass(29 * MINUTE);
    expect(service.asked("/status").length).toBe(before);
    await pass(MINUTE);
    expect(sequence(world, "settling").mechanism).toBe("draw");
    it.decided = true;
    admit(it);
    await pass(10 * SECOND);

    expect(display).toMatchObject({ standing: "entered", winnerCount: 10, entrantCount: 100 });
    expect(sequence(world, "granted").grant.token).not.toBe("");
    expect(named(world)).toEqual(["started", "routed", "entered", "admitted"]);
  });

  test("that is late is asked about ever less often", async () => {
    const { service, world } = await taking("draw", "enter", [], open);
    await pass(30 * MINUTE);
    const before = service.asked("/status").length;

    await pass(60 * MINUTE);

    expect(sequence(world, "settling").mechanism).toBe("draw");
    expect(service.asked("/status").length - before).toBeLessThan(80);
  });

  test("can be lost", async () => {
    const { it, world } = await taking("draw", "enter", [], open);

    await pass(30 * MINUTE);
    it.decided = true;
    deny(it, "NOT_SELECTED");
    await pass(10 * SECOND);

    expect(sequence(world, "ended").outcome).toBe("not_selected");
  });

  test("has backups, who may still be drawn", async () => {
    const { it, world } = await taking("draw", "enter", [], open);
    await pass(30 * MINUTE);
    it.decided = true;
    if (it.own) it.own.outcome = "BACKUP";
    await pass(10 * SECOND);

    const { display$ } = sequence(world, "participating");
    expect(display$.get()).toMatchObject({ standing: "backup", drawAt: new Date(drawAt) });
    admit(it);
    await pass(70 * SECOND);

    expect(sequence(world, "granted").mechanism).toBe("draw");
  });

  test("that is drawn before its time by hand is settled", async () => {
    const { it, world } = await taking("draw", "enter", [], open);
    it.decided = true;
    admit(it);

    await pass(7 * MINUTE);

    expect(sequence(world, "granted").mechanism).toBe("draw");
  });

  test("that has closed has ended for who did not enter", async () => {
    const { world } = await begun("draw", open);

    await pass(21 * MINUTE);

    expect(sequence(world, "ended").outcome).toBe("closed");
    expect(sequence(world, "ended").enter).toBeUndefined();
  });

  test("can be left, and entered again", async () => {
    const { world } = await taking("draw", "enter", [], open);

    await does(world, "leave");
    expect(sequence(world, "ended").outcome).toBe("left");
    await does(world, "enter");

    expect(sequence(world, "participating").mechanism).toBe("draw");
  });
});

describe("an auction", () => {
  const closes = START + 60 * MINUTE;
  const open = { closeAt: closes, decidesAt: closes };

  test("takes bids, is outbid, and is won", async () => {
    const { it, world } = await taking("auction", "bid", ["12.00", { maxAmount: "20.00" }], open);
    const { display$ } = sequence(world, "participating");
    expect(display$.get()).toMatchObject({
      standing: "winning",
      ownBid: "12.00",
      highBid: "12.00",
      nextBid: "13.00",
    });

    it.highBid = "25.00";
    if (it.own) it.own.outcome = "OUTBID";
    await pass(40 * SECOND);
    expect(display$.get()).toMatchObject({ standing: "outbid", ownBid: "12.00", nextBid: "26.00" });

    await does(world, "bid", "30.00");
    await pass(60 * MINUTE);
    expect(sequence(world, "settling").mechanism).toBe("auction");
    it.decided = true;
    admit(it);
    await pass(MINUTE);

    expect(sequence(world, "granted").grant.admissionId).toBe("adm_1");
  });

  test("never shows somebody else's bid as one's own, and looks at once what it means", async () => {
    const { it, world } = await taking("auction", "bid", ["12.00"], open);
    const { display$ } = sequence(world, "participating");
    const seen: unknown[] = [];
    display$.subscribe((shown) => {
      if ("ownBid" in shown) seen.push(`${shown.standing} ${shown.ownBid}`);
    });
    await pass(10 * SECOND);

    it.highBid = "25.00";
    it.bidCount += 1;
    if (it.own) it.own.outcome = "OUTBID";
    await pass(35 * SECOND);

    expect(new Set(seen)).toEqual(new Set(["winning 12.00", "outbid 12.00"]));
  });

  test("that somebody else won is over", async () => {
    const { it, world } = await taking("auction", "bid", ["12.00"], open);

    await pass(60 * MINUTE);
    it.decided = true;
    deny(it, "NOT_SELECTED");
    await pass(MINUTE);

    expect(sequence(world, "ended").outcome).toBe("not_selected");
  });

  test("is read faster towards its end, but never faster than every three seconds", async () => {
    const { service } = await taking("auction", "bid", ["12.00"], open);
    const first = service.calls.length;
    await pass(5 * MINUTE);
    const early = service.calls.length - first;
    await pass(closes - Date.now() - MINUTE);
    const last = service.calls.length;
    await pass(MINUTE);

    expect(early).toBeLessThanOrEqual(22);
    expect(service.calls.length - last).toBeGreaterThan(30);
    expect(service.calls.length - last).toBeLessThanOrEqual(44);
  });

  test("that was extended by a late bid goes on", async () => {
    const { it, world } = await taking("auction", "bid", ["12.00"], open);
    await pass(closes - Date.now() - SECOND / 2);

    it.closeAt = closes + 2 * MINUTE;
    it.decidesAt = closes + 2 * MINUTE;
    await pass(5 * SECOND);

    expect(sequence(world, "participating").mechanism).toBe("auction");
  });

  test("refuses a bid that is too low, which the caller learns of, and goes on", async () => {
    const { it, world } = await begun("auction", { ...open, highBid: "50.00" });

    await expect(does(world, "bid", "12.00")).rejects.toMatchObject({ code: "BID_TOO_LOW" });
    await pass(5 * SECOND);

    expect(it.own).toBeNull();
    expect(sequence(world, "enterable").mechanism).toBe("auction");
    expect(world.journey.snapshot$.get().error?.code).toBe("BID_TOO_LOW");
  });

  test("never sends a bid twice by itself", async () => {
    const { service, world } = await begun("auction", open);
    service.fail("/bid", Object.assign(new Error("lost")) as never);

    await expect(does(world, "bid", "12.00")).rejects.toMatchObject({ code: "NETWORK_ERROR" });

    expect(service.asked("/bid")).toHaveLength(1);
  });

  test("with a falling price is read as it falls, and who takes it is in", async () => {
    const dutch = { ...open, auctionType: "dutch" as const };
    const { it, world } = await begun("auction", dutch);

    await does(world, "bid", "10.00");
    admit(it);
    await pass(40 * SECOND);

    expect(sequence(world, "granted").mechanism).toBe("auction");
  });

  test("gives an admission back by leaving the experience", async () => {
    const { it, service, world } = await taking("auction", "bid", ["12.00"], open);
    admit(it);
    await pass(40 * SECOND);

    await does(world, "release");

    expect(service.asked("DELETE")).toEqual(["DELETE /experiences/exp_1/leave"]);
    expect(it.own?.status).toBe("LEFT");
  });
});

describe("an appointment", () => {
  const starts = START + 60 * MINUTE;

  test("reads its slots while somebody looks, is booked, moved and cancelled", async () => {
    const { service, world } = await begun("appointment", { decidesAt: starts });
    await pass(MINUTE);
    expect(service.asked("/slots")).toHaveLength(0);
    const view = sequence(world, "enterable");
    if (view.mechanism !== "appointment") throw new Error(view.mechanism);
    const stop = view.slots$.listen(() => {});
    await pass(SECOND);
    expect(view.slots$.get().slots).toHaveLength(2);

    await does(world, "book", "slot_1");
    const { display$ } = sequence(world, "participating");
    expect(display$.get()).toMatchObject({
      confirmationCode: "K7QM-2XWD",
      startTime: new Date(starts),
      locationName: "Berlin",
    });
    await does(world, "reschedule", "slot_2");
    expect(display$.get()).toMatchObject({ startTime: new Date(starts + 30 * MINUTE) });
    await does(world, "cancel");
    stop();

    expect(sequence(world, "enterable").mechanism).toBe("appointment");
    expect(named(world)).toEqual(["started", "routed", "entered", "left"]);
  });

  test("admits when its time comes", async () => {
    const { it, world } = await taking("appointment", "book", ["slot_1"], { decidesAt: starts });

    await pass(starts - Date.now());
    admit(it);
    await pass(20 * SECOND);

    expect(sequence(world, "granted").mechanism).toBe("appointment");
  });

  test("tells who has another slot, and shows it", async () => {
    const { it, service } = launch("appointment", { decidesAt: starts });
    const world = await started(inMemory(service));
    const other = await started(inMemory(service, GUEST));
    await does(other, "book", "slot_2");

    await expect(does(world, "book", "slot_1")).rejects.toMatchObject({ code: "ALREADY_BOOKED" });
    await pass(5 * SECOND);

    expect(it.own?.slot).toBe("slot_2");
    expect(sequence(world, "participating").mechanism).toBe("appointment");
  });
});

describe("a timed release", () => {
  test("admits at once", async () => {
    const { world } = await taking("timed_release", "enter");

    expect(sequence(world, "granted").mechanism).toBe("timed_release");
    expect(named(world)).toEqual(["started", "routed", "admitted"]);
  });

  test("cannot be entered while it is paused", async () => {
    const { it, world } = await begun("timed_release", { state: "paused" });
    expect(sequence(world, "unavailable").mechanism).toBe("timed_release");

    it.state = "active";
    await pass(30 * SECOND);

    expect(sequence(world, "enterable").mechanism).toBe("timed_release");
  });

  test("may be entered again up to its limit", async () => {
    const { it, world } = await taking("timed_release", "enter", [], { perConsumerLimit: 2 });
    complete(it);
    await pass(2 * MINUTE);
    expect(sequence(world, "ended").outcome).toBe("completed");

    await does(world, "enter");
    expect(sequence(world, "granted").grant.admissionId).toBe("adm_2");
    complete(it);
    await pass(2 * MINUTE);
    await does(world, "enter");

    expect(sequence(world, "ended").enter).toBeUndefined();
  });

  test("that has nothing left for now says so until it may have", async () => {
    const { it, world } = await begun("timed_release", { capacity: 5, others: 4 });
    it.others = 5;

    await expect(does(world, "enter")).rejects.toMatchObject({ code: "FULL" });
    expect(sequence(world, "unavailable").mechanism).toBe("timed_release");
    it.others = 4;
    await pass(MINUTE);

    expect(sequence(world, "enterable").mechanism).toBe("timed_release");
  });
});

describe("a waitlist", () => {
  test("is joined and left", async () => {
    const { world } = await begun("waitlist");

    await does(world, "join");
    expect(sequence(world, "participating").display$.get()).toMatchObject({ status: "waitlisted" });
    await does(world, "leave");

    expect(sequence(world, "enterable").mechanism).toBe("waitlist");
  });
});
