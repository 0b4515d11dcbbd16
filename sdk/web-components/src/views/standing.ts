/** Where a bidder stands, as it is shown and said. */
import type { AuctionDisplay, Participating } from "@fanfare/sdk-core";
import type { MessageKey } from "../messages/index.js";

/** Where several win, the bid that leads with others need not be the highest. */
export function standingOf(
  { details }: Participating<"auction">,
  { standing }: AuctionDisplay,
): MessageKey {
  const shared = standing === "winning" && details.winnerCount > 1;
  return shared ? "participating.auction.among" : `participating.auction.${standing}`;
}
