import { Fanfare, useQueue } from "@fanfare/sdk-react";

// Initialize
export const fanfare = new Fanfare({
  publishableKey: "pk_live_xxxxxxxxxxxx",
});

// React Hook
export function QueueComponent({ queueId }: { queueId: string }) {
  const { status, enter, leave, isLoading } = useQueue(queueId);

  if (status?.status === "ADMITTED") {
    return <div>You're in! Token: {status.admissionToken}</div>;
  }

  return (
    <button onClick={enter} disabled={isLoading}>
      Join Queue
    </button>
  );
}
