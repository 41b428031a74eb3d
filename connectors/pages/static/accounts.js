// The accounts of the hubs, for managers: invite, change, end.
import * as editing from "./account_form.js";
import { call, enter } from "./desk.js";
import { at, button, element, texts } from "./dom.js";
import * as openings from "./openings.js";

const words = texts.accounts;
let me = null;

async function load() {
  if (!at("accounts").hasChildNodes()) at("news").textContent = words.loading;
  const found = await call("GET", "/api/accounts");
  if (!found) return;
  at("accounts").replaceChildren(...found.items.map(entry));
  if (at("news").textContent === words.loading) at("news").textContent = found.items.length ? "" : words.empty;
}

function entry(account) {
  const made = element("li", element("p", element("strong", account.name)), account.active ? {} : { class: "ended" });
  made.append(element("p", account.email), element("p", facts(account), { class: "soft" }));
  if (account.may_change) made.append(choices(account));
  return made;
}

function facts(account) {
  const said = [texts.roles[account.role], account.hubs.map((hub) => editing.hubName(hub)).join(", ")];
  if (account.id === me.id) said.unshift(words.me);
  if (!account.active) said.push(words.ended);
  else if (account.invited) said.push(words.invited);
  else if (account.totp) said.push(words.second_step);
  if (account.active && account.sessions) said.push(words.sessions.replace("{count}", account.sessions));
  return said.join(" · ");
}

function choices(account) {
  const path = `/api/accounts/${account.id}`;
  const about = (label) => ({ "aria-label": `${label} : ${account.name}` });
  const act = (label, does) => button(label, does, about(label));
  const patch = (body) => async () => (await call("PATCH", path, body)) && done(words.changed, account);
  const row = element("p", act(words.change, () => editing.change(account)), { class: "row" });
  if (!account.active) row.append(act(words.open, patch({ active: true })));
  else {
    row.append(act(words.link, async () => told(await call("POST", `${path}/link`))));
    if (account.sessions) row.append(act(words.sign_out, async () => (await call("DELETE", `${path}/sessions`)) && done(words.signed_out, account)));
    if (account.totp) row.append(act(words.forget_phone, async () => (await call("DELETE", `${path}/totp`)) && done(words.phone_forgotten, account)));
    row.append(act(words.end, patch({ active: false })));
  }
  return row;
}

// A link that was mailed, or is shown this once.
async function told(account) {
  if (!account) return;
  at("link").hidden = !account.link;
  if (!account.link) {
    await done(words.mailed, account);
    return;
  }
  await load();
  at("news").textContent = "";
  at("link-about").textContent = filled(words.link_once, account);
  at("link-url").value = account.link;
  at("link-url").focus();
  at("link-url").select();
}

async function done(said, account) {
  await load();
  at("news").textContent = filled(said, account);
  at("news").focus(); // the button that was touched is gone
}

const filled = (said, account) => said.replace(/\{(name|email)\}/g, (_, field) => account[field]);

at("link-copy").addEventListener("click", async () => {
  at("link-url").select();
  await navigator.clipboard?.writeText(at("link-url").value);
  at("news").textContent = words.copied;
});
at("link-close").addEventListener("click", () => {
  at("link").hidden = true;
  at("link-url").value = "";
  at("invite").focus();
});
at("invite").addEventListener("click", () => editing.invite());
at("reading").addEventListener("toggle", () => at("reading").open && openings.show("/api/case-openings"));

me = await enter();
if (me) {
  editing.prepare(me, { invited: told, changed: (account) => done(words.changed, account) });
  await load();
}
