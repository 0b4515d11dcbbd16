async function getConsumerProfile(accessToken: string) {
  const response = await fetch("https://consumer.fanfare.io/api/v1/consumers/me", {
    headers: {
      "X-Publishable-Key": publishableKey,
      Authorization: `Bearer ${accessToken}`,
    },
  });

  if (!response.ok) {
    throw new Error("Failed to fetch consumer profile");
  }

  const data = await response.json();

  return {
    consumer: {
      id: data.id,
      email: data.email,
      phone: data.phone,
      fullName: data.fullName,
    },
    active: data.active,
    journeys: data.active.journeys,
  };
}
