// How each kind of message is drawn. `text` alone is a complete answer: what is not known here is shown as text.
import { request } from "./api.js";
import { button, day, element, euros, list, prose, texts } from "./dom.js";

const heading = (message) => prose(message.text.split("\n").filter((line) => !line.startsWith("•")).join("\n"));

// The answer without the line that names its sources, where they are drawn below it.
function answer(message) {
  const titles = (message.payload?.sources ?? []).map((item) => item.title);
  const names = (line) => line.startsWith(texts.source) && titles.some((title) => line.includes(title));
  return prose(message.text.split("\n").filter((line) => !names(line)).join("\n"));
}

export const DRAWN = {
  text: answer,
  certifications: (message, options) => {
    const [first, ...notes] = heading(message);
    const cards = message.payload.items.map((item) => certification(item, options));
    return [first, list("ul", cards, { class: "cards" }), ...notes].filter(Boolean);
  },
  jobs: (message, options) => {
    const cards = message.payload.items.map((item) => {
      const title = element("p", link(`/metiers/${item.rome}`, item.label, options), { class: "card-title" });
      const card = element("li", title, { class: "card" });
      if (item.why) card.append(element("p", item.why, { class: "soft" }));
      return card;
    });
    return [...heading(message), list("ul", cards, { class: "cards" })];
  },
  pathways: (message) => [...prose(message.text.split("\n")[0]), list("ul", message.payload.items.map(pathway), { class: "cards" })],
  funding: (message, options) => [...prose(message.text), ...plan(message.payload, options)],
  appointment: (message, options) => [...prose(message.text), ...appointment(message.payload, options)],
  document: (message, { documents = true } = {}) => [...prose(message.text), ...(documents ? [file(message.payload)] : [])],
};

// A document needs the key of the conversation: whoever holds it answers the event.
function file({ url, label }) {
  const tell = (name) => (event) => event.target.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { url, label } }));
  const made = element("p", button(label, tell("document"), { class: "file-button" }), { class: "row" });
  const mailed = url.endsWith("/plan.pdf") && "mails" in document.body.dataset;
  if (mailed) made.append(button(texts.plan_mail.open, tell("plan-mail"), { class: "file-button" }));
  return made;
}

// A link that opens beside the page. Only https addresses and our own become links; none does at the kiosk, where
// there would be no way back.
export function link(url, label, { links = true } = {}) {
  const safe = typeof url === "string" && (url.startsWith("https://") || /^\/[^/\\]/.test(url));
  if (!safe || !links) return element("span", label);
  const made = element("a", label, { href: url, target: "_blank", rel: "noopener noreferrer" });
  made.append(element("span", ` (${texts.new_window})`, { class: "visually-hidden" }));
  return made;
}

export function sources(items, options) {
  const box = element("div", element("p", items.length > 1 ? texts.sources : texts.source), { class: "sources" });
  box.append(list("ul", items.map((item) => source(item, options))));
  return box;
}

function source(item, options) {
  const line = element("li", link(item.url, item.title, options));
  if (item.checked_on) line.append(`, ${texts.checked} ${day(item.checked_on)}`);
  return line;
}

function certification(item, options) {
  const title = element("p", link(`/certifications/${item.code}`, item.title, options), { class: "card-title" });
  const card = element("li", title, { class: "card" });
  const level = item.level ? (texts.levels[item.level] ?? `${texts.level} ${item.level}`) : null;
  const facts = [texts.types[item.type] ?? item.type, level, item.code].filter(Boolean);
  card.append(element("p", facts.join(" · "), { class: "soft" }));
  if (item.active === false) card.append(element("p", gone(item), { class: "gone" }));
  if (item.why?.length) card.append(list("ul", item.why, { class: "why", "aria-label": texts.why }));
  card.append(record(item, options));
  return card;
}

function gone(item) {
  const after = item.replaced_by?.length ? ` ${texts.replaced_by} ${item.replaced_by.join(", ")}.` : "";
  return texts.not_active + after;
}

// The whole record, asked for when it is opened.
function record(item, options) {
  const more = element("details", element("summary", texts.more), { class: "record" });
  more.firstChild.append(element("span", ` : ${item.title}`, { class: "visually-hidden" }));
  const body = element("div");
  more.append(body);
  more.addEventListener("toggle", async () => {
    if (!more.open || body.hasChildNodes()) return;
    const found = await request("GET", `/api/certifications/${encodeURIComponent(item.code)}`).catch(() => null);
    body.replaceChildren(...(found ? recordLines(found, options) : [element("p", officialLink(item.code, options))]));
  });
  return more;
}

function recordLines(found, options) {
  const lines = prose(found.summary || found.objectives);
  const jobs = found.jobs.map((job) => job.label);
  const ways = found.access.map((way) => texts.access[way] ?? way);
  if (jobs.length) lines.push(element("p", `${texts.leads_to} ${jobs.join(", ")}.`));
  if (ways.length) lines.push(element("p", `${texts.ways} ${ways.join(", ")}.`));
  return [...lines, sources([found.source], options)];
}

