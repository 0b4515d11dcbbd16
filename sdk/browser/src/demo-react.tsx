import { FanfareProvider, useExperienceJourney } from "@fanfare/sdk-react";
import { createRoot } from "react-dom/client";

function Launch({ experienceId }: { experienceId: string }) {
  const { view, start, error } = useExperienceJourney(experienceId);
  if (error) return <p role="alert">{error.message}</p>;
  if (view.journeyStage === "ready") {
    return (
      <button className="button" type="button" onClick={start}>
        Take part
      </button>
    );
  }
  return <p role="status">{view.journeyStage}</p>;
}

const place = document.querySelector<HTMLElement>("#launch");
if (place) {
  const { organizationId = "", publishableKey = "", experienceId = "" } = place.dataset;
  createRoot(place).render(
    <FanfareProvider organizationId={organizationId} publishableKey={publishableKey}>
      <Launch experienceId={experienceId} />
    </FanfareProvider>,
  );
}
