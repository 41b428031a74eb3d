// The outbox, for managers: what could not be sent is sent again or given up.
import { call, enter } from "./desk.js";
import { at, button, element, texts } from "./dom.js";

const words = texts.sendings;

async function load() {
  if (!at("sendings").hasChildNodes()) at("news").textContent = words.loading;
  const status = at("filter").value;
  const found = await call("GET", `/api/outbox?status=${status}`);
  if (!found || status !== at("filter").value) return;
  at("no-mail").textContent = words.no_mail;
  at("no-mail").hidden = found.sends_mail;
  at("sendings").replaceChildren(...found.items.map(entry));
  at("news").textContent = found.items.length ? "" : words.empty[status];
}

function entry(item) {
  const made = element("li", element("p", element("strong", name(item))));
  made.append(element("p", facts(item), { class: "soft" }));
  if (item.last_error) made.append(element("p", why(item.last_error)));
  if (item.status === "dead") made.append(choices(item));
  return made;
}

const name = ({ channel, template }) => (channel === "webhook" ? words.webhook : (words.templates[template] ?? words.templates.other));

function facts({ hub, created_at, sent_at, next_attempt_at, attempts }) {
  const said = [hub ? `${words.hub} ${texts.hubs[hub] ?? hub}` : words.no_hub, `${words.created} ${moment(created_at)}`];
  if (sent_at) said.push(`${words.sent} ${moment(sent_at)}`);
  else if (next_attempt_at) said.push(`${words.next} ${moment(next_attempt_at)}`);
  said.push(`${attempts} ${attempts > 1 ? words.attempts : words.attempt}`);
  return said.join(" · ");
}

const moment = (iso) => new Date(iso).toLocaleString("fr-FR", { dateStyle: "short", timeStyle: "short" });

// A code says why: `smtp_550`, `http_500`, `timeout`…
function why(error) {
  const [kind, code] = error.split("_");
  return (words.errors[error] ?? words.errors[kind] ?? texts.generic_error).replace("{code}", code);
}

function choices(item) {
  const about = `${name(item)}, ${moment(item.created_at)}`;
  const act = (label, done, method, path) =>
    button(label, async () => (await call(method, path)) && tellAndReload(done), { "aria-label": `${label} : ${about}` });
  const row = element("p", act(words.retry, words.retried, "POST", `/api/outbox/${item.id}/retry`), { class: "row" });
  row.append(" ", act(words.discard, words.discarded, "DELETE", `/api/outbox/${item.id}`));
  return row;
}

async function tellAndReload(done) {
  await load();
  at("news").textContent = [done, at("news").textContent].filter(Boolean).join(" ");
  at("filter").focus(); // the button that was touched is gone
}

if (await enter()) {
  at("filter").addEventListener("change", load);
  await load();
}
