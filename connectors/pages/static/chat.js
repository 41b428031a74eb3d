// The chat of the web site. The key of the conversation lives in this tab only, and nothing is kept before it is opened.
import { begin } from "./beginning.js";
import { Conversation } from "./conversation.js";
import { at } from "./dom.js";
import { forget, keep, kept } from "./kept.js";

const conversation = new Conversation({
  channel: "web",
  remember: keep,
  onErased: (lastWords) => {
    forget();
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

const key = kept();
if (key) conversation.resume(key).catch((error) => error.status === 404 && forget());
