/** Every mechanism by its name on the wire. */
import type { Mechanism } from "../view.js";
import { appointment } from "./appointment.js";
import { auction } from "./auction.js";
import { draw } from "./draw.js";
import type { Kind } from "./kind.js";
import { queue } from "./queue.js";
import { timedRelease } from "./timed_release.js";
import { waitlist } from "./waitlist.js";

export const KINDS: Readonly<Record<Mechanism, Kind<Mechanism>>> = {
  queue,
  draw,
  auction,
  appointment,
  timed_release: timedRelease,
  waitlist,
};
