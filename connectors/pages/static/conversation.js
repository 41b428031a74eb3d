// The live conversation shared by the chat and the kiosk.
import { ApiError, follow, request, texts } from "./api.js";
import { element } from "./transcript.js";

const MAX = 4000;
const at = (id) => document.getElementById(id);

export class Conversation {
  #key = null; // {id, token}
  #stop = null;
  #busy = false;
  #waiting = null; // a post that failed, kept with its client id so that sending it again is never double

  constructor({ channel, hub, remember, onErased, onActivity }) {
    Object.assign(this, { channel, hub, remember, onErased, onActivity });
    this.transcript = at("transcript");
    at("composer").addEventListener("submit", (event) => this.#submit(event));
    at("text").addEventListener("keydown", (event) => this.#enter(event));
    at("text").addEventListener("input", () => this.#count());
    at("human").addEventListener("click", () => this.send({ text: texts.ask_human }));
  }

  get path() {
    return `/api/conversations/${this.#key.id}`;
  }

  get isOpen() {
    return this.#key !== null;
  }

  async open() {
    const opened = await request("POST", "/api/conversations", { body: { channel: this.channel, ...(this.hub ? { hub: this.hub } : {}) } });
    this.remember?.({ id: opened.id, token: opened.token });
    await this.resume({ id: opened.id, token: opened.token });
  }

  async resume(key) {
    this.#key = key;
    try {
      const state = await request("GET", this.path, { token: key.token });
      this.#show(state);
    } catch (error) {
      this.#key = null;
      throw error;
    }
    at("opening").hidden = true;
    at("conversation").hidden = false;
    at("chat-title").hidden = false;
    at("text").focus();
    this.#stop = new AbortController();
    follow(`${this.path}/events`, {
      token: key.token,
      lastId: this.transcript.last,
      signal: this.#stop.signal,
      onEvent: (event) => this.#onEvent(event),
      onConnection: (up) => this.#problem(up ? null : texts.offline),
    });
  }

  async send(said, clientId = crypto.randomUUID()) {
    if (this.#busy || !this.isOpen) return;
    this.#busy = true;
    this.#problem(null);
    at("thinking").textContent = texts.thinking;
    at("thinking").hidden = false;
    try {
      await request("POST", `${this.path}/messages`, { token: this.#key.token, body: { client_id: clientId, ...said } });
      this.#waiting = null;
      if (said.text === at("text").value.trim()) at("text").value = "";
      this.#count();
      await this.#refresh();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return this.#end();
      this.#waiting = { said, clientId };
      this.#problem(error.message || texts.offline, () => this.send(this.#waiting.said, this.#waiting.clientId));
    } finally {
      this.#busy = false;
      at("thinking").hidden = true;
    }
  }

  async erase() {
    if (!this.isOpen) return;
    const { path } = this;
    const { token } = this.#key;
    this.#end();
    await request("DELETE", path, { token }).catch(() => {});
  }

  #end() {
    this.#stop?.abort();
    this.#key = null;
    this.transcript.clear();
    at("known").replaceChildren();
    at("text").value = "";
    this.#problem(null);
    at("owner").hidden = true;
    at("conversation").hidden = true;
    at("chat-title").hidden = true;
    at("opening").hidden = false;
    this.onErased?.();
  }

  async #refresh() {
    if (!this.isOpen) return;
    try {
      this.#show(await request("GET", this.path, { token: this.#key.token }));
    } catch (error) {
      if (error.status === 404) this.#end();
    }
  }

  #show(state) {
    for (const message of state.messages) this.#add(message);
    const banner = texts.owner[state.owner];
    at("owner").textContent = banner;
    at("owner").hidden = !banner;
    this.#known(state.labels);
  }

  #add(message) {
    this.transcript.add(message, (choice) => this.send({ choice: choice.id }));
  }

  #onEvent({ event, data }) {
    if (event === "message") {
      this.#add(JSON.parse(data));
      this.onActivity?.();
    } else if (event === "state") this.#refresh();
    else if (this.isOpen) this.#end();
  }

  #known(labels) {
    const items = Object.entries(labels).filter(([field]) => texts.fields[field]);
    at("known-empty").hidden = items.length > 0;
    at("known").replaceChildren(
      ...items.map(([field, label]) => {
        const button = element("button", texts.remove, { type: "button", class: "quiet" });
        button.setAttribute("aria-label", `${texts.remove} : ${texts.fields[field]}`);
        button.addEventListener("click", () => this.#forget(field));
        const item = element("li", `${texts.fields[field]} : ${label} `);
        item.append(button);
        return item;
      }),
    );
  }

  async #forget(field) {
    try {
      this.#show(await request("PATCH", `${this.path}/profile`, { token: this.#key.token, body: { [field]: null } }));
    } catch (error) {
      this.#problem(error.message || texts.generic_error);
    }
  }

  #submit(event) {
    event.preventDefault();
    const text = at("text").value.trim();
    if (text) this.send({ text });
    at("text").focus();
  }

  #enter(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      at("composer").requestSubmit();
    }
  }

  #count() {
    const left = MAX - at("text").value.length;
    at("left").textContent = left < 500 ? `${left} ${texts.left}.` : "";
  }

  #problem(message, retry) {
    const box = at("problem");
    box.hidden = !message;
    box.replaceChildren(...(message ? [element("p", message)] : []));
    if (message && retry) {
      const button = element("button", texts.retry, { type: "button" });
      button.addEventListener("click", retry);
      box.append(button);
    }
  }
}

export async function begin(conversation) {
  const box = at("opening-problem");
  box.hidden = true;
  at("start").disabled = true;
  try {
    await conversation.open();
  } catch (error) {
    box.textContent = error.message || texts.offline;
    box.hidden = false;
  } finally {
    at("start").disabled = false;
  }
}