function officialLink(code, options) {
  const [, kind, number] = /^(RNCP|RS)(\d+)$/.exec(code) ?? [];
  if (!kind || options?.links === false) return `${texts.official_at} ${code}`;
  return link(`https://www.francecompetences.fr/recherche/${kind.toLowerCase()}/${number}/`, `${texts.official} ${code}`, options);
}

function pathway(item) {
  const card = element("li", element("p", item.title, { class: "card-title" }), { class: "card" });
  if (item.why?.length) card.append(list("ul", item.why, { class: "why", "aria-label": texts.why }));
  card.append(list("ol", item.steps.map(step), { class: "steps" }));
  return card;
}

function step(item) {
  const line = element("li", element("strong", [item.title, item.code].filter(Boolean).join(" · ")));
  const facts = [
    item.duration && `${texts.pathway.duration} : ${item.duration}`,
    item.cost && `${texts.pathway.cost} : ${typeof item.cost === "number" ? euros(item.cost) : item.cost}`,
  ].filter(Boolean);
  if (facts.length) line.append(element("span", facts.join(" · "), { class: "soft" }));
  if (item.why) line.append(element("span", item.why));
  return line;
}

// Who pays as a bar, then each scheme, which opens on its reasons; what is not possible is folded.
export function plan(payload, options) {
  const drawn = [...bar(payload), ...schemes(payload.lines, options)];
  for (const [name, unit] of [["income", ` ${texts.funding.per_month}`], ["employer_aids", ""]]) {
    if (!payload[name]?.length) continue;
    drawn.push(element("p", texts.funding[name], { class: "card-title" }));
    drawn.push(list("ul", payload[name].map((line) => scheme(line, options, unit)), { class: "schemes" }));
  }
  if (payload.calendar?.length) {
    const dates = payload.calendar.map((entry) => `${day(entry.date)} : ${entry.act}`);
    drawn.push(element("p", texts.funding.calendar, { class: "card-title" }), list("ul", dates));
  }
  return drawn;
}

function bar({ cost, lines, remaining }) {
  if (typeof cost !== "number" || !cost) return [];
  const parts = lines.filter((line) => line.verdict === "eligible" && line.amount > 0);
  const shares = [...parts.map((line) => [schemeName(line), line.amount]), [texts.funding.remaining, remaining]];
  const named = shares.filter(([, amount]) => amount > 0);
  const drawn = element("div", undefined, { class: "bar", "aria-hidden": "true" });
  const legend = element("ul", undefined, { class: "legend", "aria-label": texts.funding.who_pays });
  named.forEach(([name, amount], place) => {
    const kind = name === texts.funding.remaining ? "left" : `part-${place % 3}`;
    const share = element("span", undefined, { class: kind });
    share.style.flexGrow = amount / cost;
    drawn.append(share);
    const line = element("li", element("span", undefined, { class: `key ${kind}`, "aria-hidden": "true" }));
    line.append(`${name} : ${euros(amount)}`);
    legend.append(line);
  });
  return [drawn, legend];
}

function schemes(lines, options) {
  const open = lines.filter((line) => !["ineligible", "closed"].includes(line.verdict));
  const shut = lines.filter((line) => !open.includes(line));
  const drawn = [element("p", texts.funding.caption, { class: "card-title" })];
  drawn.push(list("ul", open.map((line) => scheme(line, options)), { class: "schemes" }));
  if (shut.length) {
    const folded = element("details", element("summary", `${texts.funding.not_possible} (${shut.length})`));
    folded.append(list("ul", shut.map((line) => scheme(line, options)), { class: "schemes" }));
    drawn.push(folded);
  }
  return drawn;
}

export const schemeName = (line) => texts.schemes[line.scheme] ?? line.name ?? line.scheme;

function scheme(line, options, unit = "") {
  const amount = typeof line.amount === "number" ? `${euros(line.amount)}${unit}` : null;
  const verdict = element("span", texts.verdicts[line.verdict] ?? line.verdict, { class: `verdict ${line.verdict}` });
  const summary = element("summary", element("strong", schemeName(line)));
  summary.append(verdict, ...(amount ? [element("span", amount)] : []));
  const more = element("details", summary);
  const why = [...line.reasons];
  if (line.opens_on) why.push(`${texts.funding.opens_on} ${day(line.opens_on)}`);
  if (line.replaced_by) why.push(`${texts.funding.replaced_by} ${texts.schemes[line.replaced_by] ?? line.replaced_by}`);
  more.append(list("ul", why), element("p", link(`/financements/${line.scheme}`, texts.funding.page, options)));
  if (line.sources?.length) more.append(sources(line.sources.slice(0, 2), options));
  return element("li", more);
}

// A date, with its calendar file for who can keep it.
function appointment({ at, mode, status, file: calendar }, { documents = true, links = true } = {}) {
  const when = new Date(at).toLocaleString("fr-FR", { dateStyle: "full", timeStyle: "short", timeZone: "Europe/Paris" });
  const name = status === "cancelled" ? texts.appointment.cancelled : texts.appointment.when;
  const drawn = [element("p", [`${name} : ${when}`, texts.appointment.modes[mode]].filter(Boolean).join(", "), { class: "card" })];
  if (calendar && status !== "cancelled" && documents && links) drawn.push(file(calendar));
  return drawn;
}
