import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { verifyWebhook } from "../src/index.js";

// The vectors of Standard Webhooks' own libraries.
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const TIMESTAMP = "1614265330";
const BODY = '{"test": 2432232314}';
const SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const HEADERS = {
  "webhook-id": ID,
  "webhook-timestamp": TIMESTAMP,
  "webhook-signature": SIGNATURE,
};
const OTHER = `whsec_${Buffer.from("another secret of 32 bytes......").toString("base64")}`;

const unsigned = expect.objectContaining({ code: "INVALID_SIGNATURE" });

beforeEach(() => {
  vi.useFakeTimers({ now: Number(TIMESTAMP) * 1000 });
});

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ["Node's headers", BODY, HEADERS],
  ["headers of fetch", BODY, new Headers(HEADERS)],
  [
    "headers as they were sent",
    BODY,
    { "Webhook-Id": ID, "WEBHOOK-TIMESTAMP": TIMESTAMP, "Webhook-Signature": SIGNATURE },
  ],
  ["bytes", Buffer.from(BODY), HEADERS],
  ["lists of headers", BODY, { ...HEADERS, "webhook-signature": [SIGNATURE] }],
])("%s are verified", (_, body, headers) => {
  expect(verifyWebhook(body, headers, SECRET)).toEqual({ test: 2432232314 });
});

test("one of several signatures is enough, and so is one of several secrets", () => {
  const rotating = {
    ...HEADERS,
    "webhook-signature": `v1,AAAA v2,${SIGNATURE.slice(3)} ${SIGNATURE}`,
  };

  expect(verifyWebhook(BODY, rotating, [OTHER, SECRET])).toBeTruthy();
});

test.each([
  ["another body", `${BODY} `, HEADERS],
  ["another id", BODY, { ...HEADERS, "webhook-id": "msg_other" }],
  ["another time", BODY, { ...HEADERS, "webhook-timestamp": "1614265331" }],
  ["another version", BODY, { ...HEADERS, "webhook-signature": SIGNATURE.replace("v1", "v2") }],
  ["no version", BODY, { ...HEADERS, "webhook-signature": SIGNATURE.slice(3) }],
  ["an empty signature", BODY, { ...HEADERS, "webhook-signature": "v1," }],
  ["half a signature", BODY, { ...HEADERS, "webhook-signature": SIGNATURE.slice(0, 20) }],
  ["no signature", BODY, { "webhook-id": ID, "webhook-timestamp": TIMESTAMP }],
  ["no id", BODY, { ...HEADERS, "webhook-id": undefined }],
  ["no headers", BODY, {}],
])("%s is refused", (_, body, headers) => {
  expect(() => verifyWebhook(body, headers, SECRET)).toThrow(unsigned);
});

test("another secret is refused, and so is none of several", () => {
  expect(() => verifyWebhook(BODY, HEADERS, OTHER)).toThrow(unsigned);
  expect(() => verifyWebhook(BODY, HEADERS, [OTHER])).toThrow(unsigned);
  expect(() => verifyWebhook(BODY, HEADERS, [])).toThrow(unsigned);
});

test.each([
  "",
  "whsec_",
  "whsec_short",
  "sk_live_0123456789",
  "whsec_#not base64 at all, however long",
])("%o is no secret", (secret) => {
  expect(() => verifyWebhook(BODY, HEADERS, secret)).toThrow(
    expect.objectContaining({ code: "INVALID_CONFIG" }),
  );
});

test.each([
  [0, undefined, true],
  [300, undefined, true],
  [-300, undefined, true],
  [301, undefined, false],
  [-301, undefined, false],
  [301, 600, true],
  [2, 1, false],
])("%i s late, with a tolerance of %o, is taken: %s", (late, toleranceSeconds, taken) => {
  vi.setSystemTime((Number(TIMESTAMP) + late) * 1000);

  const verify = () =>
    verifyWebhook(
      BODY,
      HEADERS,
      SECRET,
      toleranceSeconds === undefined ? {} : { toleranceSeconds },
    );

  if (taken) expect(verify()).toBeTruthy();
  else expect(verify).toThrow(expect.objectContaining({ code: "STALE_WEBHOOK" }));
});

test("a signed time that is none is refused", () => {
  const key = Buffer.from(SECRET.slice(6), "base64");
  const digest = createHmac("sha256", key).update(`${ID}.soon.${BODY}`).digest("base64");
  const headers = { ...HEADERS, "webhook-timestamp": "soon", "webhook-signature": `v1,${digest}` };

  expect(() => verifyWebhook(BODY, headers, SECRET)).toThrow(
    expect.objectContaining({ code: "STALE_WEBHOOK" }),
  );
});

test.each([
  ["parsed JSON", JSON.parse(BODY)],
  ["a number of bytes to make room for", { length: 8 }],
  ["bytes in JSON", { type: "Buffer", data: [1] }],
  ["a list", [1, 2]],
  ["nothing", undefined],
])("%s instead of the body as it came is refused, with what to give", (_, body) => {
  expect(() => verifyWebhook(body as string, HEADERS, SECRET)).toThrow(
    expect.objectContaining({
      code: "INVALID_ARGUMENT",
      message: expect.stringContaining("before anybody parsed it"),
    }),
  );
});
