// The case goes to another hub.
import { call } from "./desk.js";
import { at, options, texts } from "./dom.js";
import { dialog } from "./tools.js";

let about = null;

// `onGone` is called once the case is in other hands.
export function prepare({ onGone }) {
  dialog("transfer", "to-transfer", begin);
  at("transferring").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await call("POST", `/api/cases/${about.id}/transfer`, { to: at("transfer-to").value }))) return;
    at("transfer").close();
    await onGone();
  });
}

export function turnTo(found) {
  about = found;
}

async function begin() {
  options(at("transfer-to"), Object.fromEntries(Object.entries(texts.hubs).filter(([id]) => id !== about.hub)));
  at("transfer-to").focus();
}
