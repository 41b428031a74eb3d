// The list of cases.
import { at, button, element, texts } from "./dom.js";

const words = texts.console;
let known = null; // ids already listed; null before the first list

export const reasons = (item) => item.reasons.map((reason) => words.reasons[reason] ?? reason).join(", ");

export function state(item) {
  if (item.status === "claimed") return item.mine ? words.by_me : `${words.held_by} ${item.claimed_by}`;
  return item.status === "pending" ? `${words.waiting} ${since(item.opened_at)}` : words.states[item.status];
}

export function forget() {
  known = null;
}

export function draw(items, openId, onOpen) {
  announce(items);
  items = [...items].sort(byUrgency);
  const focused = document.activeElement?.dataset?.case;
  at("queue").replaceChildren(...items.map((item) => entry(item, openId, onOpen)));
  if (focused) at("queue").querySelector(`[data-case="${focused}"]`)?.focus();
  at("queue-empty").textContent = words.empty;
  at("queue-empty").hidden = items.length > 0;
}

// Most urgent first, then those who have waited longest.
const byUrgency = (a, b) => a.priority - b.priority || a.opened_at.localeCompare(b.opened_at);

function announce(items) {
  const waiting = items.filter((item) => item.status === "pending");
  const fresh = waiting.filter((item) => known && !known.has(item.id));
  if (fresh.length) at("queue-news").textContent = `${words.new_case} : ${reasons(fresh[0])}`;
  known = new Set([...(known ?? []), ...items.map((item) => item.id)]);
  document.title = `${waiting.length ? `(${waiting.length}) ` : ""}${document.title.replace(/^\(\d+\) /, "")}`;
}

function entry(item, openId, onOpen) {
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
