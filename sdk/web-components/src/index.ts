export type * from "@fanfare/sdk-core";
