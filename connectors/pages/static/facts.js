// What is known of the person, as the counsellor who holds the case corrects it.
import { chosen, combobox } from "./combobox.js";
import { call } from "./desk.js";
import { at, element, options, texts } from "./dom.js";
import { Known } from "./known.js";

const words = texts.console;
// What is searched for, by kind of fact: where, and what of a result is kept and shown.
const SEARCHED = {
  town: { list: "communes?", option: ({ insee, label }) => ({ value: insee, label }) },
  job: { list: "jobs?typed=true&", option: ({ rome, label }) => ({ value: rome, label }) },
  certification: { list: "certifications?", option: ({ code, title }) => ({ value: code, label: `${title} (${code})` }) },
};
let about = null;
let known = null;

// `onChanged` is called once a fact was corrected, or refused.
export function prepare({ onChanged }) {
  const change = async (facts) => {
    const done = await call("PATCH", `/api/cases/${about}/profile`, facts);
    onChanged(); // not waited for: the keyboard goes on at once
    return Boolean(done);
  };
  known = new Known(change);
  const names = Object.keys(texts.facts).map((field) => [field, texts.fields[field]]);
  options(at("fact"), { "": words.choose, ...Object.fromEntries(names.sort((a, b) => a[1].localeCompare(b[1]))) });
  at("fact").addEventListener("change", ask);
  at("adding").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await change({ [at("fact").value]: value() })) reset();
    at("fact").focus();
  });
  reset();
}

export function show({ id, profile, labels }) {
  if (id !== about) {
    about = id;
    known.clear();
    reset();
  }
  known.show(profile, labels);
}

export function forget() {
  about = null;
  known.clear();
  reset();
}

function reset() {
  at("fact").value = "";
  ask();
}

// The field that suits what the fact may hold.
function ask() {
  const fact = texts.facts[at("fact").value];
  at("fact-answer").hidden = !fact;
  at("fact-field").replaceChildren(...(fact ? [field(fact)] : []));
}

function field({ kind, values }) {
  if (SEARCHED[kind]) return combobox("fact-value", (text) => search(kind, text));
  const made = element(kind === "choice" ? "select" : "input", undefined, { id: "fact-value", required: "" });
  if (kind === "choice") options(made, values);
  else made.type = kind;
  if (kind === "number") Object.assign(made, { min: 0, step: "any" });
  return made;
}

async function search(kind, text) {
  const { list, option } = SEARCHED[kind];
  const found = await call("GET", `/api/${list}${new URLSearchParams({ q: text })}`);
  return found?.results.map(option);
}

function value() {
  const made = at("fact-field").firstElementChild;
  if (made.matches(".combobox")) return chosen(made);
  if (made.type === "number") return made.valueAsNumber;
  return { true: true, false: false }[made.value] ?? made.value.trim();
}
