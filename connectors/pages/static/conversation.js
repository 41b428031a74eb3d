// The live conversation shared by the chat and the kiosk. Its key is handed to `remember`; words stay in memory.
import { Agreement } from "./agreement.js";
import { follow, request } from "./api.js";
import { tellsBelow } from "./below.js";
import { opensDocuments } from "./documents.js";
import { at, button, element, texts } from "./dom.js";
import { Known } from "./known.js";
import { Outbox } from "./outbox.js";
import { PlanMail } from "./plan_mail.js";
import { Passed } from "./passed.js";
import { Satisfaction } from "./satisfaction.js";
import "./transcript.js";
import { WritingBox } from "./writing_box.js";
import { AppointmentWish } from "./wish.js";
import { WritingLine, whileWriting } from "./writing.js";

export class Conversation {
  #key = null; // {id, token}
  #stop = null;

  constructor({ channel, remember, onErased }) {
    Object.assign(this, { channel, remember, onErased });
    this.transcript = at("transcript");
    this.tellBelow = tellsBelow(this.transcript);
    this.writing = new WritingLine("counsellor-writing", texts.counsellor_writing);
    whileWriting("text", () => this.#tellWriting());
    this.known = new Known((change) => this.#correct(change));
    this.passed = new Passed({ read: () => this.#ask("GET", "/summary"), correct: (change) => this.#correct(change), add: (text) => this.#note(text) });
    this.satisfaction = new Satisfaction((opinion) => this.#ask("POST", "/satisfaction", opinion), () => this.focus());
    this.box = new WritingBox((text) => this.send({ text }, text));
    this.outbox = new Outbox({
      post: (body) => request("POST", `${this.#path}/messages`, { token: this.#key.token, body }),
      onAnswer: (messages) => this.#answered(messages),
      onGone: () => this.#end(),
      onRefused: (said) => this.box.giveBack(said.text),
      tell: (message, retry) => this.#problem(message, retry),
    });
    // A kiosk keeps nothing, and has no such boxes.
    this.agreements = at("learning") ? [this.#agreement("learning", "learning-consent", "given"), this.#agreement("mail-news", "mail-news", "wanted")] : [];
    at("human").addEventListener("click", () => this.askHuman());
    opensDocuments(this.transcript, { print: channel === "kiosk", token: () => this.#key.token, tell: (message) => this.#problem(message) });
    if (at("plan-mail-dialog")) this.#offerMore(); // a kiosk erases everything as soon as the person leaves
  }

  get #path() {
    return `/api/conversations/${this.#key.id}`;
  }

  get isOpen() {
    return this.#key !== null;
  }

  async open() {
    const { hub } = document.body.dataset;
    const { id, token } = await request("POST", "/api/conversations", { body: { channel: this.channel, ...(hub ? { hub } : {}) } });
    this.remember?.({ id, token });
    await this.resume({ id, token });
  }

  async resume(key) {
    this.#key = key;
    for (const agreement of this.agreements) agreement.forget();
    try {
      this.#show(await request("GET", this.#path, { token: key.token }), false);
    } catch (error) {
      this.#key = null;
      throw error;
    }
    at("opening").hidden = true;
    at("conversation").hidden = false;
    this.focus();
    this.#stop = new AbortController();
    follow(`${this.#path}/events`, {
      token: key.token,
      lastId: this.transcript.last,
      signal: this.#stop.signal,
      onEvent: (event) => this.#onEvent(event),
      onConnection: (up) => (up ? this.outbox.flush() : this.#problem(texts.offline)),
    });
  }

  // Where a finger writes, the keyboard on the screen would hide the conversation: it comes when they ask for it.
  focus() {
    const target = matchMedia("(pointer: coarse)").matches ? this.transcript : at("text");
    target.focus({ preventScroll: true });
  }

  askHuman() {
    this.send({ text: texts.ask_human }, texts.ask_human);
  }

  send(said, label) {
    if (!this.isOpen) return;
    this.outbox.add(said, this.transcript.pend(label));
  }

  async erase() {
    if (!this.isOpen) return;
    const { token } = this.#key;
    const path = this.#path;
    this.#end();
    await request("DELETE", path, { token, keepalive: true }).catch(() => {});
  }

  async #answered(messages) {
    if (messages.some((message) => message.id.startsWith("erased-"))) this.#end(messages.at(-1).text);
    else await this.#refresh();
  }

  #agreement(box, path, name) {
    const put = (wanted) => request("PUT", `${this.#path}/${path}`, { token: this.#key.token, body: { [name]: wanted } });
    return new Agreement(box, put, (message) => this.#problem(message));
  }

  #end(lastWords = texts.erased) {
    this.#stop?.abort();
    this.#key = null;
    this.outbox.empty();
    this.transcript.clear();
    this.writing.hide();
    this.known.clear();
    for (const id of ["plan-mail-dialog", "wish-dialog"]) at(id)?.close();
    this.passed.clear();
    this.satisfaction.clear();
    this.box.clear();
    this.#problem(null);
    this.#banner("bot");
    at("conversation").hidden = true;
    at("opening").hidden = false;
    this.onErased?.(lastWords);
  }

  async #refresh() {
    const key = this.#key;
    try {
      const state = await request("GET", this.#path, { token: key.token });
      if (this.#key === key) this.#show(state);
    } catch (error) {
      if (this.#key === key && error.status === 404) this.#end();
    }
  }

  #show(state) {
    for (const message of state.messages) this.#add(message);
    this.#banner(state.owner, state.counsellor);
    this.known.show(state.profile, state.labels);
    this.passed.show(state);
    this.satisfaction.show(state.satisfaction);
    const [learning, news] = this.agreements;
    learning?.show(state.learning_consent);
    news?.show(state.mail_news);
    if (news) at("mail-news-box").hidden = !state.profile.email;
  }

  #banner(owner, counsellor) {
    const banner = texts.owner[owner].replace("{name}", counsellor ?? "");
    at("owner").textContent = banner;
    at("owner").className = `owner ${owner}`;
    at("owner").hidden = !banner;
  }

  // Read by the counsellor who is there, and by nobody else.
  #tellWriting() {
    if (!this.#key || !at("owner").classList.contains("counsellor")) return;
    request("POST", `${this.#path}/typing`, { token: this.#key.token }).catch(() => {});
  }

  #add(message) {
    if (message.author === "counsellor") this.writing.hide();
    this.transcript.add(message, (choice) => {
      this.send({ choice: choice.id }, choice.label);
      this.focus();
    });
    this.tellBelow();
  }

  #onEvent({ event, data }) {
    if (event === "message") this.#add(JSON.parse(data));
    else if (event === "state") this.#refresh();
    else if (event === "writing") this.writing.show();
    else if (this.isOpen && !this.outbox.sending) this.#end();
  }

  async #correct(change) {
    try {
      this.#show(await request("PATCH", `${this.#path}/profile`, { token: this.#key.token, body: change }));
    } catch (error) {
      this.#problem(error.message || texts.generic_error);
    }
  }

  // What the person adds to what is passed on; whether it was kept.
  async #note(text) {
    const kept = await this.#ask("POST", "/summary/note", { text });
    if (kept) await this.#refresh();
    return kept !== null;
  }

  // The reply, or null once the problem is told.
  async #ask(method, path, body) {
    try {
      return await request(method, this.#path + path, { token: this.#key.token, body });
    } catch (error) {
      this.#problem(error.message || texts.generic_error);
      return null;
    }
  }

  #offerMore() {
    const sendTo = (path) => (body) => request("POST", `${this.#path}/${path}`, { token: this.#key.token, body });
    new AppointmentWish(sendTo("appointments"));
    const planMail = new PlanMail(sendTo("plan/mail"), () => this.#refresh());
    this.transcript.addEventListener("plan-mail", (event) => planMail.open(event.target));
  }

  #problem(message, retry) {
    const box = at("problem");
    box.hidden = !message;
    box.replaceChildren(...(message ? [element("p", message)] : []));
    if (message && retry) box.append(button(texts.retry, retry));
  }
}
