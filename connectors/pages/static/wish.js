// The dialog by which the person says how and when an appointment would suit them.
import { at, texts } from "./dom.js";

const SLOTS = [1, 2];

export class AppointmentWish {
  // `send` posts {mode, slots}.
  constructor(send) {
    at("appointment").addEventListener("click", () => this.#open());
    at("wish-form").addEventListener("submit", (event) => this.#submit(event, send));
    at("wish-no").addEventListener("click", () => at("wish-dialog").close());
    at("wish-dialog").addEventListener("close", () => at("wish-form").reset());
  }

  #open() {
    this.#say("");
    const today = new Date().toLocaleDateString("sv-SE"); // the ISO form of the local day
    for (const number of SLOTS) at(`wish-day-${number}`).min = today;
    at("wish-dialog").showModal();
  }

  async #submit(event, send) {
    event.preventDefault();
    this.#say("");
    at("wish-yes").disabled = true;
    try {
      await send({ mode: at("wish-form").elements["wish-mode"].value, slots: this.#slots() });
      at("wish-dialog").close();
    } catch (error) {
      this.#say(error.message || texts.generic_error);
    } finally {
      at("wish-yes").disabled = false;
    }
  }

  #slots() {
    const days = SLOTS.filter((number) => at(`wish-day-${number}`).value);
    return days.map((number) => ({ day: at(`wish-day-${number}`).value, part: at(`wish-part-${number}`).value }));
  }

  #say(problem) {
    at("wish-problem").textContent = problem;
    at("wish-problem").hidden = !problem;
  }
}
