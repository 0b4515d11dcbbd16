async function lookupConsumer(consumerId: string) {
  const response = await fetch(`https://consumer.fanfare.io/api/v1/consumers/${consumerId}`, {
    headers: {
      Authorization: `Bearer ${process.env.FANFARE_SECRET_KEY}`,
    },
  });

  if (!response.ok) {
    if (response.status === 404) {
      return null;
    }
    throw new Error("Failed to lookup consumer");
  }

  return response.json();
}
