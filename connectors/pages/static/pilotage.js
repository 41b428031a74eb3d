// The figures for those who steer: each table with its chart, of one hub or of all of theirs, by week, month, quarter or
// year.
import { call, enter } from "./desk.js";
import { at, element, list, texts } from "./dom.js";

const words = texts.pilotage;

async function load() {
  at("news").textContent = words.loading;
  at("figures").hidden = true;
  const found = await call("GET", `/api/insights?${asked()}`);
  at("news").textContent = "";
  if (!found) return;
  if (found.is_empty) at("news").textContent = words.empty;
  else show(found);
}

function asked() {
  const [by, from, to] = ["by", "from", "to"].map((id) => at(id).value);
  return new URLSearchParams({ ...(at("hub").value ? { hub: at("hub").value } : {}), by, from, to });
}

function show(found) {
  const { period, hub_label: hub } = found;
  at("whose").textContent = fill(words.period, { hub, period: period.label });
  at("notes").replaceChildren(...found.notes.map((note) => element("li", note)));
  at("csv").href = `/api/insights/figures.csv?${asked()}`;
  at("pdf").href = `/api/insights/figures.pdf?${asked()}`;
  at("measures").replaceChildren(figure(measures(found.measures)));
  const sections = found.sections.map((one) => section(one, found.tables.filter((table) => table.section === one.id)));
  at("sections").replaceChildren(...sections.filter(Boolean), ...comments(found.comments));
  at("figures").hidden = false;
}

function section({ title, help }, tables) {
  if (!tables.length) return null;
  const made = element("section", element("h2", title));
  if (help) made.append(element("p", help));
  made.append(...tables.map((one) => figure(element("p", one.help, { class: "soft" }), ...chart(one), table(one))));
  return made;
}

function figure(...parts) {
  const made = element("div", undefined, { class: "figure" });
  made.append(...parts);
  return made;
}

function chart({ id, title, rows }) {
  if (rows.length < 2) return [];
  const source = `/api/insights/charts/${id}.svg?${asked()}`;
  return [element("img", undefined, { src: source, alt: fill(words.chart, { title }), loading: "lazy" })];
}

function table({ title, column, rows, rest, total }) {
  const made = headed(title, column, words.count);
  const body = element("tbody");
  body.append(...rows.map((row) => line(row.label, row.count, row.previous)));
  if (rest) body.append(line(words.rest, rest, null));
  made.append(body);
  if (total !== null) {
    made.append(element("tfoot", line(words.total, total, null)));
  }
  return made;
}

function measures(found) {
  const made = headed(words.summary, words.measure, words.value);
  const body = element("tbody");
  const said = (one, value) => (value !== null && one.unit === "minutes" ? fill(words.minutes, { n: value }) : value);
  body.append(...found.map((one) => line(one.title, said(one, one.value), said(one, one.previous))));
  made.append(body);
  return made;
}

function headed(title, ...columns) {
  const made = element("table", element("caption", title), { class: "figures" });
  const row = element("tr");
  row.append(...[...columns, words.previous].map((name) => element("th", name, { scope: "col" })));
  made.append(element("thead", row));
  return made;
}

function line(name, ...numbers) {
  const row = element("tr", element("th", name, { scope: "row" }));
  row.append(...numbers.map((number) => element("td", String(number ?? words.none))));
  return row;
}

function comments(said) {
  if (!said.length) return [];
  const made = element("section", element("h2", words.comments));
  made.append(element("p", words.comments_help, { class: "soft" }), list("ul", said));
  return [made];
}

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// The weeks, months, quarters or years to choose among; the latest are chosen.
function offerUnits() {
  const units = at(`units-${at("by").value}`);
  for (const id of ["from", "to"]) at(id).replaceChildren(units.content.cloneNode(true));
  at("from").selectedIndex = Number(units.dataset.shown) - 1;
}

function prepare({ hubs }) {
  const theirs = hubs.includes("*") ? Object.keys(texts.hubs) : hubs;
  const options = theirs.map((hub) => element("option", texts.hubs[hub] ?? hub, { value: hub }));
  if (theirs.length > 1) options.unshift(element("option", words.all_hubs, { value: "" }));
  at("hub").replaceChildren(...options);
  at("by").addEventListener("change", offerUnits);
  offerUnits();
  at("asked").addEventListener("submit", async (event) => {
    event.preventDefault();
    await load();
    if (!at("figures").hidden) at("whose").focus();
  });
}

const me = await enter();
if (me) {
  prepare(me);
  await load();
}
