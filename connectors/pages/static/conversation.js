// The live conversation shared by the chat and the kiosk. Its key is handed to `remember`; words stay in memory.
import { download, follow, request, uuid } from "./api.js";
import { at, button, element, texts } from "./dom.js";
import { Known } from "./known.js";
import { PlanMail } from "./plan_mail.js";
import { Passed } from "./passed.js";
import { Satisfaction } from "./satisfaction.js";
import "./transcript.js";
import { AppointmentWish } from "./wish.js";
import { WritingLine, whileWriting } from "./writing.js";

const MAX = 4000;
const TOLD_FROM = 500;

export class Conversation {
  #key = null; // {id, token}
  #stop = null;
  #outbox = []; // {said, clientId, shown}: sent in order, kept with its client id so that sending again never doubles
  #sending = false;
  #touched = new Set(); // boxes the person touched: what was read before no longer says how they stand

  constructor({ channel, remember, onErased }) {
    Object.assign(this, { channel, remember, onErased });
    this.transcript = at("transcript");
    this.writing = new WritingLine("counsellor-writing", texts.counsellor_writing);
    whileWriting("text", () => this.#tellWriting());
    this.known = new Known((change) => this.#correct(change));
    this.passed = new Passed({ read: () => this.#ask("GET", "/summary"), correct: (change) => this.#correct(change), add: (text) => this.#note(text) });
    this.satisfaction = new Satisfaction((opinion) => this.#ask("POST", "/satisfaction", opinion), () => this.focus());
    at("composer").addEventListener("submit", (event) => this.#submit(event));
    at("text").addEventListener("keydown", (event) => this.#enter(event));
    at("text").addEventListener("input", () => this.#count());
    // A kiosk keeps nothing, and has no such boxes.
    at("learning")?.addEventListener("change", () => this.#agree("learning", "learning-consent", "given"));
    at("mail-news")?.addEventListener("change", () => this.#agree("mail-news", "mail-news", "wanted"));
    at("human").addEventListener("click", () => this.askHuman());
    at("below").addEventListener("click", () => this.transcript.scrollBy({ top: this.transcript.clientHeight * 0.8 }));
    this.transcript.addEventListener("document", (event) => this.#document(event.detail, event.target));
    if (at("plan-mail-dialog")) this.#offerMore(); // a kiosk erases everything as soon as the person leaves
    this.transcript.addEventListener("scroll", () => this.#below(), { passive: true });
    new ResizeObserver(() => this.#below()).observe(this.transcript);
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
    this.#touched.clear();
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
      onConnection: (up) => (up ? this.#flush() : this.#problem(texts.offline)),
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
    this.#outbox.push({ said, clientId: uuid(), shown: this.transcript.pend(label) });
    this.#flush();
  }

  async erase() {
    if (!this.isOpen) return;
    const { token } = this.#key;
    const path = this.#path;
    this.#end();
    await request("DELETE", path, { token, keepalive: true }).catch(() => {});
  }

  async #flush() {
    this.#problem(null);
    if (this.#sending) return;
    this.#sending = true;
    at("thinking").textContent = this.#outbox.length ? texts.thinking : "";
    try {
      while (this.#outbox.length && (await this.#post(this.#outbox[0]))) this.#outbox.shift();
    } finally {
      this.#sending = false;
      at("thinking").textContent = "";
    }
  }

  // Whether the message is done with: answered, or refused for good.
  async #post({ said, clientId, shown }) {
    const key = this.#key;
    try {
      const { messages } = await request("POST", `${this.#path}/messages`, { token: key.token, body: { client_id: clientId, ...said } });
      if (this.#key !== key) return false;
      if (messages.some((message) => message.id.startsWith("erased-"))) this.#end(messages.at(-1).text);
      else await this.#refresh();
      shown.remove();
      return this.isOpen;
    } catch (error) {
      if (this.#key !== key) return false;
      if (error.status === 404) this.#end();
      else if (error.passing) this.#keep(shown, error);
      else this.#giveBack(said, shown, error);
      return this.isOpen && !error.passing;
    }
  }

  #keep(shown, error) {
    shown.classList.add("failed");
    if (!shown.querySelector(".unsent")) shown.append(element("p", texts.not_sent, { class: "unsent" }));
    this.#problem(error.message || texts.offline, () => this.#flush());
  }

  #giveBack(said, shown, error) {
    shown.remove();
    if (said.text && !at("text").value) at("text").value = said.text;
    this.#problem(error.message || texts.generic_error);
  }

  #end(lastWords = texts.erased) {
    this.#stop?.abort();
    this.#key = null;
    this.#outbox = [];
    this.transcript.clear();
    this.writing.hide();
    this.known.clear();
    for (const id of ["plan-mail-dialog", "wish-dialog"]) at(id)?.close();
    this.passed.clear();
    this.satisfaction.clear();
    at("text").value = "";
    this.#count();
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
    if (!at("learning")) return;
    if (!this.#touched.has("learning")) at("learning").checked = state.learning_consent;
    if (!this.#touched.has("mail-news")) at("mail-news").checked = state.mail_news;
    at("mail-news-box").hidden = !state.profile.email;
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
    this.#below();
  }

  // Tells that there is more to read further down.
  #below() {
    const { scrollHeight, scrollTop, clientHeight } = this.transcript;
    at("below").hidden = scrollHeight - scrollTop - clientHeight < 60;
  }

  #onEvent({ event, data }) {
    if (event === "message") this.#add(JSON.parse(data));
    else if (event === "state") this.#refresh();
    else if (event === "writing") this.writing.show();
    else if (this.isOpen && !this.#sending) this.#end();
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

  // On the web site the file is saved, at the kiosk it is printed.
  async #document({ url }, asked) {
    asked.disabled = true;
    try {
      const address = URL.createObjectURL(await download(url, this.#key.token));
      if (this.channel === "kiosk") print(address);
      else save(address, url.split("/").at(-1));
    } catch (error) {
      this.#problem(error.message || texts.generic_error);
    } finally {
      asked.disabled = false;
      asked.focus();
    }
  }

  #offerMore() {
    const sendTo = (path) => (body) => request("POST", `${this.#path}/${path}`, { token: this.#key.token, body });
    new AppointmentWish(sendTo("appointments"));
    const planMail = new PlanMail(sendTo("plan/mail"), () => this.#refresh());
    this.transcript.addEventListener("plan-mail", (event) => planMail.open(event.target));
  }

  async #agree(box, path, name) {
    this.#touched.add(box);
    const { checked } = at(box);
    try {
      await request("PUT", `${this.#path}/${path}`, { token: this.#key.token, body: { [name]: checked } });
    } catch (error) {
      at(box).checked = !checked;
      this.#problem(error.message || texts.generic_error);
    }
  }

  #submit(event) {
    event.preventDefault();
    const text = at("text").value.trim();
    at("text").focus();
    if (!text) return;
    at("text").value = "";
    this.#count();
    this.send({ text }, text);
  }

  #enter(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      at("composer").requestSubmit();
    }
  }

  #count() {
    const left = MAX - at("text").value.length;
    at("left").textContent = left < TOLD_FROM ? `${left} ${texts.left}.` : "";
    at("text").rows = Math.min(6, at("text").value.split("\n").length + Math.floor(at("text").value.length / 70));
  }

  #problem(message, retry) {
    const box = at("problem");
    box.hidden = !message;
    box.replaceChildren(...(message ? [element("p", message)] : []));
    if (message && retry) box.append(button(texts.retry, retry));
  }
}

function save(address, name) {
  const link = element("a", undefined, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function print(address) {
  document.getElementById("printing")?.remove();
  const frame = element("iframe", undefined, { id: "printing", src: address, hidden: "", title: texts.printing });
  frame.addEventListener("load", () => frame.contentWindow.print());
  document.body.append(frame);
}

export async function begin(conversation) {
  const box = at("opening-problem");
  box.hidden = true;
  at("start").disabled = true;
  try {
    await conversation.open();
  } catch (error) {
    box.textContent = error.message || texts.generic_error;
    box.hidden = false;
  } finally {
    at("start").disabled = false;
  }
}
