// The kiosk: the conversation lives in memory only, and is erased after a time without touch.
import { texts } from "./api.js";
import { Conversation, begin } from "./conversation.js";

const at = (id) => document.getElementById(id);
const IDLE = Number(document.body.dataset.idleSeconds);
const WARNING = Math.min(15, IDLE / 2);
let lastTouch = Date.now();

const conversation = new Conversation({
  channel: "kiosk",
  hub: new URLSearchParams(location.search).get("hub"),
  onActivity: touch,
  onErased: () => {
    at("finish").hidden = true;
    at("idle-dialog").close();
    at("start").focus();
  },
});

function touch() {
  lastTouch = Date.now();
  if (at("idle-dialog").open) at("idle-dialog").close();
}

function tick() {
  if (!conversation.isOpen) return;
  const left = Math.ceil(IDLE - (Date.now() - lastTouch) / 1000);
  if (left <= 0) conversation.erase();
  else if (left <= WARNING) {
    at("idle-left").textContent = `${texts.idle} ${left} ${texts.seconds}.`;
    if (!at("idle-dialog").open) at("idle-dialog").showModal();
  }
}

for (const event of ["pointerdown", "keydown", "scroll"]) document.addEventListener(event, touch, { passive: true, capture: true });
at("start").addEventListener("click", async () => {
  touch();
  await begin(conversation);
  at("finish").hidden = !conversation.isOpen;
});
at("finish").addEventListener("click", () => conversation.erase());
at("idle-stay").addEventListener("click", touch);
setInterval(tick, 500);
