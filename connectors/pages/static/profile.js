// One's own account: name, password, sessions, second step, cases opened.
import { call, enter } from "./desk.js";
import { at, button, element, texts } from "./dom.js";
import * as openings from "./openings.js";
import * as secondStep from "./second_step.js";

const words = texts.profile;

function say(message) {
  at("news").textContent = message;
  at("news").focus();
}

async function rename(event) {
  event.preventDefault();
  const changed = await call("PATCH", "/api/me", { name: at("name").value });
  if (!changed) return;
  at("who").textContent = changed.name;
  say(words.saved);
}

async function changePassword(event) {
  event.preventDefault();
  if (!(await call("POST", "/api/me/password", { current: at("current").value, new: at("new").value }))) return;
  event.target.reset();
  await showSessions();
  say(words.changed);
}

async function showSessions() {
  const found = await call("GET", "/api/me/sessions");
  if (!found) return;
  at("sessions").replaceChildren(...found.items.map(sessionItem));
  at("end-others").hidden = found.items.length < 2;
}

function sessionItem(item) {
  const name = item.device || words.unknown_device;
  const made = element("li", element("p", element("strong", item.current ? `${words.here} · ${name}` : name)));
  made.append(element("p", `${words.opened} ${moment(item.created_at)}, ${words.seen} ${moment(item.last_seen_at)}`, { class: "soft" }));
  if (!item.current) {
    const end = () => ending(`/api/me/sessions/${item.id}`, words.ended);
    made.append(button(words.end, end, { "aria-label": `${words.end} : ${name}, ${moment(item.created_at)}` }));
  }
  return made;
}

async function ending(path, said) {
  if (!(await call("DELETE", path))) return;
  await showSessions();
  say(said);
}

const moment = (iso) => new Date(iso).toLocaleString("fr-FR", { dateStyle: "short", timeStyle: "short" });

const me = await enter();
if (me) {
  at("account").textContent = `${me.email} · ${texts.roles[me.role]}`;
  at("name").value = me.name;
  at("identity").addEventListener("submit", rename);
  at("password").addEventListener("submit", changePassword);
  at("end-others").addEventListener("click", () => ending("/api/me/sessions", words.others_ended));
  at("profile").hidden = false;
  secondStep.prepare(me, { say, changed: showSessions });
  if (!me.must_enrol) await Promise.all([showSessions(), openings.show("/api/me/case-openings")]);
}
