// The chat of the web site. The key of the conversation lives in this tab only, and nothing is kept before it is opened.
import { Conversation, begin } from "./conversation.js";

const KEY = "hub-conversation";
const at = (id) => document.getElementById(id);
const hub = new URLSearchParams(location.search).get("hub");

const conversation = new Conversation({
  channel: "web",
  hub,
  remember: (key) => sessionStorage.setItem(KEY, JSON.stringify(key)),
  onErased: () => {
    sessionStorage.removeItem(KEY);
    at("erase").hidden = true;
    at("start").focus();
  },
});

async function start() {
  await begin(conversation);
  at("erase").hidden = !conversation.isOpen;
}

at("start").addEventListener("click", start);
at("erase").addEventListener("click", () => at("erase-dialog").showModal());
at("erase-no").addEventListener("click", () => at("erase-dialog").close());
at("erase-yes").addEventListener("click", () => {
  at("erase-dialog").close();
  conversation.erase();
});

const kept = sessionStorage.getItem(KEY);
if (kept) {
  conversation
    .resume(JSON.parse(kept))
    .then(() => (at("erase").hidden = false))
    .catch(() => sessionStorage.removeItem(KEY));
}
