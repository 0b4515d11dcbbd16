/** The fake as a stage. */
import { type FakeOptions, fakeFanfare } from "@fanfare/sdk-core/testing";
import type { Stage } from "./stage.js";

export async function fake(setup: FakeOptions): Promise<Stage> {
  const made = fakeFanfare(setup);
  const { experienceId, sequenceId, distributionId, waitlistId } = made;
  return {
    names: {
      experience: experienceId,
      sequence: sequenceId,
      distribution: distributionId,
      waitlist: waitlistId ?? distributionId,
    },
    patient: false,
    publishableKey: made.config.publishableKey,
    fetch: (path, init) => made.fetch(made.config.apiUrl + path, init),
    otp: async (contact) => made.otp(contact),
    vouch: async (email) => made.exchangeCode({ email }),
    solve: async () => made.solvedChallenge,
    admit: async (consumerId) => made.admit(consumerId),
    deny: async (consumerId, reason) => made.deny(consumerId, reason),
    complete: async (consumerId) => made.complete(consumerId),
    expire: async (consumerId) => made.expire(consumerId),
    turn: async (how) => made[how](),
    sellOut: async () => made.sellOut(),
    draw: async () => made.draw(),
    limit: async (most) => made.limitCodes(most),
    settle: async () => made.settle(),
    outbid: async (amount) => made.outbid(amount),
  };
}
