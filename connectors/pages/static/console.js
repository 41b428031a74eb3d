// The counsellors' desk: session, queue, one case, live.
import { follow, request } from "./api.js";
import * as casefile from "./casefile.js";
import { at, element, texts } from "./dom.js";
import * as financing from "./financing.js";
import * as inbox from "./inbox.js";
import * as queue from "./queue.js";

const words = texts.console;
const UNDER_WAY = "open";
const REDRAW_MS = 30000; // waiting times
let me = null;
let openId = null;
let items = [];
let stop = null;
let refreshing = null;
let stale = false;

async function call(method, path, body) {
  try {
    if (method !== "GET") tell("");
    return await request(method, path, { csrf: me?.csrf, body });
  } catch (error) {
    if (error.status === 401 && me) signedOut(words.session_ended);
    else tell(error.message || texts.generic_error);
    return null;
  }
}

function tell(message) {
  if (inbox.isOpen()) {
    inbox.tell(message);
    return;
  }
  at("problem").textContent = message;
  at("problem").hidden = !message;
}

function signedOut(message = "") {
  me = null;
  openId = null;
  stop?.abort();
  queue.forget();
  casefile.forget();
  at("queue").replaceChildren();
  at("inbox").close();
  for (const id of ["desk", "who", "to-inbox", "sign-out", "new-password"]) at(id).hidden = true;
  at("sign-in").hidden = false;
  tell(message);
  at("email").focus();
}

async function enter() {
  try {
    me = await request("GET", "/api/me");
  } catch (error) {
    signedOut(error.status === 401 ? "" : error.message || texts.generic_error);
    return;
  }
  at("sign-in").hidden = true;
  at("who").textContent = me.name;
  for (const id of ["who", "sign-out"]) at(id).hidden = false;
  at("new-password").hidden = !me.must_change;
  at("to-inbox").hidden = me.must_change;
  at("desk").hidden = me.must_change;
  at(me.must_change ? "current" : "queue-title").focus();
  if (!me.must_change) live();
}

function live() {
  stop?.abort();
  stop = new AbortController();
  follow("/api/cases/events", {
    signal: stop.signal,
    onEvent: ({ event }) => (event === "gone" ? signedOut(words.session_ended) : refresh()),
    onConnection: (up) => tell(up ? "" : words.offline),
  });
}

// One refresh at a time; what changes meanwhile is read by one more.
function refresh() {
  stale = true;
  refreshing ??= (async () => {
    while (stale && me) {
      stale = false;
      await refreshOnce();
    }
    refreshing = null;
  })();
  return refreshing;
}

async function refreshOnce() {
  const replies = await Promise.all(asked().map((query) => call("GET", `/api/cases?${query}`)));
  if (!replies.every(Boolean)) return;
  items = replies.flatMap((reply) => reply.items);
  if (openId) await show(openId);
  redraw();
}

// The list to ask for, or the two whose cases are under way.
function asked() {
  const wanted = at("status").value;
  return (wanted === UNDER_WAY ? ["claimed", "pending"] : [wanted]).map((status) => {
    const query = new URLSearchParams(status ? { status } : {});
    if (at("mine").checked) query.set("mine", "true");
    return query;
  });
}

function redraw() {
  if (me) queue.draw(items, openId, open);
}

async function open(id) {
  openId = id;
  redraw();
  if (await show(id)) at("case-title").focus();
}

async function show(id) {
  const found = await call("GET", `/api/cases/${id}`);
  if (!found) return erased(id);
  if (id !== openId) return false;
  casefile.show(found);
  financing.show(id, readPlan);
  return true;
}

const readPlan = (id) => call("GET", `/api/cases/${id}/funding`);

// The person may have erased everything while the case was on screen.
function erased(id) {
  if (me && id === openId) leave();
  return false;
}

function leave() {
  openId = null;
  casefile.close();
  redraw();
}

async function act(action, body) {
  const done = await call("POST", `/api/cases/${openId}/${action}`, body);
  if (me) await (done ? refresh() : show(openId));
  return done;
}

function options(select, entries) {
  select.replaceChildren(...Object.entries(entries).map(([value, label]) => element("option", label, { value })));
}

async function writing(event, field, action) {
  event.preventDefault();
  const text = at(field).value.trim();
  const submit = event.target.querySelector("[type=submit]");
  if (!text || submit.disabled) return;
  const about = openId;
  submit.disabled = true;
  const done = await call("POST", `/api/cases/${about}/${action}`, { text });
  submit.disabled = false;
  if (done && about === openId) at(field).value = "";
  if (me) await refresh();
}

async function signIn(event) {
  event.preventDefault();
  const reply = await call("POST", "/api/session", { email: at("email").value, password: at("password").value });
  at("password").value = "";
  if (reply) await enter();
  else at("password").focus();
}

async function replacePassword(event) {
  event.preventDefault();
  try {
    await request("POST", "/api/me/password", { csrf: me.csrf, body: { current: at("current").value, new: at("new").value } });
    tell("");
    for (const id of ["current", "new"]) at(id).value = "";
    await enter();
  } catch (error) {
    tell(error.message || texts.generic_error);
  }
}

financing.prepare({
  read: readPlan,
  keep: (id, body) => call("POST", `/api/cases/${id}/funding-cases`, body),
});
inbox.prepare(call);
options(at("status"), words.status);
options(at("outcome"), words.outcomes);
at("status").addEventListener("change", refresh);
at("mine").addEventListener("change", refresh);
at("claim").addEventListener("click", async () => (await act("claim")) && at("answer-text").focus());
at("release").addEventListener("click", async () => (await act("release")) && at("case-title").focus());
at("give-back").addEventListener("click", async () => (await act("return")) && at("case-title").focus());
at("closing").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await act("close", { outcome: at("outcome").value })) at("case-title").focus();
});
at("answer").addEventListener("submit", (event) => writing(event, "answer-text", "messages"));
at("noting").addEventListener("submit", (event) => writing(event, "note", "notes"));
at("answer-text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) at("answer").requestSubmit();
});
at("to-queue").addEventListener("click", () => {
  leave();
  at("queue-title").focus();
});
at("sign-out").addEventListener("click", async () => {
  await call("DELETE", "/api/session");
  signedOut();
});
at("sign-in").addEventListener("submit", signIn);
at("new-password").addEventListener("submit", replacePassword);
setInterval(redraw, REDRAW_MS);

enter();
