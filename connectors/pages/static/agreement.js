// A box by which the person agrees to something, kept as soon as they touch it.
import { at, texts } from "./dom.js";

export class Agreement {
  #touched = false; // what was read before no longer says how the box stands

  // `put`: async (whether it is wanted); `tell` says what went wrong.
  constructor(box, put, tell) {
    Object.assign(this, { box, put, tell });
    at(box).addEventListener("change", () => this.#keep());
  }

  show(wanted) {
    if (!this.#touched) at(this.box).checked = wanted;
  }

  forget() {
    this.#touched = false;
  }

  async #keep() {
    this.#touched = true;
    const { checked } = at(this.box);
    try {
      await this.put(checked);
    } catch (error) {
      at(this.box).checked = !checked;
      this.tell(error.message || texts.generic_error);
    }
  }
}
