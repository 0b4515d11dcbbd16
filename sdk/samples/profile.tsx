import { useConsumer } from "@fanfare/sdk-react";
import { Error, JourneyCard, Loading } from "./shop.js";

export function ProfilePage() {
  const { consumer, activeJourneys, isLoading, error } = useConsumer();

  if (isLoading) return <Loading />;
  if (error) return <Error message={error.message} />;

  const admittedJourney = activeJourneys.find(
    (j) => j.journeyStage === "admitted"
  );

  return (
    <div>
      <h1>Welcome, {consumer?.fullName || "Guest"}</h1>
      <p>Email: {consumer?.email}</p>

      {admittedJourney && (
        <div className="alert">
          <p>You have an active admission!</p>
          <a href={`/checkout?token=${admittedJourney.admission?.admissionToken}`}>
            Continue to Checkout
          </a>
        </div>
      )}

      <h2>Your Active Participations</h2>
      {activeJourneys.map((journey) => (
        <JourneyCard key={journey.sequenceId} journey={journey} />
      ))}
    </div>
  );
}
