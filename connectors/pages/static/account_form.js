// The dialog to invite someone or to change an account. A manager is offered only what is theirs to give.
import { call, tell } from "./desk.js";
import { at, element, texts } from "./dom.js";

const words = texts.accounts;
const ALL = "*";
let account = null; // null while inviting
let after = null;

export const hubName = (id) => (id === ALL ? texts.all_hubs : (texts.hubs[id] ?? id));

// `invited(account)` and `changed(account)` are called once it is done.
export function prepare(me, whenDone) {
  after = whenDone;
  const roles = Object.keys(texts.roles);
  const offered = roles.slice(0, roles.indexOf(me.role) + 1);
  at("role").replaceChildren(...offered.map((role) => element("option", texts.roles[role], { value: role })));
  const hubs = me.hubs.includes(ALL) ? [ALL, ...Object.keys(texts.hubs)] : me.hubs;
  at("hubs").replaceChildren(...hubs.map(choice));
  at("hubs").addEventListener("change", onlyAll);
  at("edit").addEventListener("submit", save);
  at("cancel").addEventListener("click", () => at("editing").close());
}

export function invite() {
  const boxes = at("hubs").querySelectorAll("input");
  open(null, words.invite_heading, "counsellor", boxes.length === 1 ? [boxes[0].value] : []);
  for (const id of ["email", "name"]) at(id).value = "";
}

export function change(found) {
  open(found, words.change_heading.replace("{name}", () => found.name), found.role, found.hubs);
}

function open(found, heading, role, hubs) {
  account = found;
  at("editing-title").textContent = heading;
  at("identity").hidden = Boolean(found);
  for (const id of ["email", "name"]) at(id).required = !found;
  at("role").value = role;
  for (const box of at("hubs").querySelectorAll("input")) box.checked = hubs.includes(box.value);
  onlyAll();
  at("editing").showModal();
  tell("");
  at("editing-title").focus();
}

function choice(hub) {
  const label = element("label", element("input", undefined, { type: "checkbox", value: hub }));
  label.append(hubName(hub));
  return label;
}

// Every hub leaves nothing else to choose.
function onlyAll() {
  const all = at("hubs").querySelector(`[value="${ALL}"]`);
  for (const box of at("hubs").querySelectorAll("input")) box.disabled = Boolean(all?.checked) && box !== all;
}

async function save(event) {
  event.preventDefault();
  const hubs = [...at("hubs").querySelectorAll("input:checked:enabled")].map((box) => box.value);
  if (!hubs.length) {
    tell(words.choose_hub);
    return;
  }
  const body = { role: at("role").value, hubs };
  const done = account
    ? await call("PATCH", `/api/accounts/${account.id}`, body)
    : await call("POST", "/api/accounts", { ...body, email: at("email").value, name: at("name").value });
  if (!done) return;
  at("editing").close();
  await (account ? after.changed : after.invited)(done);
}
