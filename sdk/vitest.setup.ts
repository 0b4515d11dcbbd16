import { vi } from "vitest";

const { waitFor } = vi;

// Its own second is too short on a machine that is busy with something else.
vi.waitFor = (condition, options) =>
  waitFor(condition, {
    timeout: 20_000,
    ...(typeof options === "number" ? { timeout: options } : options),
  });
