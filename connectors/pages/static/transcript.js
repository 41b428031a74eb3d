// One accessible transcript for the chat, the kiosk and the desk. Everything said is inserted as text, never as markup.
import { texts } from "./api.js";

export function element(name, content, attributes = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (content !== undefined && content !== null) made.append(content);
  return made;
}

function link(url, label) {
  const safe = typeof url === "string" && url.startsWith("https://");
  return safe ? element("a", label, { href: url, target: "_blank", rel: "noopener noreferrer" }) : element("span", label);
}

function frenchDate(iso) {
  return new Date(`${iso}T12:00:00`).toLocaleDateString("fr-FR");
}

function sources(list) {
  const box = element("div", element("p", `${texts.sources} :`, { class: "sources-title" }), { class: "sources" });
  const items = element("ul");
  for (const source of list) {
    const item = element("li", link(source.url, source.title));
    if (source.checked_on) item.append(` (${texts.checked} ${frenchDate(source.checked_on)})`);
    items.append(item);
  }
  box.append(items);
  return box;
}

function certification(item) {
  const card = element("li", undefined, { class: "card" });
  card.append(element("p", item.title, { class: "card-title" }));
  const facts = [item.type, item.level ? `${texts.level} ${item.level}` : null, item.code].filter(Boolean);
  card.append(element("p", facts.join(" · "), { class: "card-facts" }));
  for (const why of item.why ?? []) card.append(element("p", why, { class: "card-why" }));
  const number = /^(RNCP|RS)(\d+)$/.exec(item.code ?? "");
  if (number) {
    const url = `https://www.francecompetences.fr/recherche/${number[1].toLowerCase()}/${number[2]}/`;
    card.append(element("p", link(url, `${texts.see} ${item.code}`)));
  }
  return card;
}

function cards(items, draw) {
  const list = element("ul", undefined, { class: "cards" });
  list.append(...items.map(draw));
  return list;
}

const DRAWN = {
  certifications: (payload, body, message) => {
    body.append(element("p", message.text.split("\n")[0]), cards(payload.items ?? [], certification));
    const notes = message.text.split("\n").slice(1).filter((line) => !line.startsWith("•"));
    for (const note of notes) body.append(element("p", note));
  },
};

export class Transcript extends HTMLElement {
  #last = 0;

  get last() {
    return this.#last;
  }

  clear() {
    this.#last = 0;
    this.replaceChildren();
  }

  // Adds a message once; whether it was new.
  add(message, onChoice) {
    if (message.seq <= this.#last) return false;
    this.#last = message.seq;
    this.querySelectorAll(".choices").forEach((old) => old.remove());
    const article = element("article", undefined, { class: `message ${message.author} ${message.kind}`, id: `message-${message.seq}`, tabindex: "-1" });
    const mine = this.hasAttribute("data-numbered") ? texts.person : texts.you;
    const author = message.author === "person" ? mine : texts[message.author];
    const number = this.hasAttribute("data-numbered") ? `${message.seq} · ` : "";
    article.append(element("p", `${number}${author}`, { class: "author" }), this.#body(message));
    const choices = message.payload?.choices;
    if (onChoice && choices?.length) article.append(this.#choices(choices, onChoice));
    this.append(article);
    this.scrollTop = this.scrollHeight;
    return true;
  }

  #body(message) {
    const body = element("div", undefined, { class: "body" });
    const draw = DRAWN[message.kind];
    if (draw && message.payload) draw(message.payload, body, message);
    else for (const line of message.text.split("\n")) body.append(element("p", line));
    if (message.payload?.sources?.length) body.append(sources(message.payload.sources));
    return body;
  }

  #choices(choices, onChoice) {
    const list = element("div", undefined, { class: "choices", role: "group" });
    for (const choice of choices) {
      const button = element("button", choice.label, { type: "button" });
      button.addEventListener("click", () => onChoice(choice));
      list.append(button);
    }
    return list;
  }
}

customElements.define("hub-transcript", Transcript);
