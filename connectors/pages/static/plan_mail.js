// The dialog by which the action plan is sent by e-mail.
import { at, texts } from "./dom.js";

export class PlanMail {
  #asked = null; // the button that opened the dialog

  // `send` posts {email, consent}; `onKept` hears that the address is kept.
  constructor(send, onKept) {
    at("plan-mail-form").addEventListener("submit", (event) => this.#submit(event, send, onKept));
    at("plan-mail-no").addEventListener("click", () => at("plan-mail-dialog").close());
    at("plan-mail-dialog").addEventListener("close", () => this.#closed());
  }

  open(asked) {
    this.#asked = asked;
    this.#say("");
    at("plan-mail-sent").textContent = "";
    at("plan-mail-dialog").showModal();
  }

  async #submit(event, send, onKept) {
    event.preventDefault();
    this.#say("");
    at("plan-mail-yes").disabled = true;
    try {
      const { kept } = await send({ email: at("plan-mail-address").value.trim(), consent: at("plan-mail-keep").checked });
      if (kept) onKept();
      at("plan-mail-sent").textContent = texts.plan_mail.sent;
      at("plan-mail-address").value = "";
      at("plan-mail-no").focus();
    } catch (error) {
      this.#say(error.message || texts.generic_error);
      at("plan-mail-address").focus();
    } finally {
      at("plan-mail-yes").disabled = false;
    }
  }

  #say(problem) {
    at("plan-mail-problem").textContent = problem;
    at("plan-mail-problem").hidden = !problem;
    if (problem) at("plan-mail-address").setAttribute("aria-invalid", "true");
    else at("plan-mail-address").removeAttribute("aria-invalid");
  }

  // The address does not stay on the screen.
  #closed() {
    at("plan-mail-form").reset();
    if (this.#asked?.isConnected) this.#asked.focus();
  }
}
