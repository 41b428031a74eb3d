// What is known of the person, as the counsellor who holds the case corrects it.
import { call } from "./desk.js";
import { at, element, options, texts } from "./dom.js";
import { Known } from "./known.js";

const words = texts.console;
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
  if (!fact) return;
  const field = element(fact.kind === "choice" ? "select" : "input", undefined, { id: "fact-value", required: "" });
  if (fact.kind === "choice") options(field, fact.values);
  else field.type = fact.kind;
  if (fact.kind === "number") Object.assign(field, { min: 0, step: "any" });
  at("fact-value").replaceWith(field);
}

function value() {
  const field = at("fact-value");
  if (field.type === "number") return field.valueAsNumber;
  return { true: true, false: false }[field.value] ?? field.value.trim();
}
