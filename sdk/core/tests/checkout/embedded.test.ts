import { type EmbeddedCheckout, embeddedCheckout } from "@fanfare/sdk-core/embedded";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const SHOP = "https://shop.example";

let around: { postMessage: ReturnType<typeof vi.fn> };
let begun: (EmbeddedCheckout | null)[];
let resize: () => void;
let height: number;

beforeEach(() => {
  around = { postMessage: vi.fn() };
  begun = [];
  height = 400;
  vi.spyOn(window, "parent", "get").mockReturnValue(
    around as unknown as Window & typeof globalThis,
  );
  vi.spyOn(document.documentElement, "getBoundingClientRect").mockImplementation(
    () => ({ height }) as DOMRect,
  );
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(react: () => void) {
        resize = react;
      }
      observe() {
        resize();
      }
      disconnect() {
        resize = () => {};
      }
    },
  );
});

afterEach(() => {
  for (const each of begun) each?.stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function begin(hostOrigins = [SHOP], onWelcome = vi.fn()): EmbeddedCheckout {
  const checkout = embeddedCheckout({ hostOrigins, onWelcome });
  begun.push(checkout);
  if (!checkout) throw new Error("not framed");
  return checkout;
}

function say(data: unknown, source: unknown = around, origin = SHOP): void {
  const event = new MessageEvent("message", { data, origin });
  Object.defineProperty(event, "source", { value: source });
  window.dispatchEvent(event);
}

const WELCOME = { fanfare: 1, type: "welcome" };
const sent = () => around.postMessage.mock.calls;

test("a page that nobody frames is a page of its own", () => {
  vi.spyOn(window, "parent", "get").mockReturnValue(window as Window & typeof globalThis);

  expect(embeddedCheckout({ hostOrigins: [SHOP] })).toBeNull();
});

test("a page says that it is ready to the shops that may frame it, and no more to anybody", () => {
  const checkout = begin([SHOP, "https://shop.de"]);

  checkout.completed({ orderId: "1001" });

  expect(sent()).toEqual([
    [{ fanfare: 1, type: "ready" }, SHOP],
    [{ fanfare: 1, type: "ready" }, "https://shop.de"],
  ]);
});

test("once welcomed it tells what it kept, and from then on at once", () => {
  const welcomed = vi.fn();
  const checkout = begin([SHOP], welcomed);
  around.postMessage.mockClear();
  checkout.failed({ message: "Declined." });

  say(WELCOME);
  checkout.completed({ orderId: "1001" });
  checkout.closed();

  expect(welcomed).toHaveBeenCalledExactlyOnceWith(SHOP);
  expect(sent()).toEqual([
    [{ fanfare: 1, type: "height", height: 400 }, SHOP],
    [{ fanfare: 1, type: "failed", message: "Declined." }, SHOP],
    [{ fanfare: 1, type: "completed", orderId: "1001" }, SHOP],
    [{ fanfare: 1, type: "closed" }, SHOP],
  ]);
});

test("its height is told when it changes, and only then", () => {
  begin();
  say(WELCOME);
  around.postMessage.mockClear();

  resize();
  height = 640.4;
  resize();

  expect(sent()).toEqual([[{ fanfare: 1, type: "height", height: 641 }, SHOP]]);
});

test("a welcome from elsewhere is none", () => {
  const checkout = begin();
  around.postMessage.mockClear();

  say(WELCOME, {});
  say(WELCOME, window);
  say(WELCOME, around, "https://evil.example");
  say({ fanfare: 2, type: "welcome" });
  say({ type: "welcome" });
  say(null);
  checkout.completed();

  expect(sent()).toEqual([]);
});

test("after it stopped it says and hears nothing", () => {
  const checkout = begin();
  say(WELCOME);
  around.postMessage.mockClear();

  checkout.stop();
  checkout.completed();
  height = 10;
  resize();

  expect(sent()).toEqual([]);
});

test.each(["*", "shop.example", "https://shop.example/", "https://shop.example/page"])(
  "%s is no origin",
  (wrong) => {
    expect(() => begin([wrong])).toThrow(TypeError);
  },
);
