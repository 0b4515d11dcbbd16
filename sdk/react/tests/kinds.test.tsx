import type { ReactNode } from "react";
import { expect, test } from "vitest";
import {
  FanfareProvider,
  useAppointment,
  useAuction,
  useDraw,
  useTimedRelease,
  useWaitlist,
} from "../src/index.js";
import { click, render, until } from "./support/render.js";
import { Refusal, service } from "./support/service.js";
import { ADMITTED, QUEUED } from "./support/statuses.js";

const button = (name: string, work: () => Promise<void>) => (
  <button type="button" onClick={work}>
    {name}
  </button>
);

function Draw() {
  const { status, enter, leave } = useDraw("draw_1");
  return (
    <>
      {status?.outcome} {status?.status} {button("Enter", enter)} {button("Leave", leave)}
    </>
  );
}

function Release() {
  const { status, enter } = useTimedRelease("tr_1");
  return (
    <>
      {status?.status} {button("Enter", enter)}
    </>
  );
}

function Waitlist() {
  const { status, enter, leave } = useWaitlist("wl_1");
  return (
    <>
      {status?.status} {button("Enter", enter)} {button("Leave", leave)}
    </>
  );
}

function Auction() {
  const { status, bid, error } = useAuction("auction_1");
  return (
    <>
      {status?.lastBidAmount} {error?.code} {button("Bid", () => bid("105.00"))}
      {button("More", () => bid("110.00", { maxAmount: "200.00" }))}
    </>
  );
}

function Appointment() {
  const { status, slots, book, reschedule, cancel } = useAppointment("appt_1");
  return (
    <>
      {status?.slotId ?? "none"} {status?.status} of {slots?.length}{" "}
      {button("Book", () => book("slot_1"))} {button("Move", () => reschedule("slot_2"))}{" "}
      {button("Cancel", cancel)}
    </>
  );
}

const shown = (of: ReturnType<typeof service>, node: ReactNode) =>
  render(<FanfareProvider {...of.config}>{node}</FanfareProvider>);

test("a draw is entered and left", async () => {
  const page = await shown(
    service({
      "POST /draws/draw_1/enter": { ...QUEUED, outcome: "ENTERED" },
      "POST /draws/draw_1/leave": { ...QUEUED, status: "LEFT" },
    }),
    <Draw />,
  );

  await click(page.container, "Enter");
  await until(() => page.text().startsWith("ENTERED QUEUED"));
  await click(page.container, "Leave");

  await until(() => page.text().includes("LEFT"));
});

test("a timed release lets in at once", async () => {
  const page = await shown(service({ "POST /timed-releases/tr_1/enter": ADMITTED }), <Release />);

  await click(page.container, "Enter");

  await until(() => page.text().startsWith("ADMITTED"));
});

test("a waitlist is joined and left", async () => {
  const place = { waitlistId: "wl_1", status: "waitlisted", enteredAt: QUEUED.enteredAt };
  const page = await shown(
    service({
      "POST /waitlists/wl_1/enter": place,
      "POST /waitlists/wl_1/leave": { ...place, status: "left" },
    }),
    <Waitlist />,
  );

  await click(page.container, "Enter");
  await until(() => page.text().startsWith("waitlisted"));
  await click(page.container, "Leave");

  await until(() => page.text().startsWith("left"));
});

test("bids stand, and one that is too low is told", async () => {
  const shop = service({
    "POST /auctions/auction_1/bid": (body: unknown) =>
      body && Object.hasOwn(body, "maxAmount")
        ? { ...QUEUED, lastBidAmount: "110.00" }
        : new Refusal(400, "BID_TOO_LOW"),
  });
  const page = await shown(shop, <Auction />);

  await click(page.container, "Bid");
  await until(() => page.text().includes("BID_TOO_LOW"));
  await click(page.container, "More");

  await until(() => page.text().startsWith("110.00"));
  expect(page.text()).not.toContain("BID_TOO_LOW");
});

test("a slot is booked, moved and cancelled", async () => {
  const page = await shown(
    service({
      "GET /appointments/appt_1/slots": { data: [{ id: "slot_1" }, { id: "slot_2" }] },
      "POST /appointments/appt_1/book": { ...QUEUED, slotId: "slot_1" },
      "POST /appointments/appt_1/reschedule": { ...QUEUED, slotId: "slot_2" },
      "DELETE /appointments/appt_1/cancel": { ...QUEUED, slotId: "slot_2", status: "LEFT" },
    }),
    <Appointment />,
  );
  await until(() => page.text().startsWith("none  of 2"));

  await click(page.container, "Book");
  await until(() => page.text().startsWith("slot_1 QUEUED"));
  await click(page.container, "Move");
  await until(() => page.text().startsWith("slot_2 QUEUED"));
  await click(page.container, "Cancel");

  await until(() => page.text().startsWith("slot_2 LEFT"));
});
