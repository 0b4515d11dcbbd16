// The session storage way: the token is read in this tab, and posted to the shop's own server.
import { admissionFromUrl } from "/sdk/core.js";

const form = document.querySelector("form");
const token = admissionFromUrl();
if (token) {
  form.elements.token.value = token;
  form.submit();
} else {
  document.querySelector("[data-arriving]").hidden = true;
  document.querySelector("[data-nothing]").hidden = false;
}
