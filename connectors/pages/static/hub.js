// The record of a hub: a form of fields and of lists of rows, problems told beside their field, earlier versions.
import { request } from "./api.js";
import { call, enter, tell } from "./desk.js";
import { at, button, element, options, texts } from "./dom.js";

const words = texts.hub;
const TYPES = { start: "time", end: "time", first: "date", last: "date", on: "date" };
const FIELDS = ["address", "phone", "email"];
const LISTS = Object.keys(words.columns);
let me = null;
let number = 0;

const rowsOf = (name) => document.querySelector(`[data-list="${name}"] .rows`);
const path = () => `/api/hubs/${at("hub").value}/record`;

async function load() {
  const hub = at("hub").value;
  at("public").href = `/hub/${hub}`;
  at("record").hidden = true;
  const file = await call("GET", path());
  if (file && hub === at("hub").value) show(file);
}

function show(file) {
  number = file.number;
  clearFaults();
  for (const name of FIELDS) at(name).value = file.record[name] ?? "";
  for (const name of LISTS) rowsOf(name).replaceChildren(...file.record[name].map((item) => row(name, item)));
  at("versions").replaceChildren(...file.versions.map(version));
  if (!file.versions.length) at("versions").append(element("li", words.none));
  at("record").hidden = false;
}

// One row of a list: an input for each column, and a button that takes it away.
function row(name, item = {}) {
  const made = element("li");
  const values = typeof item === "string" ? { text: item } : item;
  for (const [column, label] of Object.entries(words.columns[name])) {
    const input = column === "day" ? element("select") : element("input", null, { type: TYPES[column] ?? "text" });
    if (column === "day") options(input, words.days);
    input.value = TYPES[column] === "time" ? (values[column] ?? "").slice(0, 5) : (values[column] ?? (column === "day" ? "monday" : ""));
    input.dataset.column = column;
    const wrapped = element("label", label);
    wrapped.append(input);
    made.append(element("div", wrapped, { class: "field" }));
  }
  const remove = button(words.remove, () => {
    const next = made.nextElementSibling ?? made.previousElementSibling;
    (next?.querySelector("input, select") ?? made.closest("fieldset").querySelector(".add")).focus();
    made.remove();
  });
  made.append(remove);
  return made;
}

// What the form says. Rows that were left empty are left out; the others remember their place, for problems.
function record() {
  const content = {};
  for (const name of FIELDS) content[name] = at(name).value.trim() || null;
  for (const name of LISTS) {
    const filled = [...rowsOf(name).children].filter((each) => [...each.querySelectorAll("input")].some((input) => input.value.trim()));
    content[name] = filled.map((each, place) => said(each, name, place));
  }
  return content;
}

function said(each, name, place) {
  const values = {};
  for (const input of each.querySelectorAll("[data-column]")) {
    const single = input.dataset.column === "text";
    input.dataset.path = single ? `${name}.${place}` : `${name}.${place}.${input.dataset.column}`;
    values[input.dataset.column] = input.value.trim() || null;
  }
  return "text" in values ? values.text : values;
}

async function save(event) {
  event.preventDefault();
  clearFaults();
  tell("");
  try {
    show(await request("PUT", path(), { csrf: me.csrf, body: { based_on: number, record: record() } }));
    at("news").textContent = words.saved;
  } catch (error) {
    tell(error.message || texts.generic_error);
    showFaults(error.fields);
  }
}

function showFaults(fields) {
  for (const [place, message] of Object.entries(fields)) {
    const input = document.querySelector(`[data-path="${place}"]`) ?? document.querySelector(`[data-path^="${place}."]`);
    const fault = element("p", message, { class: "fault", id: `fault-${place}` });
    const holder = input?.closest(".field") ?? document.querySelector(`[data-list="${place.split(".")[0]}"]`);
    holder?.append(fault);
    input?.setAttribute("aria-invalid", "true");
    input?.setAttribute("aria-describedby", fault.id);
  }
  document.querySelector("[aria-invalid]")?.focus();
}

function clearFaults() {
  for (const fault of document.querySelectorAll(".fault")) fault.remove();
  for (const input of document.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  for (const input of document.querySelectorAll("[data-column]")) delete input.dataset.path;
  at("news").textContent = "";
}

function version(one) {
  const when = new Date(one.at).toLocaleString("fr-FR", { dateStyle: "short", timeStyle: "short" });
  const label = words.version.replace("{number}", one.number).replace("{day}", when).replace("{name}", one.by ?? words.somebody);
  const made = element("li", `${label} `);
  if (one.number === number) made.append(element("strong", `(${words.current})`));
  else made.append(button(words.restore, () => restore(one.number), { "aria-label": `${words.restore} : ${label}` }));
  return made;
}

async function restore(old) {
  const file = await call("POST", `${path()}/restore`, { based_on: number, number: old });
  if (!file) return;
  show(file);
  at("news").textContent = words.restored.replace("{number}", old);
  at("versions-title").scrollIntoView();
}

me = await enter();
if (me) {
  const mine = Object.entries(texts.hubs).filter(([hub]) => me.hubs.includes("*") || me.hubs.includes(hub));
  options(at("hub"), Object.fromEntries(mine));
  const asked = new URLSearchParams(location.search).get("hub");
  if (mine.some(([hub]) => hub === asked)) at("hub").value = asked;
  at("hub").addEventListener("change", load);
  at("record").addEventListener("submit", save);
  for (const name of LISTS) {
    document.querySelector(`[data-list="${name}"] .add`).addEventListener("click", () => {
      const made = row(name);
      rowsOf(name).append(made);
      made.querySelector("input, select").focus();
    });
  }
  if (mine.length) await load();
}
