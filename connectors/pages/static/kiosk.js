// The kiosk: the conversation lives in memory only, and is erased after a time without touch.
import { Aloud } from "./aloud.js";
import { begin } from "./beginning.js";
import { Conversation } from "./conversation.js";
import { at, texts } from "./dom.js";

const IDLE = Number(document.body.dataset.idleSeconds);
const WARNING = Math.min(15, IDLE / 2);
let lastTouch = Date.now();

const conversation = new Conversation({
  channel: "kiosk",
  onErased: () => {
    at("idle-dialog").close();
    at("known-panel").open = false;
    aloud.forget();
    at("start").focus();
  },
});

const aloud = new Aloud(at("transcript"));

// Only what a person does counts: a message that arrives proves nobody's presence.
function touched() {
  lastTouch = Date.now();
}

function stay() {
  touched();
  at("idle-dialog").close();
}

function tick() {
  if (!conversation.isOpen) return;
  const left = Math.ceil(IDLE - (Date.now() - lastTouch) / 1000);
  if (left <= 0) conversation.erase();
  else if (left > WARNING) at("idle-dialog").close();
  else {
    at("idle-left").textContent = `${texts.idle} ${left} ${texts.seconds}.`;
    if (!at("idle-dialog").open) at("idle-dialog").showModal();
  }
}

async function start() {
  touched();
  if (!conversation.isOpen && !at("start").disabled) await begin(conversation);
}

for (const event of ["pointerdown", "keydown", "touchmove", "wheel"]) document.addEventListener(event, touched, { passive: true, capture: true });
// The whole screen answers; the button is for those who cannot see or reach all of it.
at("opening").addEventListener("click", start);
at("erase").addEventListener("click", () => conversation.erase());
at("idle-stay").addEventListener("click", stay);
addEventListener("pagehide", () => conversation.erase());
setInterval(tick, 250);
