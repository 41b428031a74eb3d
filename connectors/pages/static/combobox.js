// A field in which one searches a long list and chooses from it, by keyboard or by touch (ARIA combobox with a listbox).
import { element, texts } from "./dom.js";

const TYPED_MS = 200;
const words = texts.combobox;

// `search`: async (text) => [{value, label}], or null when it failed. What is chosen is the value of `chosen(field)`.
export function combobox(id, search) {
  const options = element("ul", undefined, { id: `${id}-options`, role: "listbox", hidden: "" });
  const input = element("input", undefined, {
    id, type: "text", role: "combobox", autocomplete: "off", required: "", maxlength: "100",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": options.id,
  });
  const news = element("p", undefined, { class: "soft", role: "status" });
  const made = element("div", input, { class: "combobox" });
  made.append(options, news);
  new Combobox(input, options, news, search);
  return made;
}

// The value chosen in a field made above; «» for none.
export const chosen = (made) => made.querySelector("input").dataset.value ?? "";

class Combobox {
  #typed = null; // the timer that waits for the end of a word
  #asked = 0;

  constructor(input, options, news, search) {
    Object.assign(this, { input, options, news, search });
    input.addEventListener("input", () => this.#write());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    // A press keeps the focus in the field, so that the list is still there when it ends.
    options.addEventListener("mousedown", (event) => event.preventDefault());
    options.addEventListener("click", (event) => this.#choose(event.target.closest("[role=option]")));
    this.#choose(null);
  }

  get #active() {
    return this.options.querySelector("[aria-selected=true]");
  }

  #write() {
    this.#choose(null);
    clearTimeout(this.#typed);
    this.#typed = setTimeout(() => this.#look(), TYPED_MS);
  }

  async #look() {
    const asked = ++this.#asked;
    const text = this.input.value.trim();
    const found = text ? await this.search(text) : [];
    if (!found || asked !== this.#asked || document.activeElement !== this.input) return;
    this.options.replaceChildren(...found.map((one, place) => this.#option(one, place)));
    this.#show(found.length > 0);
    this.news.textContent = text ? told(found.length) : "";
  }

  #option({ value, label }, place) {
    return element("li", label, { id: `${this.input.id}-${place}`, role: "option", "aria-selected": "false", "data-value": value });
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.options.hidden) {
      event.preventDefault();
      this.#move(step);
    } else if (event.key === "Enter" && this.#active) {
      event.preventDefault();
      this.#choose(this.#active);
    } else if (event.key === "Escape" && !this.options.hidden) {
      event.stopPropagation();
      this.#close();
    }
  }

  #move(step) {
    const all = [...this.options.children];
    const place = all.indexOf(this.#active);
    this.#select(all[place < 0 && step < 0 ? all.length - 1 : (place + step + all.length) % all.length]);
  }

  #select(option) {
    this.#active?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  // Null while nothing of the list is chosen: what is only written is not sent.
  #choose(option) {
    this.input.setCustomValidity(option ? "" : words.choose);
    if (!option) delete this.input.dataset.value;
    else {
      this.input.value = option.textContent;
      this.input.dataset.value = option.dataset.value;
      this.news.textContent = "";
    }
    this.#close();
  }

  #close() {
    this.#show(false);
    this.#active?.setAttribute("aria-selected", "false");
  }

  #show(open) {
    this.options.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.input.removeAttribute("aria-activedescendant");
  }
}

function told(count) {
  if (!count) return words.none;
  return count > 1 ? words.many.replace("{n}", count) : words.one;
}
