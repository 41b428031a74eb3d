// One case: its summary, whose lines lead to the messages they come from, its conversation, its notes.
import * as canned from "./canned.js";
import * as composer from "./composer.js";
import { at, button, element, list, options, texts } from "./dom.js";
import * as facts from "./facts.js";
import * as financing from "./financing.js";
import * as presence from "./presence.js";
import * as propose from "./propose.js";
import { reasons, state } from "./queue.js";
import * as share from "./share.js";
import * as transfer from "./transfer.js";
import "./transcript.js";

const words = texts.console;
const HOLDERS = ["release", "give-back", "to-transfer", "closing", "answer", "known-panel"];
const ENDED = ["returned", "closed", "expired"];
let shown = null;

export function prepare() {
  options(at("outcome"), texts.outcomes);
}

export function show(found) {
  if (shown !== found.id) open(found.id);
  at("case-title").textContent = reasons(found);
  at("case-state").textContent = state(found);
  const mine = found.status === "claimed" && found.mine;
  at("claim").hidden = found.status !== "pending";
  at("reopen").hidden = !ENDED.includes(found.status);
  for (const id of HOLDERS) at(id).hidden = !mine;
  for (const tool of [propose, share, transfer]) tool.turnTo(found);
  facts.show(found);
  financing.show(found.id);
  at("summary").replaceChildren(summary(found));
  for (const [link, file] of [["summary-text", "txt"], ["summary-page", "pdf"]]) at(link).href = `/api/cases/${found.id}/summary.${file}`;
  for (const message of found.transcript) {
    if (at("transcript").add(message) && message.author === "person") presence.hasWritten();
  }
  const notes = found.notes.map((note) => `${note.author} : ${note.text}`);
  at("notes").replaceChildren(...list("ul", notes.length ? notes : [words.no_notes]).children);
}

export function close() {
  composer.turnTo(null);
  shown = null;
  at("case").hidden = true;
  at("case-none").hidden = false;
}

export function forget() {
  close();
  composer.forget();
  facts.forget();
  financing.forget();
  at("transcript").clear();
  presence.forget();
  for (const id of ["summary", "notes", "case-title", "case-state"]) at(id).replaceChildren();
}

function open(id) {
  shown = id;
  composer.turnTo(id);
  canned.turnTo(id);
  at("transcript").clear();
  at("case-none").hidden = true;
  at("case").hidden = false;
}

// What is there to say, part by part, and the details by which to reach the person last.
function summary(found) {
  const lines = element("dl");
  for (const [key, title] of Object.entries(words.summary)) {
    const items = [found.summary[key]].flat().filter(Boolean).map(evidenced);
    if (items.length) lines.append(part(key, title, items));
  }
  const contact = element("dd", Object.values(found.contact).join(" · ") || words.no_contact);
  lines.append(part("reach", words.contact, [...found.summary.reach.map(evidenced), contact]));
  return lines;
}

function part(name, title, lines) {
  const made = element("div", element("dt", title), { class: lines.length > 1 ? name : `${name} single` });
  made.append(...lines);
  return made;
}

function evidenced(item) {
  const line = element("dd", `${item.text} `);
  for (const seq of item.evidence) {
    line.append(button(String(seq), () => goTo(seq), { class: "evidence", "aria-label": `${words.go_to} ${seq}` }));
  }
  return line;
}

function goTo(seq) {
  const message = at(`message-${seq}`);
  message?.focus({ preventScroll: true });
  message?.scrollIntoView({ block: "center" });
}
