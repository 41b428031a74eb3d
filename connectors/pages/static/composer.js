// What a counsellor writes about the open case: the answer to the person, the notes.
import { call, quietly } from "./desk.js";
import { at } from "./dom.js";
import { whileWriting } from "./writing.js";

const FIELDS = ["answer-text", "note"];
const drafts = new Map(); // by case: what is being written, so that it is never sent to somebody else
let about = null;

// `onWritten` is called once something was sent, or refused.
export function prepare({ onWritten }) {
  at("answer").addEventListener("submit", (event) => send(event, "answer-text", "messages", onWritten));
  at("noting").addEventListener("submit", (event) => send(event, "note", "notes", onWritten));
  whileWriting("answer-text", () => quietly("POST", `/api/cases/${about}/typing`));
  at("answer-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) at("answer").requestSubmit();
  });
}

// Goes on with what was being written about a case; null for none.
export function turnTo(id) {
  for (const field of FIELDS) {
    if (about) drafts.set(`${about} ${field}`, at(field).value);
    at(field).value = drafts.get(`${id} ${field}`) ?? "";
  }
  about = id;
}

export function forget() {
  turnTo(null);
  drafts.clear();
}

async function send(event, field, action, onWritten) {
  event.preventDefault();
  const text = at(field).value.trim();
  const submit = event.target.querySelector("[type=submit]");
  if (!text || submit.disabled) return;
  const id = about;
  submit.disabled = true;
  const done = await call("POST", `/api/cases/${id}/${action}`, { text });
  submit.disabled = false;
  if (done && id === about) at(field).value = "";
  if (done) drafts.delete(`${id} ${field}`);
  await onWritten();
}
