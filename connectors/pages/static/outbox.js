// What the person says, sent in order and one at a time; kept with its client id, so that sending again never doubles it.
import { uuid } from "./api.js";
import { at, element, texts } from "./dom.js";

export class Outbox {
  #waiting = []; // {said, clientId, shown}
  sending = false;

  // `post`: async (body) => {messages}; `onAnswer`: async (messages); `onGone`: the conversation is erased; `onRefused`
  // hears what was refused for good; `tell(message, retry)` shows a problem, or none.
  constructor({ post, onAnswer, onGone, onRefused, tell }) {
    Object.assign(this, { post, onAnswer, onGone, onRefused, tell });
  }

  // `shown`: the message as it stands on the screen until it is kept.
  add(said, shown) {
    this.#waiting.push({ said, clientId: uuid(), shown });
    this.flush();
  }

  // The conversation is over: nothing of it is sent any more, and answers on their way are not heard.
  empty() {
    this.#waiting = [];
  }

  async flush() {
    this.tell(null);
    if (this.sending) return;
    this.sending = true;
    at("thinking").textContent = this.#waiting.length ? texts.thinking : "";
    try {
      while (this.#waiting.length && (await this.#send(this.#waiting))) this.#waiting.shift();
    } finally {
      this.sending = false;
      at("thinking").textContent = "";
    }
  }

  // Whether the first message is done with: answered, or refused for good.
  async #send(waiting) {
    const [{ said, clientId, shown }] = waiting;
    try {
      const { messages } = await this.post({ client_id: clientId, ...said });
      if (this.#waiting !== waiting) return false;
      await this.onAnswer(messages);
      shown.remove();
      return this.#waiting === waiting;
    } catch (error) {
      if (this.#waiting !== waiting) return false;
      if (error.status === 404) this.onGone();
      else if (error.passing) this.#keep(shown, error);
      else this.#refuse(said, shown, error);
      return this.#waiting === waiting && !error.passing;
    }
  }

  #keep(shown, error) {
    shown.classList.add("failed");
    if (!shown.querySelector(".unsent")) shown.append(element("p", texts.not_sent, { class: "unsent" }));
    this.tell(error.message || texts.offline, () => this.flush());
  }

  #refuse(said, shown, error) {
    shown.remove();
    this.onRefused(said);
    this.tell(error.message || texts.generic_error);
  }
}
