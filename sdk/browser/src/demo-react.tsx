export * from "@fanfare/sdk-react";
