// The chat of the web site. The key of the conversation lives in this tab only, and nothing is kept before it is opened.
import { Conversation, begin } from "./conversation.js";
import { at } from "./dom.js";

const KEY = "hub-conversation";

const conversation = new Conversation({
  channel: "web",
  remember: (key) => sessionStorage.setItem(KEY, JSON.stringify(key)),
  onErased: (lastWords) => {
    sessionStorage.removeItem(KEY);
    at("opening-news").textContent = lastWords;
    at("start").focus();
  },
});

async function start() {
  at("opening-news").textContent = "";
  await begin(conversation);
}

at("known-panel").open = matchMedia("(min-width: 64rem)").matches;
at("start").addEventListener("click", start);
at("start-human").addEventListener("click", async () => {
  await start();
  conversation.askHuman();
});
at("erase").addEventListener("click", () => at("erase-dialog").showModal());
at("erase-no").addEventListener("click", () => at("erase-dialog").close());
at("erase-yes").addEventListener("click", () => {
  at("erase-dialog").close();
  conversation.erase();
});

const kept = sessionStorage.getItem(KEY);
if (kept) conversation.resume(JSON.parse(kept)).catch((error) => error.status === 404 && sessionStorage.removeItem(KEY));
