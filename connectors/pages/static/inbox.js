// Messages that may have been misread: a counsellor says in two clicks what the person wanted.
import { call, tell } from "./desk.js";
import { at, button, element, texts } from "./dom.js";

const words = texts.console.inbox;
let intents = [];

export function prepare() {
  at("to-inbox").addEventListener("click", open);
  at("inbox-close").addEventListener("click", () => at("inbox").close());
  at("inbox").addEventListener("close", () => at("to-inbox").focus());
}

async function open() {
  at("inbox-news").textContent = "";
  at("inbox").showModal();
  tell("");
  at("inbox-title").focus();
  const found = await call("GET", "/api/learning/messages");
  if (!found) return;
  intents = found.intents;
  at("inbox-items").replaceChildren(...found.items.map(item));
  if (!found.items.length) at("inbox-news").textContent = words.empty;
}

function item(message) {
  const box = element("li");
  box.append(...asking(box, message));
  return box;
}

function asking(box, message) {
  const field = element("textarea", undefined, { id: `text-${message.id}`, rows: "2", maxlength: "4000" });
  field.value = message.text;
  const choice = element("select", undefined, { id: `meaning-${message.id}` });
  choice.append(element("option", words.choose, { value: "" }), ...intents.map((name) => element("option", named(name), { value: name })));
  const label = (intent) => settle(box, message, intent, field.value.trim());
  const guesses = element("p", undefined, { class: "row" });
  guesses.append(...message.guesses.map((intent) => button(named(intent), () => label(intent))));
  const others = element("p", undefined, { class: "row" });
  others.append(choice, button(words.label, () => (choice.value ? label(choice.value) : choice.focus())));
  others.append(button(words.leave_out, () => leaveOut(box, message), { class: "quiet" }));
  const name = element("label", words.text, { for: field.id });
  const meaning = element("label", words.meaning, { for: choice.id });
  return [element("p", words.reasons[message.reason], { class: "soft" }), name, field, meaning, guesses, others];
}

async function settle(box, message, intent, text) {
  const path = `/api/learning/messages/${message.id}/label`;
  const done = await call("POST", path, { intent, ...(text ? { text } : {}) });
  if (!done) return;
  const again = button(words.change, () => {
    box.replaceChildren(...asking(box, { ...message, ...done }));
    box.querySelector("textarea").focus();
  });
  box.replaceChildren(element("p", `${words.labelled} ${named(intent)}`), element("p", done.text, { class: "soft" }), again);
  again.focus();
}

async function leaveOut(box, message) {
  const done = await call("DELETE", `/api/learning/messages/${message.id}`);
  if (done === null) return;
  box.replaceChildren(element("p", words.left_out, { class: "soft", tabindex: "-1" }));
  box.firstChild.focus();
}

const named = (intent) => words.intents[intent] ?? intent;
