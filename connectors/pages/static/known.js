// «Ce que j'ai compris»: what is known of the person, which they can correct and take out.
import { at } from "./dom.js";
import { facts } from "./known_facts.js";

export class Known {
  #shown = "";

  constructor(change) {
    this.change = change; // async ({field: value | null}) => void
  }

  show(profile, labels) {
    const now = JSON.stringify(labels);
    if (now === this.#shown || at("known").querySelector("form")) return;
    this.#shown = now;
    const fields = Object.keys(labels);
    at("known-empty").hidden = fields.length > 0;
    at("known-help").hidden = fields.length === 0;
    const change = async (changes) => {
      await this.change(changes);
      at("known-panel").querySelector("summary").focus();
    };
    at("known").replaceChildren(...facts("known", fields, { profile, labels }, change));
  }

  clear() {
    at("known").replaceChildren();
    this.show({}, {});
  }
}
