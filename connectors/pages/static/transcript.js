// One accessible transcript for the chat, the kiosk and the desk.
import { button, element, prose, texts } from "./dom.js";
import { DRAWN, sources } from "./kinds.js";

export class Transcript extends HTMLElement {
  #last = 0;
  #author = null;
  #moved = false; // whether the reader chose where to look since the last message

  connectedCallback() {
    for (const event of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      this.addEventListener(event, () => (this.#moved = true), { passive: true });
    }
    new ResizeObserver(() => !this.#moved && this.lastElementChild && this.#reveal(this.lastElementChild)).observe(this);
  }

  // The number of the last message shown.
  get last() {
    return this.#last;
  }

  clear() {
    this.#last = 0;
    this.#author = null;
    this.replaceChildren();
  }

  // Shows a message of the person at once, before it is known to be kept.
  pend(text) {
    const article = this.#article("person", "text pending");
    article.append(element("p", texts.you, { class: "author" }), element("div", text, { class: "body" }));
    this.append(article);
    this.#reveal(article);
    return article;
  }

  // Adds a message once; whether it was new.
  add(message, onChoice) {
    if (message.seq <= this.#last) return false;
    this.#last = message.seq;
    this.querySelectorAll(".choices").forEach((old) => old.remove());
    const pending = message.author === "person" ? this.querySelector(".pending") : null;
    const article = this.#article(message.author, message.kind);
    article.id = `message-${message.seq}`;
    article.append(this.#heading(message), this.#body(message));
    const choices = message.payload?.choices;
    if (onChoice && choices?.length) article.append(this.#choices(choices, onChoice));
    // What the person wrote meanwhile comes after the answers to what they wrote before.
    if (pending) pending.replaceWith(article);
    else this.insertBefore(article, this.querySelector(".pending"));
    this.#reveal(article);
    this.dispatchEvent(new CustomEvent("added", { detail: message }));
    return true;
  }

  // An answer is read from its beginning: the view stops where the person's own message would leave it. What a
  // counsellor writes is short and live: the view follows it.
  #reveal(article) {
    this.#moved = false;
    if (this.scrollHeight <= this.clientHeight + 1) return article.scrollIntoView({ block: "nearest" });
    const asked = [...this.querySelectorAll(".message.person")].at(-1);
    const follows = this.hasAttribute("data-numbered") || !article.matches(".bot") || !asked;
    this.scrollTop = follows ? this.scrollHeight : asked.offsetTop - 8;
  }

  #article(author, kind) {
    return element("article", undefined, { class: `message ${author} ${kind}`, tabindex: "-1" });
  }

  #heading(message) {
    const numbered = this.hasAttribute("data-numbered");
    const author = message.author === "person" && !numbered ? texts.you : texts[message.author];
    const repeated = message.author === this.#author && !numbered;
    this.#author = message.author;
    return element("p", numbered ? `${message.seq} · ${author}` : author, { class: repeated ? "author visually-hidden" : "author" });
  }

  #body(message) {
    const options = { links: !this.hasAttribute("data-no-links"), documents: !this.hasAttribute("data-numbered") };
    const body = element("div", undefined, { class: "body" });
    body.append(...(this.#drawn(message, options) ?? prose(message.text)));
    if (message.payload?.sources?.length) body.append(sources(message.payload.sources, options));
    return body;
  }

  #drawn(message, options) {
    if (!message.payload || !Object.hasOwn(DRAWN, message.kind)) return null;
    try {
      return DRAWN[message.kind](message, options);
    } catch {
      return null; // a payload of another shape: the text is complete
    }
  }

  #choices(choices, onChoice) {
    const group = element("div", undefined, { class: "choices", role: "group" });
    group.append(...choices.map((choice) => button(choice.label, () => onChoice(choice))));
    return group;
  }
}

customElements.define("hub-transcript", Transcript);
