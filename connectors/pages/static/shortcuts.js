// Single keys for those who work by keyboard. They act only outside fields and dialogs, and can be turned off, because
// a voice command or a slip would set them off too.
import { isOn, remember } from "./choices.js";
import { at } from "./dom.js";

const BOX = "single-keys";
const WRITING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const TARGETS = { "/": "words", r: "answer-text", n: "note", l: "queue-title", m: "transcript" };
const BUTTONS = { p: "claim", t: "to-transfer", "?": "to-help" };

// `onMove(step)` opens the next case (1) or the one before (-1).
export function prepare({ onMove }) {
  remember(BOX);
  at("to-help").addEventListener("click", open);
  at("help-close").addEventListener("click", () => at("help").close());
  at("help").addEventListener("close", () => at("to-help").focus());
  document.addEventListener("keydown", (event) => {
    if (isForUs(event) && act(event.key, onMove)) event.preventDefault();
  });
}

function open() {
  at("help").showModal();
  at("help-title").focus();
}

function isForUs(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !isOn(BOX)) return false;
  return !event.target.closest(WRITING) && !document.querySelector("dialog[open]");
}

// Whether the key stands for something that can be done now.
function act(key, onMove) {
  if (key === "j" || key === "k") onMove(key === "j" ? 1 : -1);
  else if (isThere(TARGETS[key])) at(TARGETS[key]).focus();
  else if (isThere(BUTTONS[key])) at(BUTTONS[key]).click();
  else return false;
  return true;
}

const isThere = (id) => Boolean(id && at(id)?.checkVisibility());
