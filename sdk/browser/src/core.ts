export * from "@fanfare/sdk-core";
