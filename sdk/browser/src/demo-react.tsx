import { ExperienceWidget, FanfareProvider, useExperienceJourney } from "@fanfare/sdk-react";
import { createRoot } from "react-dom/client";

function Launch({ experienceId }: { experienceId: string }) {
  const { view } = useExperienceJourney(experienceId);
  const phase = view.journeyStage === "routed" ? view.sequence.phase : view.journeyStage;
  return (
    <>
      <ExperienceWidget experienceId={experienceId} theme="rounded" autoStart />
      <p>The page knows as well: {phase}.</p>
    </>
  );
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
