/** Components in a page, with the real react-dom; whatever React complains about fails the test. */
import { act, type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const unmounts: (() => Promise<void>)[] = [];
let complaints: MockInstance<typeof console.error>;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  complaints = vi.spyOn(console, "error").mockReturnValue(undefined);
});

afterEach(async () => {
  for (const unmount of unmounts.splice(0)) await unmount();
  expect(complaints.mock.calls).toEqual([]);
  complaints.mockRestore();
});

export interface Rendered {
  readonly container: HTMLElement;
  text(): string;
  again(node: ReactNode): Promise<void>;
  unmount(): Promise<void>;
}

/** Renders twice over, as StrictMode does, unless told not to. */
export async function render(node: ReactNode, { strict = true } = {}): Promise<Rendered> {
  const container = document.body.appendChild(document.createElement("div"));
  const root = createRoot(container);
  const again = (next: ReactNode) =>
    act(async () => root.render(strict ? <StrictMode>{next}</StrictMode> : next));
  const unmount = async () => {
    await act(async () => root.unmount());
    container.remove();
  };
  unmounts.push(unmount);
  await again(node);
  return { container, again, unmount, text: () => container.textContent ?? "" };
}

/** Waits, as long as a slow machine needs, until the page says so. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2000 && !condition(); turn += 1) {
    await act(() => new Promise((done) => setTimeout(done, 10)));
  }
  expect(condition()).toBe(true);
}

/** Clicks the button with this text. */
export async function click(container: HTMLElement, text: string): Promise<void> {
  const button = [...container.querySelectorAll("button")].find(
    (each) => each.textContent?.trim() === text,
  );
  expect(button, `a button "${text}"`).toBeDefined();
  await act(async () => button?.click());
}
