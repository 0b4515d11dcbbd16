/** Where a bidder stands, as it is shown and said. */
import type { AuctionDisplay, Participating } from "@fanfare/sdk-core";
import type { MessageKey } from "../messages/index.js";

const KEYS = {
  winning: "participating.auction.winning",
  outbid: "participating.auction.outbid",
  none: "participating.auction.none",
} as const;

/** Where several win, the bid that leads with others need not be the highest. */
export function standingOf(
  { details }: Participating<"auction">,
  { standing }: AuctionDisplay,
): MessageKey {
  const shared = standing === "winning" && details.winnerCount > 1;
  return shared ? "participating.auction.among" : KEYS[standing];
}
