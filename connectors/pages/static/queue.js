// The list of cases: which to show, in what order, what is new in it.
import { call } from "./desk.js";
import { at, button, element, options, texts } from "./dom.js";

const words = texts.console;
const UNDER_WAY = "open";
let items = [];
let known = null; // ids already listed; null before the first list
let onOpen = null;

// `onOpen(id)` when a case is chosen, `onFilter()` when another list is asked for.
export function prepare(asked) {
  onOpen = asked.onOpen;
  options(at("status"), words.status);
  for (const id of ["status", "mine"]) at(id).addEventListener("change", asked.onFilter);
}

export async function read() {
  const replies = await Promise.all(lists().map((query) => call("GET", `/api/cases?${query}`)));
  if (replies.every(Boolean)) items = replies.flatMap((reply) => reply.items).sort(byUrgency);
}

// The list to ask for, or the two whose cases are under way.
function lists() {
  const wanted = at("status").value;
  return (wanted === UNDER_WAY ? ["claimed", "pending"] : [wanted]).map((status) => {
    const query = new URLSearchParams(status ? { status } : {});
    if (at("mine").checked) query.set("mine", "true");
    return query;
  });
}

export const reasons = (item) => item.reasons.map((reason) => texts.reasons[reason] ?? reason).join(", ");

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
  announce();
  const focused = document.activeElement?.dataset?.case;
  at("queue").replaceChildren(...items.map((item) => entry(item, openId)));
  if (focused) at("queue").querySelector(`[data-case="${focused}"]`)?.focus();
  at("queue-empty").textContent = words.empty;
  at("queue-empty").hidden = items.length > 0;
}

// Most urgent first, then those who have waited longest.
const byUrgency = (a, b) => a.priority - b.priority || a.opened_at.localeCompare(b.opened_at);

function announce() {
  const waiting = items.filter((item) => item.status === "pending");
  const fresh = waiting.filter((item) => known && !known.has(item.id));
  if (fresh.length) at("queue-news").textContent = `${words.new_case} : ${reasons(fresh[0])}`;
  known = new Set([...(known ?? []), ...items.map((item) => item.id)]);
  document.title = `${waiting.length ? `(${waiting.length}) ` : ""}${document.title.replace(/^\(\d+\) /, "")}`;
}

function entry(item, openId) {
  const made = button(undefined, () => onOpen(item.id), { "data-case": item.id, class: item.priority === 0 ? "urgent" : "" });
  if (openId === item.id) made.setAttribute("aria-current", "true");
  const title = element("strong", reasons(item));
  if (item.priority === 0) title.prepend(element("span", words.urgent, { class: "badge" }), " ");
  const facts = [item.hub ? hubName(item.hub) : words.no_hub, state(item)].join(" · ");
  made.append(title, element("span", item.summary.request?.text ?? "", { class: "request" }), element("span", facts, { class: "soft" }));
  if (item.mine && item.awaits_reply) made.append(element("span", words.awaits_reply, { class: "badge awaiting" }));
  return element("li", made);
}

const hubName = (id) => texts.hubs[id] ?? id;

function since(iso) {
  const minutes = Math.max(0, Math.round((Date.now() - new Date(iso)) / 60000));
  if (minutes < 60) return `${minutes}\u00a0${words.minutes}`;
  return minutes < 2880 ? `${Math.round(minutes / 60)}\u00a0${words.hours}` : `${Math.round(minutes / 1440)}\u00a0${words.days}`;
}
