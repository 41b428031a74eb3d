// The list of cases: which to show, in what order, what is new in it.
import * as alerts from "./alerts.js";
import { call } from "./desk.js";
import { at, button, element, options, texts } from "./dom.js";

const words = texts.console;
const UNDER_WAY = "open";
const TYPED_MS = 300;
let items = [];
let known = null; // messages not read by case id, at the last reading; null before the first list
let onOpen = null;

// `onOpen(id)` when a case is chosen, `onFilter()` when another list is asked for.
export function prepare(asked) {
  onOpen = asked.onOpen;
  options(at("status"), words.status);
  options(at("reason"), { "": words.all_reasons, ...texts.reasons });
  const filter = () => {
    known = null; // another list: nothing in it has just come
    asked.onFilter();
  };
  for (const id of ["status", "hub", "reason", "mine"]) at(id).addEventListener("change", filter);
  let typed = null;
  at("words").addEventListener("input", () => {
    clearTimeout(typed);
    typed = setTimeout(filter, TYPED_MS);
  });
  at("filters").addEventListener("submit", (event) => event.preventDefault());
}

// The hubs to choose from: those of the account.
export function offerHubs(hubs) {
  const mine = Object.entries(texts.hubs).filter(([id]) => hubs.includes("*") || hubs.includes(id));
  options(at("hub"), { "": words.all_hubs, ...Object.fromEntries(mine) });
}

export async function read() {
  const replies = await Promise.all(lists().map((query) => call("GET", `/api/cases?${query}`)));
  if (!replies.every(Boolean)) return;
  items = replies.flatMap((reply) => reply.items).sort(byUrgency);
  announce();
}

// The list to ask for, or the two whose cases are under way.
function lists() {
  const wanted = at("status").value;
  return (wanted === UNDER_WAY ? ["claimed", "pending"] : [wanted]).map((status) => {
    const asked = { status, hub: at("hub").value, reason: at("reason").value, q: at("words").value.trim() };
    const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
    if (at("mine").checked) query.set("mine", "true");
    return query;
  });
}

// The case after the open one, or before it.
export function neighbour(openId, step) {
  const place = items.findIndex((item) => item.id === openId);
  return items[place < 0 ? (step > 0 ? 0 : items.length - 1) : place + step]?.id;
}

export function reasons(item) {
  const [first = "", ...others] = item.reasons.map((reason) => texts.reasons[reason] ?? reason);
  return [first, ...others.map((reason) => reason.charAt(0).toLowerCase() + reason.slice(1))].join(", ");
}

export function state(item) {
  if (item.status === "claimed") return item.mine ? words.by_me : `${words.held_by} ${item.claimed_by}`;
  return item.status === "pending" ? `${words.waiting} ${since(item.opened_at)}` : words.states[item.status];
}

export function forget() {
  known = null;
  items = [];
  at("queue").replaceChildren();
}

export function draw(openId) {
  const focused = document.activeElement?.dataset?.case;
  at("queue").replaceChildren(...items.map((item) => entry(item, openId)));
  if (focused) at("queue").querySelector(`[data-case="${focused}"]`)?.focus();
  at("queue-empty").textContent = at("words").value.trim() ? words.found_nothing : words.empty;
  at("queue-empty").hidden = items.length > 0;
}

// Most urgent first, then those who have waited longest.
const byUrgency = (a, b) => a.priority - b.priority || a.opened_at.localeCompare(b.opened_at);

// What concerns this counsellor and was not there before is said and heard.
function announce() {
  const concerning = items.filter((item) => item.status === "pending" || (item.mine && item.unread));
  const fresh = concerning.find((item) => known && item.unread > (known.get(item.id) ?? 0));
  if (fresh) {
    at("queue-news").textContent = `${fresh.status === "pending" ? words.new_case : words.new_message} : ${reasons(fresh)}`;
    alerts.ring();
  }
  known = new Map([...(known ?? []), ...items.map((item) => [item.id, item.unread])]);
  alerts.title(concerning.length);
}

function entry(item, openId) {
  const made = button(undefined, () => onOpen(item.id), { "data-case": item.id, class: item.priority === 0 ? "urgent" : "" });
  if (openId === item.id) made.setAttribute("aria-current", "true");
  const title = element("strong", reasons(item));
  if (item.priority === 0) title.prepend(element("span", words.urgent, { class: "badge" }), " ");
  const facts = [item.hub ? hubName(item.hub) : words.no_hub, state(item)].join(" · ");
  made.append(title, element("span", item.summary.request?.text ?? "", { class: "request" }), element("span", facts, { class: "soft" }));
  made.append(...marks(item));
  return element("li", made);
}

function marks(item) {
  const made = [];
  if (item.mine && item.awaits_reply) made.push(element("span", words.awaits_reply, { class: "badge awaiting" }));
  const unread = `${item.unread} ${item.unread > 1 ? words.unread_many : words.unread}`;
  if (item.unread) made.push(element("span", unread, { class: "unread" }));
  return made;
}

const hubName = (id) => texts.hubs[id] ?? id;

function since(iso) {
  const minutes = Math.max(0, Math.round((Date.now() - new Date(iso)) / 60000));
  if (minutes < 60) return `${minutes}\u00a0${words.minutes}`;
  return minutes < 2880 ? `${Math.round(minutes / 60)}\u00a0${words.hours}` : `${Math.round(minutes / 1440)}\u00a0${words.days}`;
}
