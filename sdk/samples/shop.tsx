// What the samples take for granted: the rest of a shop.
import type { JourneyResume } from "@fanfare/sdk-react";

export function Loading() {
  return <p>Loading</p>;
}

export function Error({ message }: { message: string }) {
  return <p role="alert">{message}</p>;
}

export function JourneyCard({ journey }: { journey: JourneyResume }) {
  const { type, status } = journey.participation;
  return (
    <p>
      {type}: {status}
    </p>
  );
}
