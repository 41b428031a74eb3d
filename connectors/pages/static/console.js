// The counsellors' desk: queue, one case, live answers.
import { follow, request, texts } from "./api.js";
import { element } from "./transcript.js";

const at = (id) => document.getElementById(id);
const words = texts.console;
let me = null;
let open = null; // the case shown
let known = new Set();
let stop = null;

async function call(method, path, body) {
  try {
    at("problem").hidden = true;
    return await request(method, path, { csrf: me?.csrf, body });
  } catch (error) {
    if (error.status === 401 && me) signedOut(words.session_ended);
    else tell(error.message || texts.generic_error);
    return null;
  }
}

function tell(message) {
  at("problem").textContent = message;
  at("problem").hidden = !message;
}

function signedOut(message = "") {
  me = null;
  open = null;
  stop?.abort();
  for (const id of ["desk", "who", "sign-out", "new-password"]) at(id).hidden = true;
  at("sign-in").hidden = false;
  tell(message);
  at("email").focus();
}

async function enter() {
  try {
    me = await request("GET", "/api/me");
  } catch {
    signedOut();
    return;
  }
  at("sign-in").hidden = true;
  at("who").textContent = me.name;
  for (const id of ["who", "sign-out"]) at(id).hidden = false;
  at("new-password").hidden = !me.must_change;
  at("desk").hidden = me.must_change;
  if (me.must_change) at("current").focus();
  else live();
}

function live() {
  stop?.abort();
  stop = new AbortController();
  follow("/api/cases/events", {
    signal: stop.signal,
    onEvent: ({ event }) => (event === "gone" ? signedOut(words.session_ended) : refresh()),
    onConnection: (up) => tell(up ? "" : texts.offline),
  });
}

async function refresh() {
  const query = new URLSearchParams();
  if (at("status").value) query.set("status", at("status").value);
  if (at("mine").checked) query.set("mine", "true");
  const reply = await call("GET", `/api/cases?${query}`);
  if (!reply) return;
  drawQueue(reply.items);
  if (open) await show(open.id, false);
}

function drawQueue(items) {
  const fresh = items.filter((item) => !known.has(item.id) && item.status === "pending");
  if (known.size && fresh.length) at("queue-news").textContent = `${words.new_case} : ${reasons(fresh[0])}`;
  known = new Set([...known, ...items.map((item) => item.id), ""]);
  const focused = document.activeElement?.dataset?.case;
  at("queue").replaceChildren(...items.map(queueItem));
  if (focused) at("queue").querySelector(`[data-case="${focused}"]`)?.focus();
  at("queue-empty").textContent = words.empty;
  at("queue-empty").hidden = items.length > 0;
  const waiting = items.filter((item) => item.status === "pending").length;
  document.title = `${waiting ? `(${waiting}) ` : ""}${document.title.replace(/^\(\d+\) /, "")}`;
}

const reasons = (item) => item.reasons.map((reason) => words.reasons[reason] ?? reason).join(", ");

function since(iso) {
  const minutes = Math.max(0, Math.round((Date.now() - new Date(iso)) / 60000));
  return minutes < 60 ? `${minutes} ${words.minutes}` : `${Math.round(minutes / 60)} ${words.hours}`;
}

function holder(item) {
  if (item.mine) return words.by_me;
  return item.claimed_by ? `${words.held_by} ${item.claimed_by}` : `${words.waiting} ${since(item.opened_at)}`;
}

function queueItem(item) {
  const button = element("button", undefined, { type: "button", "data-case": item.id, class: item.priority === 0 ? "urgent" : "" });
  if (open?.id === item.id) button.setAttribute("aria-current", "true");
  button.append(element("strong", reasons(item)));
  button.append(element("span", item.summary.request?.text ?? "", { class: "request" }));
  const state = item.status === "pending" || item.status === "claimed" ? holder(item) : words.status[item.status];
  button.append(element("span", [item.hub, state].filter(Boolean).join(" · "), { class: "card-facts" }));
  button.addEventListener("click", () => show(item.id, true));
  return element("li", button);
}

async function show(id, focus) {
  const found = await call("GET", `/api/cases/${id}`);
  if (!found) return;
  const same = open?.id === id;
  open = found;
  at("case-none").hidden = true;
  at("case").hidden = false;
  at("case-reasons").textContent = [reasons(found), found.status === "claimed" ? holder(found) : words.status[found.status]].join(" · ");
  const mine = found.status === "claimed" && found.mine;
  at("claim").hidden = found.status !== "pending";
  for (const action of ["release", "give-back", "closing", "answer"]) at(action).hidden = !mine;
  drawSummary(found);
  if (!same) at("transcript").clear();
  for (const message of found.transcript) at("transcript").add(message);
  at("notes").replaceChildren(...found.notes.map((note) => element("li", `${note.author} : ${note.text}`)));
  for (const button of at("queue").querySelectorAll("button")) button.toggleAttribute("aria-current", button.dataset.case === id);
  if (focus) at("case-title").focus();
}

function drawSummary(found) {
  const { summary } = found;
  const groups = [
    ["request", summary.request ? [summary.request] : []],
    ["blocking", summary.blocking],
    ["situation", summary.situation],
    ["already_proposed", summary.already_proposed],
    ["open_questions", summary.open_questions],
  ];
  const list = element("dl");
  for (const [key, items] of groups) {
    if (!items.length) continue;
    list.append(element("dt", words[key]));
    for (const item of items) list.append(evidenced(item));
  }
  const contact = Object.values(found.contact).join(" · ");
  list.append(element("dt", words.contact), element("dd", contact || words.no_contact));
  at("summary").replaceChildren(list);
}

function evidenced(item) {
  const line = element("dd", `${item.text} `);
  for (const seq of item.evidence) {
    const button = element("button", String(seq), { type: "button", class: "evidence", "aria-label": `${words.go_to} ${seq}` });
    button.addEventListener("click", () => at(`message-${seq}`)?.focus());
    line.append(button);
  }
  return line;
}

async function act(action, body) {
  const done = await call("POST", `/api/cases/${open.id}/${action}`, body);
  if (done) await refresh();
  return done;
}

function options(select, entries) {
  select.replaceChildren(...Object.entries(entries).map(([value, label]) => element("option", label, { value })));
}

async function writing(event, field, action) {
  event.preventDefault();
  const text = at(field).value.trim();
  if (text && (await act(action, { text }))) at(field).value = "";
}

options(at("status"), words.status);
at("status").value = "";
options(at("outcome"), words.outcomes);
at("status").addEventListener("change", refresh);
at("mine").addEventListener("change", refresh);
at("claim").addEventListener("click", async () => (await act("claim")) && at("answer-text").focus());
at("release").addEventListener("click", () => act("release"));
at("give-back").addEventListener("click", () => act("return"));
at("closing").addEventListener("submit", (event) => {
  event.preventDefault();
  act("close", { outcome: at("outcome").value });
});
at("answer").addEventListener("submit", (event) => writing(event, "answer-text", "messages"));
at("noting").addEventListener("submit", (event) => writing(event, "note", "notes"));
at("sign-out").addEventListener("click", async () => {
  await call("DELETE", "/api/session");
  signedOut();
});
at("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const reply = await call("POST", "/api/session", { email: at("email").value, password: at("password").value });
  at("password").value = "";
  if (reply) await enter();
});
at("new-password").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await request("POST", "/api/me/password", { csrf: me.csrf, body: { current: at("current").value, new: at("new").value } });
    await enter();
  } catch (error) {
    tell(error.message || texts.generic_error);
  }
});

enter();
