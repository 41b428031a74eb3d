// The page of the cases: the queue, one case, live.
import { follow } from "./api.js";
import * as alerts from "./alerts.js";
import * as canned from "./canned.js";
import * as casefile from "./casefile.js";
import * as composer from "./composer.js";
import * as dates from "./dates.js";
import { call, enter, quietly, read, tell } from "./desk.js";
import { at, texts } from "./dom.js";
import * as facts from "./facts.js";
import * as financing from "./financing.js";
import * as inbox from "./inbox.js";
import * as presence from "./presence.js";
import * as propose from "./propose.js";
import * as queue from "./queue.js";
import * as share from "./share.js";
import * as shortcuts from "./shortcuts.js";
import * as signin from "./signin.js";
import { shutAll } from "./tools.js";
import * as transfer from "./transfer.js";

const REDRAW_MS = 30000; // waiting times
let stop = null;
let openId = null;
let refreshing = null;
let stale = false;

async function start() {
  const me = await enter({ nobody: () => signin.askToSignIn(), ended });
  if (!me || signin.keepsAtTheDoor(me)) return;
  queue.offerHubs(me.hubs);
  canned.allow(me);
  at("desk").hidden = false;
  at("queue-title").focus();
  live();
}

// Nothing of anyone stays on screen once the session is over.
function ended() {
  stop?.abort();
  stop = null;
  openId = null;
  queue.forget();
  casefile.forget();
  shutAll();
  for (const id of ["desk", "who", "pages", "sign-out"]) at(id).hidden = true;
  signin.askToSignIn(texts.session_ended);
}

// The stream also tells of the person of the open case; it begins with what makes the page read everything again.
function live() {
  stop?.abort();
  stop = new AbortController();
  presence.forget();
  follow(`/api/cases/events${openId ? `?case=${openId}` : ""}`, {
    signal: stop.signal,
    onEvent: (event) => {
      if (event.event === "gone") ended();
      else if (event.event === "cases") refresh();
      else presence.heard(event);
    },
    onConnection: (up) => tell(up ? "" : texts.console.offline),
  });
}

// One refresh at a time; what changes meanwhile is read by one more.
function refresh() {
  stale = true;
  refreshing ??= (async () => {
    while (stale && stop) {
      stale = false;
      if (openId) await show(openId);
      if (stop) await queue.read();
      queue.draw(openId);
    }
    refreshing = null;
  })();
  return refreshing;
}

async function open(id) {
  openId = id;
  queue.draw(openId);
  if (!(await show(id))) return;
  at("case-title").focus();
  live();
}

async function show(id) {
  const found = await read(`/api/cases/${id}`);
  if (id !== openId) return false;
  if (found === undefined) leave(); // the person may have erased everything while the case was on screen
  if (!found) return false;
  casefile.show(found);
  dates.show(found);
  await markRead(found);
  return true;
}

// What is on a screen that nobody looks at is not read.
async function markRead({ id, unread, transcript }) {
  if (unread && document.visibilityState === "visible") {
    await quietly("PUT", `/api/cases/${id}/read`, { seq: transcript.at(-1).seq });
  }
}

function leave() {
  openId = null;
  casefile.close();
  queue.draw(openId);
}

// What a button does to the open case, and where the keyboard goes on.
async function act(action, body, next = "case-title") {
  const done = await call("POST", `/api/cases/${openId}/${action}`, body);
  if (stop) await refresh();
  if (done) at(next).focus();
}

signin.prepare();
alerts.prepare();
shortcuts.prepare({ onMove: (step) => queue.neighbour(openId, step) && open(queue.neighbour(openId, step)) });
dates.prepare({ onDone: refresh });
financing.prepare();
inbox.prepare();
queue.prepare({ onOpen: open, onFilter: refresh });
composer.prepare({ onWritten: refresh });
canned.prepare({ onInsert: composer.insert });
propose.prepare({ onShown: refresh });
share.prepare();
transfer.prepare({ onGone: refresh });
facts.prepare({ onChanged: refresh });
casefile.prepare();
at("claim").addEventListener("click", () => act("claim", undefined, "answer-text"));
at("release").addEventListener("click", () => act("release"));
at("give-back").addEventListener("click", () => act("return"));
at("reopen").addEventListener("click", () => act("reopen"));
at("closing").addEventListener("submit", (event) => {
  event.preventDefault();
  act("close", { outcome: at("outcome").value });
});
at("to-queue").addEventListener("click", () => {
  leave();
  at("queue-title").focus();
});
document.addEventListener("visibilitychange", () => stop && openId && refresh());
setInterval(() => stop && queue.draw(openId), REDRAW_MS);

start();
