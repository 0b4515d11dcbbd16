/** For the tests of storefronts: a Fanfare in memory, without a network. */
export type { Winners } from "./testing/draw.js";
export { type FakeClaims, type FakeConfig, type FakeFanfare, fakeFanfare } from "./testing/fake.js";
export type { Disturbance, FakeRequest } from "./testing/network.js";
export type * from "./testing/options.js";
