// What a counsellor writes about the open case: the answer to the person, the notes.
import { uuid } from "./api.js";
import { call, quietly } from "./desk.js";
import { at } from "./dom.js";
import { whileWriting } from "./writing.js";

const FIELDS = ["answer-text", "note"];
const sent = new Map(); // by case: the answer that may have left, so that sending it again never doubles it
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

// Adds to the answer, which is read again before it is sent.
export function insert(text) {
  const field = at("answer-text");
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.focus();
}

export function forget() {
  turnTo(null);
  drafts.clear();
  sent.clear();
}

async function send(event, field, action, onWritten) {
  event.preventDefault();
  const text = at(field).value.trim();
  const submit = event.target.querySelector("[type=submit]");
  if (!text || submit.disabled) return;
  const id = about;
  submit.disabled = true;
  const body = field === "answer-text" ? { text, client_id: clientId(id, text) } : { text };
  const done = await call("POST", `/api/cases/${id}/${action}`, body);
  submit.disabled = false;
  if (done && id === about) at(field).value = "";
  if (done) {
    drafts.delete(`${id} ${field}`);
    if (field === "answer-text") sent.delete(id);
  }
  await onWritten();
}

function clientId(id, text) {
  if (sent.get(id)?.text !== text) sent.set(id, { text, clientId: uuid() });
  return sent.get(id).clientId;
}
