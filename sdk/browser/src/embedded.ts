export * from "@fanfare/sdk-core/embedded";
