// «… écrit»: told to the other side while someone types, shown for as long as it is fresh, kept nowhere.
import { at } from "./dom.js";

const EVERY_MS = 3000;
const FRESH_MS = 6000;

// `send` is called while someone types in the field of that id, from time to time.
export function whileWriting(field, send) {
  let last = 0;
  at(field).addEventListener("input", () => {
    if (!at(field).value || Date.now() - last < EVERY_MS) return;
    last = Date.now();
    send();
  });
  at(field).form.addEventListener("submit", () => (last = 0)); // what follows is another message
}

// The line of that id, which says that the other side writes.
export class WritingLine {
  #timer = null;

  constructor(id, words) {
    Object.assign(this, { id, words });
  }

  show() {
    clearTimeout(this.#timer);
    if (!at(this.id).textContent) at(this.id).textContent = this.words;
    this.#timer = setTimeout(() => this.hide(), FRESH_MS);
  }

  hide() {
    clearTimeout(this.#timer);
    at(this.id).textContent = "";
  }
}
