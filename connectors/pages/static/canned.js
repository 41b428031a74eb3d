// Replies kept ready by the hub: counsellors insert them and may change them before sending, managers write them.
import { call } from "./desk.js";
import { at, options, texts } from "./dom.js";
import { dialog } from "./tools.js";

const words = texts.console;
const MANAGERS = ["manager", "administrator"];
let about = null;
let ready = []; // filled in for the open case
let kept = []; // as they are written
let mayWriteForAll = false;

// `onInsert(text)` when a reply is chosen.
export function prepare({ onInsert }) {
  at("insert").addEventListener("click", () => {
    const chosen = ready.find((reply) => reply.id === at("canned").value);
    if (chosen) onInsert(chosen.text);
    else at("canned").focus();
  });
  dialog("canned-box", "to-canned", manage);
  at("canned-which").addEventListener("change", edit);
  at("canned-form").addEventListener("submit", save);
  at("canned-remove").addEventListener("click", remove);
}

export function allow({ role, hubs }) {
  at("to-canned").hidden = !MANAGERS.includes(role);
  mayWriteForAll = hubs.includes("*");
  const mine = Object.entries(texts.hubs).filter(([id]) => mayWriteForAll || hubs.includes(id));
  options(at("canned-hub"), { ...(mayWriteForAll ? { "": words.all_hubs } : {}), ...Object.fromEntries(mine) });
}

export async function turnTo(id) {
  about = id;
  const found = await call("GET", `/api/cases/${id}/canned`);
  ready = found?.items ?? [];
  const titles = Object.fromEntries(ready.map((reply) => [reply.id, reply.title]));
  options(at("canned"), { "": ready.length ? words.choose : words.no_canned, ...titles });
}

async function manage() {
  at("canned-news").textContent = "";
  at("canned-which").value = "";
  edit(); // before the list is there: what is written meanwhile stays
  await read("");
}

async function read(chosen) {
  const found = await call("GET", "/api/canned");
  kept = (found?.items ?? []).filter((reply) => reply.hub || mayWriteForAll);
  options(at("canned-which"), { "": words.new_canned, ...Object.fromEntries(kept.map((reply) => [reply.id, reply.title])) });
  at("canned-which").value = chosen;
}

function edit() {
  const reply = kept.find(({ id }) => id === at("canned-which").value);
  at("canned-name").value = reply?.title ?? "";
  at("canned-text").value = reply?.text ?? "";
  if (reply) at("canned-hub").value = reply.hub ?? "";
  at("canned-hub").disabled = Boolean(reply);
  at("canned-remove").hidden = !reply;
}

async function save(event) {
  event.preventDefault();
  const id = at("canned-which").value;
  const body = { title: at("canned-name").value, text: at("canned-text").value, hub: at("canned-hub").value || null };
  const done = await (id ? call("PUT", `/api/canned/${id}`, body) : call("POST", "/api/canned", body));
  if (done) await settled(words.saved, done.id);
}

async function remove() {
  if (await call("DELETE", `/api/canned/${at("canned-which").value}`)) await settled(words.removed, "");
}

async function settled(said, chosen) {
  await Promise.all([read(chosen), turnTo(about)]);
  edit();
  at("canned-news").textContent = said;
  at("canned-which").focus();
}
