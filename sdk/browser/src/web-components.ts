export * from "@fanfare/sdk-web-components";
