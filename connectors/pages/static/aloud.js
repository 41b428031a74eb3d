// Reading the messages aloud with a voice of this machine: nothing is sent anywhere. No button where there is none.
import { at, texts } from "./dom.js";

const LANGUAGE = "fr";
const READERS = ["bot", "counsellor", "system"];

export class Aloud {
  #latest = []; // what was said since the person last spoke
  #on = false;

  constructor(transcript) {
    transcript.addEventListener("added", ({ detail }) => this.#hear(detail));
    at("aloud").addEventListener("click", () => (this.#on ? this.stop() : this.#start()));
    globalThis.speechSynthesis?.addEventListener("voiceschanged", () => this.#offer());
    addEventListener("pagehide", () => this.stop());
    this.#offer();
  }

  // The conversation is over.
  forget() {
    this.#latest = [];
    this.stop();
  }

  stop() {
    globalThis.speechSynthesis?.cancel();
    this.#show(false);
  }

  #start() {
    this.#show(true);
    this.#latest.forEach((message) => this.#say(message));
  }

  #hear(message) {
    if (!READERS.includes(message.author)) {
      this.#latest = [];
      globalThis.speechSynthesis?.cancel();
      return;
    }
    this.#latest.push(message);
    if (this.#on) this.#say(message);
  }

  // A sentence at a time: browsers cut long ones.
  #say({ text, payload }) {
    const lines = text.split("\n").filter((line) => line.trim() && !line.startsWith(texts.source));
    const choices = (payload?.choices ?? []).map((choice) => choice.label);
    if (choices.length) lines.push(`${texts.aloud.choices} ${choices.join(", ")}.`);
    for (const line of lines) {
      const spoken = new SpeechSynthesisUtterance(line.replace(/^[•-]\s*/, ""));
      Object.assign(spoken, { lang: "fr-FR", voice: voice() });
      speechSynthesis.speak(spoken);
    }
  }

  #offer() {
    at("aloud").hidden = !voice();
  }

  #show(on) {
    this.#on = on;
    at("aloud").textContent = on ? texts.aloud.stop : texts.aloud.start;
  }
}

function voice() {
  const own = globalThis.speechSynthesis?.getVoices().filter(({ lang, localService }) => localService && lang.startsWith(LANGUAGE)) ?? [];
  return own.find(({ lang }) => lang.replace("_", "-") === "fr-FR") ?? own[0] ?? null;
}
