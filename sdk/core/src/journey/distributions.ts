import { FanfareError } from "../errors.js";
import type { MakeDistributions } from "../ground/ground.js";

/** Single distributions by their ids. */
export const makeDistributions: MakeDistributions = () => ({
  get() {
    throw new FanfareError("INVALID_CONFIG", "This build follows journeys only.");
  },
});
