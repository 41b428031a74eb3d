// «Ce que j'ai compris»: what is known of the person, which they can correct and take out.
import { at, button, element, texts } from "./dom.js";

// Facts that a plain field can hold; the others are said again in the conversation.
const EDITED_AS = {
  age: "number", budget: "number", company_size: "number", cpf_balance: "number", email: "email", first_name: "text",
  mobility_km: "number", training_cost: "number",
};

export class Known {
  #shown = "";
  #profile = {};

  constructor(change) {
    this.change = change; // async ({field: value | null}) => whether it was accepted
  }

  show(profile, labels) {
    const now = JSON.stringify(labels);
    if (now === this.#shown || at("known").querySelector("form")) return;
    this.#shown = now;
    this.#profile = profile;
    const items = Object.entries(labels);
    at("known-empty").hidden = items.length > 0;
    at("known-help").hidden = items.length === 0;
    at("known").replaceChildren(...items.map(([field, label]) => this.#item(field, label)));
  }

  clear() {
    at("known").replaceChildren();
    this.show({}, {});
  }

  #item(field, label) {
    const name = capital(texts.fields[field] ?? field);
    const item = element("li", element("span", name, { class: "soft" }));
    item.append(element("span", label, { class: "value" }));
    if (EDITED_AS[field]) item.append(this.#button(texts.edit, name, () => this.#edit(item, field, name)));
    item.append(this.#button(texts.remove, name, () => this.#change({ [field]: null })));
    return item;
  }

  #button(label, name, onClick) {
    return button(label, onClick, { class: "quiet", "aria-label": `${label} : ${name}` });
  }

  #edit(item, field, name) {
    const before = [...item.childNodes];
    const form = element("form");
    const input = element("input", undefined, { id: `edit-${field}`, type: EDITED_AS[field], required: "", value: this.#profile[field] ?? "" });
    if (input.type === "number") Object.assign(input, { min: 0, step: "any" });
    form.append(element("label", name, { for: input.id }), input, element("button", texts.save, { type: "submit", class: "primary" }));
    form.append(button(texts.cancel, () => this.#restore(item, before)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      item.replaceChildren(...before);
      this.#change({ [field]: input.type === "number" ? input.valueAsNumber : input.value.trim() });
    });
    item.replaceChildren(form);
    input.focus();
  }

  #restore(item, before) {
    item.replaceChildren(...before);
    item.querySelector("button").focus();
  }

  async #change(change) {
    await this.change(change);
    at("known-panel").querySelector("summary").focus();
  }
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
