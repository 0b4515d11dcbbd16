/** Somebody who has a session. */
import type { SessionDetails } from "../../src/index.js";

export const GUEST: SessionDetails = {
  type: "guest",
  consumerId: "cons_1",
  guestId: "guest_1",
  email: null,
  phone: null,
  expiresAt: "2099-12-31T00:00:00.000Z",
};

export const MEMBER: SessionDetails = { ...GUEST, type: "authenticated", guestId: null };
