// The case goes to someone else: another hub, the region, a partner, a colleague.
import { call } from "./desk.js";
import { at, element, texts } from "./dom.js";
import { dialog } from "./tools.js";

const words = texts.console;
const COLLEAGUE = "colleague";
let about = null;
let partners = [];

// `onGone` is called once the case is in other hands.
export function prepare({ onGone }) {
  dialog("transfer", "to-transfer", begin);
  at("transfer-to").addEventListener("change", ask);
  at("transferring").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await call("POST", `/api/cases/${about.id}/transfer`, wanted()))) return;
    at("transfer").close();
    await onGone();
  });
}

export function turnTo(found) {
  about = found;
}

async function begin() {
  at("transferring").reset();
  partners = (await call("GET", "/api/directory"))?.partners ?? [];
  const hubs = Object.entries(texts.hubs).filter(([id]) => id !== about.hub);
  at("transfer-to").replaceChildren(
    element("option", words.choose, { value: "" }),
    group(words.to_hubs, hubs),
    group(words.to_others, [["regional", words.to_regional], [COLLEAGUE, words.to_colleague]]),
    group(words.to_partners, partners.map(({ id, name }) => [id, name])),
  );
  ask();
  at("transfer-to").focus();
}

function group(label, entries) {
  const made = element("optgroup", undefined, { label });
  made.append(...entries.map(([value, name]) => element("option", name, { value })));
  return made;
}

// A colleague is named, a partner gets nothing without the person's consent.
function ask() {
  const to = at("transfer-to").value;
  const partner = partners.find(({ id }) => id === to);
  shown("transfer-colleague", to === COLLEAGUE);
  shown("transfer-partner", Boolean(partner));
  at("transfer-serves").textContent = partner?.serves ?? "";
}

function shown(id, visible) {
  at(id).hidden = !visible;
  for (const field of at(id).querySelectorAll("input, textarea")) field.disabled = !visible;
}

function wanted() {
  const to = at("transfer-to").value;
  if (to === COLLEAGUE) return { to: at("transfer-email").value };
  const partner = partners.some(({ id }) => id === to);
  return partner ? { to, consent: at("transfer-consent").checked, sent: at("transfer-sent").value } : { to };
}
