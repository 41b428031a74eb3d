// The summary of the open case goes to a colleague, by e-mail.
import { call } from "./desk.js";
import { at, texts } from "./dom.js";
import { dialog } from "./tools.js";

let about = null;

export function prepare() {
  dialog("share", "to-share", () => {
    at("sharing").reset();
    at("share-email").focus();
  });
  at("sharing").addEventListener("submit", async (event) => {
    event.preventDefault();
    const submit = event.target.querySelector("[type=submit]");
    if (submit.disabled) return;
    submit.disabled = true;
    const sent = await call("POST", `/api/cases/${about}/summary/mail`, { to: at("share-email").value.trim() });
    submit.disabled = false;
    if (!sent) return;
    at("share").close();
    at("shared").textContent = texts.console.shared;
  });
}

export function turnTo({ id }) {
  if (id !== about) at("shared").textContent = "";
  about = id;
}
