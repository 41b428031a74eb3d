// The box in which the person writes: Enter sends, what is left of the room is told near its end.
import { at, texts } from "./dom.js";

const MAX = 4000;
const TOLD_FROM = 500;
const LINE = 70;
const ROWS = 6;

export class WritingBox {
  // `onText` hears what was written, once it is sent.
  constructor(onText) {
    at("composer").addEventListener("submit", (event) => this.#submit(event, onText));
    at("text").addEventListener("keydown", (event) => this.#key(event));
    at("text").addEventListener("input", () => this.#count());
  }

  clear() {
    at("text").value = "";
    this.#count();
  }

  // What could not be sent, unless something else is being written.
  giveBack(text) {
    if (text && !at("text").value) at("text").value = text;
  }

  #submit(event, onText) {
    event.preventDefault();
    const text = at("text").value.trim();
    at("text").focus();
    if (!text) return;
    this.clear();
    onText(text);
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      at("composer").requestSubmit();
    }
  }

  #count() {
    const { value } = at("text");
    const left = MAX - value.length;
    at("left").textContent = left < TOLD_FROM ? `${left} ${texts.left}.` : "";
    at("text").rows = Math.min(ROWS, value.split("\n").length + Math.floor(value.length / LINE));
  }
}
