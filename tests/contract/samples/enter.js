// Enter a queue
const response = await fetch("https://consumer.fanfare.io/api/v1/queues/queue_01HXYZ123456789/enter", {
  method: "POST",
  headers: {
    "X-Publishable-Key": "pk_live_xxxxxxxxxxxx",
    Authorization: `Bearer ${accessToken}`,
    "X-Fingerprint": fingerprint,
    "Content-Type": "application/json",
  },
});

const status = await response.json();
console.log(status);
// { status: "QUEUED", position: 42, enteredAt: "2024-12-01T09:00:00Z" }
