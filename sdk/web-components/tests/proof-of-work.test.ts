import { createHash, pbkdf2Sync } from "node:crypto";
import { expect, test } from "vitest";
import { solve, type WorkChallenge } from "../src/checks/proof-of-work.js";

const NONCE = createHash("md5").update("nonce").digest("hex");
const SALT = createHash("md5").update("salt").digest("hex");

/** The key of a counter as the service's library derives it (ALTCHA, version 2). */
function keyOf(counter: number, cost: number): string {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(counter);
  const password = Buffer.concat([Buffer.from(NONCE, "hex"), number]);
  return pbkdf2Sync(password, Buffer.from(SALT, "hex"), cost, 32, "sha256").toString("hex");
}

function challenge(counter: number, algorithm = "PBKDF2/SHA-256"): WorkChallenge {
  const cost = 10;
  const keyPrefix = keyOf(counter, cost).slice(0, 32);
  const parameters = { algorithm, nonce: NONCE, salt: SALT, cost, keyLength: 32, keyPrefix };
  return { parameters, signature: "signed" };
}

test("the counter is found, and sent back with the challenge as it came", async () => {
  const posed = challenge(300);

  const proof = JSON.parse(atob(await solve(posed)));

  expect(proof).toEqual({
    challenge: posed,
    solution: { counter: 300, derivedKey: keyOf(300, 10) },
  });
});

test("the page gets its turn meanwhile", async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 0);

  await solve(challenge(300));
  clearInterval(timer);

  expect(turns).toBeGreaterThan(2);
});

test("it stops when nobody needs it any more", async () => {
  const ending = new AbortController();
  const solving = solve(
    { ...challenge(1), parameters: { ...challenge(1).parameters, keyPrefix: "zz" } },
    ending.signal,
  );
  ending.abort(new Error("gone"));

  await expect(solving).rejects.toThrow("gone");
});

test("an algorithm that no browser has is refused", async () => {
  await expect(solve(challenge(1, "ARGON2ID"))).rejects.toThrow("ARGON2ID");
});
