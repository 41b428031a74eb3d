// Who pays, for the case on screen; and what should be said instead, kept as a test case of the rules.
import { call } from "./desk.js";
import { at, element, texts } from "./dom.js";
import { plan, schemeName } from "./kinds.js";

const words = texts.console.financing;
let shown = null;

export function prepare() {
  at("financing").addEventListener("toggle", () => at("financing").open && draw());
  at("expecting").addEventListener("submit", async (event) => {
    event.preventDefault();
    const submit = event.target.querySelector("[type=submit]");
    const story = at("story").value.trim();
    if (!story || submit.disabled) return;
    submit.disabled = true;
    const verdicts = { [at("scheme").value]: at("verdict").value };
    const kept = await call("POST", `/api/cases/${shown}/funding-cases`, { story, expect: { verdicts } });
    submit.disabled = false;
    if (!kept) return;
    at("story").value = "";
    at("kept").textContent = words.kept;
  });
  const verdicts = Object.entries(texts.verdicts).map(([value, label]) => element("option", label, { value }));
  at("verdict").replaceChildren(...verdicts);
}

export function show(id) {
  if (id !== shown) {
    shown = id;
    at("story").value = "";
    at("kept").textContent = "";
    at("financing").open = false;
    at("plan").replaceChildren();
  } else if (at("financing").open) {
    draw();
  }
}

export const forget = () => show(null);

async function draw() {
  const about = shown;
  const payload = await call("GET", `/api/cases/${about}/funding`);
  if (!payload || about !== shown) return;
  const lines = [...payload.lines, ...payload.income];
  const chosen = at("scheme").value;
  at("plan").replaceChildren(...(lines.length ? plan(payload) : [element("p", words.unknown, { class: "soft" })]));
  at("expecting").hidden = !lines.length;
  const names = new Map(lines.map((line) => [line.scheme, schemeName(line)]));
  at("scheme").replaceChildren(...[...names].map(([value, name]) => element("option", name, { value })));
  if (names.has(chosen)) at("scheme").value = chosen;
}
