// Forgets who this browser is, so that everything can be tried once more.
import { initFanfare } from "/sdk/core.js";

const button = document.querySelector("[data-begin-again]");
button.hidden = false;
button.addEventListener("click", async () => {
  button.disabled = true;
  const { organization: organizationId, key: publishableKey } = button.dataset;
  try {
    const sdk = await initFanfare({ organizationId, publishableKey });
    // The session is over here even where the service could not be told.
    await sdk.auth.logout().catch(() => {});
    location.assign("/demo");
  } catch {
    button.textContent = "That did not work. Try again";
    button.disabled = false;
  }
});
