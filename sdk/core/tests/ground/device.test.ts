import { beforeEach, expect, test, vi } from "vitest";
import { fingerprint } from "../../src/ground/fingerprint.js";
import { makeShelf } from "../../src/ground/shelf.js";
import { FakeService, openTab } from "../support/service.js";

beforeEach(() => localStorage.clear());

test("a device has one random name, and keeps it", () => {
  const first = fingerprint(makeShelf("localStorage"));

  const again = fingerprint(makeShelf("localStorage"));

  expect(first).toMatch(/^fp_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(again).toBe(first);
});

test("two devices have two names", () => {
  const first = fingerprint(makeShelf("localStorage"));
  localStorage.clear();

  expect(fingerprint(makeShelf("localStorage"))).not.toBe(first);
});

test("where the browser keeps nothing, the name lasts as long as the page", () => {
  const refused = () => {
    throw new DOMException("Denied", "SecurityError");
  };
  vi.stubGlobal("localStorage", { getItem: refused, setItem: refused, removeItem: refused });
  const shelf = makeShelf("localStorage");

  const name = fingerprint(shelf);

  expect(fingerprint(shelf)).toBe(name);
  vi.unstubAllGlobals();
});

test("a storage that is full is helped out by memory, and takes over again", () => {
  const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("Full", "QuotaExceededError");
  });
  const shelf = makeShelf("localStorage");
  shelf.set("key", "new");
  const helped = shelf.get("key");
  full.mockRestore();

  shelf.set("key", "newer");

  expect(helped).toBe("new");
  expect([shelf.get("key"), localStorage.getItem("key")]).toEqual(["newer", "newer"]);
});

test("a merchant's own name is sent as it is", async () => {
  const service = new FakeService();

  await openTab(service, { fingerprint: "device:42" });

  expect(service.seen[0]?.headers.get("X-Fingerprint")).toBe("device:42");
  expect(localStorage.length).toBe(0);
});
