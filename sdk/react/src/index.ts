export type * from "@fanfare/sdk-core";
export { FanfareError } from "@fanfare/sdk-core";
export { Fanfare } from "./fanfare.js";
export { FanfareProvider, type FanfareProviderProps } from "./provider.js";
export { type UseConsumer, useConsumer } from "./use-consumer.js";
export {
  type UseAppointment,
  type UseAuction,
  type UseEntry,
  type UseStanding,
  useAppointment,
  useAuction,
  useDraw,
  useQueue,
  useTimedRelease,
  useWaitlist,
} from "./use-distribution.js";
export { type UseFanfare, type UseFanfareAuth, useFanfare, useFanfareAuth } from "./use-fanfare.js";
export {
  type JourneyOptions,
  type UseExperienceJourney,
  useExperienceJourney,
} from "./use-journey.js";
export { ExperienceWidget, type ExperienceWidgetProps, type WidgetSlot } from "./widget.js";
