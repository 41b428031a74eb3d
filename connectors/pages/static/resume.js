// The page that a link received by e-mail leads to: what stands behind `#` is exchanged for a key of the conversation.
import { request } from "./api.js";
import { at, button, element, texts } from "./dom.js";
import { keep } from "./kept.js";

const token = location.hash.slice(1);
history.replaceState(null, "", location.pathname); // it does not stay in the address bar nor in the history

async function comeBack() {
  at("problem").hidden = true;
  try {
    keep(await request("POST", "/api/return", { body: { token } }));
    location.replace("/");
  } catch (error) {
    if (error.passing) tryAgain(error);
    else tellExpired();
  }
}

function tryAgain(error) {
  at("problem").replaceChildren(element("p", error.message || texts.generic_error), button(texts.retry, comeBack));
  at("problem").hidden = false;
}

function tellExpired() {
  at("opening").hidden = true;
  at("expired").hidden = false;
  document.title = at("expired-heading").textContent;
  at("expired-heading").focus();
}

await comeBack();
