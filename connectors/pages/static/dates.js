// The appointments of the case on screen: what the person wishes, and the date that is set, changed or cancelled.
import { call } from "./desk.js";
import { at, button, day, element, options, texts } from "./dom.js";

const words = texts.console.dates;
const { modes } = texts.appointment;
// Where a half-day begins: what is proposed for a wish.
const BEGINS = { morning: "09:00", afternoon: "14:00" };
let shown = null;
let done = null;
let changed = null; // the appointment whose date is being set; null for a new one

// `onDone` is called once something was told to the person, or refused.
export function prepare({ onDone }) {
  done = onDone;
  options(at("date-mode"), modes);
  at("dates").addEventListener("toggle", () => at("dates").open && draw());
  at("dating").addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = { at: instant(at("date-at").value), mode: at("date-mode").value, minutes: Number(at("date-minutes").value), hub: at("date-hub").value };
    await act(changed ? `${changed}/confirm` : "", body, words.told);
  });
  at("date-new").addEventListener("click", () => choose(null));
}

// What is written is the time in Paris, wherever the browser is.
function instant(written) {
  const asUtc = new Date(`${written}Z`);
  const inParis = new Date(`${asUtc.toLocaleString("sv-SE", { timeZone: "Europe/Paris" }).replace(" ", "T")}Z`);
  return new Date(asUtc - (inParis - asUtc)).toISOString();
}


export function show(found) {
  at("dating").hidden = !(found.status === "claimed" && found.mine);
  if (found.id !== shown) {
    shown = found.id;
    at("dates").open = false;
    at("dates-list").replaceChildren();
    at("dates-told").textContent = "";
    at("dating").reset();
    options(at("date-hub"), found.hub ? texts.hubs : { "": texts.console.choose, ...texts.hubs });
    if (found.hub) at("date-hub").value = found.hub;
    choose(null);
  } else if (at("dates").open) draw();
}

async function draw() {
  const about = shown;
  const found = await call("GET", `/api/cases/${about}/appointments`);
  if (!found || about !== shown) return;
  at("dates-none").hidden = found.items.length > 0;
  at("dates-list").replaceChildren(...found.items.map(entry));
}

function entry(item) {
  const made = element("li", element("p", said(item)));
  if (item.status === "cancelled" || at("dating").hidden) return made;
  const label = item.at ? words.change : words.set;
  const row = element("p", button(label, () => choose(item), { "aria-label": `${label} : ${said(item)}` }), { class: "row" });
  row.append(button(words.cancel, () => act(`${item.id}/cancel`, undefined, words.cancelled), { "aria-label": `${words.cancel} : ${said(item)}` }));
  made.append(row);
  return made;
}

function said({ status, mode, at: starts, slots }) {
  const wished = slots.map((slot) => `${day(slot.day)} ${words.parts[slot.part]}`).join(", ") || words.soon;
  const when = starts ? new Date(starts).toLocaleString("fr-FR", { dateStyle: "full", timeStyle: "short", timeZone: "Europe/Paris" }) : wished;
  return `${words.states[status]} : ${when}, ${modes[mode]}`;
}

function choose(item) {
  changed = item?.id ?? null;
  at("date-new").hidden = !changed;
  at("date-about").textContent = item ? said(item) : words.new;
  if (!item) return;
  at("date-mode").value = item.mode;
  if (item.hub) at("date-hub").value = item.hub;
  const [wished] = item.slots;
  if (!item.at && wished) at("date-at").value = `${wished.day}T${BEGINS[wished.part]}`;
  at("date-at").focus();
}

async function act(path, body, told) {
  const about = shown;
  const submit = at("dating").querySelector("[type=submit]");
  if (submit.disabled) return;
  submit.disabled = true;
  const kept = await call("POST", `/api/cases/${about}/appointments${path && `/${path}`}`, body);
  submit.disabled = false;
  if (kept && about === shown) {
    at("dates-told").textContent = told;
    choose(null);
    await draw();
  }
  await done();
}
