// «Ce qui est transmis au conseiller»: the summary of the conversation, said to the person, who corrects it and adds to it.
import { at, element, list, texts } from "./dom.js";
import { facts } from "./known_facts.js";

const PARTS = ["request", "notes", "blocking", "situation", "already_proposed", "open_questions", "reach"];
const WATCHED = ["waiting", "counsellor"];

export class Passed {
  #state = null;
  #shown = ""; // what of the conversation the summary on screen was made from

  constructor({ read, correct, add }) {
    Object.assign(this, { read, correct, add });
    at("passed-panel").addEventListener("toggle", () => this.#refresh());
    at("passed-form").addEventListener("submit", (event) => this.#submit(event));
  }

  // Shown from the moment someone is asked for until they are done.
  show(state) {
    this.#state = state;
    const panel = at("passed-panel");
    const watched = WATCHED.includes(state.owner);
    if (watched && panel.hidden) panel.open = matchMedia("(min-width: 64rem)").matches;
    panel.hidden = !watched;
    this.#refresh();
  }

  clear() {
    this.#state = null;
    this.#shown = "";
    at("passed").replaceChildren();
    at("passed-text").value = "";
    at("passed-panel").hidden = true;
  }

  async #refresh() {
    const panel = at("passed-panel");
    const state = this.#state;
    if (!state || panel.hidden || !panel.open || at("passed").querySelector("form")) return;
    const now = JSON.stringify([state.messages.length, state.labels]);
    if (now === this.#shown) return;
    this.#shown = now;
    const summary = await this.read();
    if (this.#shown !== now) return; // a later one is on its way
    if (summary) this.#draw(summary);
    else this.#shown = "";
  }

  #draw(summary) {
    const drawn = [];
    for (const part of PARTS) {
      const items = [summary[part]].flat().filter(Boolean);
      if (items.length) drawn.push(element("h3", texts.passed[part]), this.#part(part, items));
    }
    at("passed").replaceChildren(...drawn);
  }

  #part(part, items) {
    if (part !== "situation") return list("ul", items.map((item) => item.text), { class: "plain" });
    const known = items.map((item) => item.field).filter((field) => field in this.#state.labels);
    return list("ul", facts("passed", known, this.#state, (changes) => this.#change(changes)));
  }

  async #change(changes) {
    await this.correct(changes);
    at("passed-panel").querySelector("summary").focus();
  }

  async #submit(event) {
    event.preventDefault();
    const text = at("passed-text").value.trim();
    if (text && (await this.add(text))) at("passed-text").value = "";
    at("passed-text").focus();
  }
}
