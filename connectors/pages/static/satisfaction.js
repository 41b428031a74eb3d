// One optional question at the end: did this help? Beside the conversation, never in it.
import { at, button, element, texts } from "./dom.js";

const words = texts.satisfaction;

export class Satisfaction {
  #settled = false; // asked, answered or put aside on this page

  // `keep(opinion)` answers null when it was not kept; `leave()` puts the focus back into the conversation.
  constructor(keep, leave) {
    Object.assign(this, { keep, leave, box: at("satisfaction") });
  }

  show(state) {
    if (state !== "asked" || this.#settled) return;
    this.#settled = true;
    const choices = element("p", undefined, { class: "row" });
    choices.append(...Object.entries(words.answers).map(([answer, label]) => button(label, () => this.#answer(answer))));
    choices.append(button(words.later, () => this.#close(), { class: "quiet" }));
    this.box.replaceChildren(element("p", words.question, { class: "card-title" }), choices);
    this.box.hidden = false;
  }

  clear() {
    this.#settled = false;
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  async #answer(answer) {
    if (!(await this.keep({ answer }))) return;
    const form = element("form");
    const help = element("p", words.comment_help, { id: "comment-help", class: "soft" });
    const field = element("textarea", undefined, { id: "comment", rows: "2", maxlength: "500", "aria-describedby": help.id });
    const row = element("p", undefined, { class: "row" });
    row.append(element("button", words.send, { type: "submit" }), button(words.nothing, () => this.#thank(), { class: "quiet" }));
    form.append(element("label", words.comment, { for: field.id }), help, field, row);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const comment = field.value.trim();
      if (!comment || (await this.keep({ answer, comment }))) this.#thank();
    });
    this.box.replaceChildren(form);
    field.focus();
  }

  #thank() {
    this.box.replaceChildren(element("p", words.thanks));
    this.leave();
  }

  #close() {
    this.box.hidden = true;
    this.leave();
  }
}
