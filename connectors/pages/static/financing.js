// Who pays, for the case on screen; and what should be said instead, kept as a test case of the rules.
import { at, element, texts } from "./dom.js";
import { plan, schemeName } from "./kinds.js";

const words = texts.console.financing;
let shown = null;

// `read` asks for the plan of a case, `keep` sends what is expected of it; both answer null when refused.
export function prepare({ read, keep }) {
  at("financing").addEventListener("toggle", () => at("financing").open && draw(read));
  at("expecting").addEventListener("submit", async (event) => {
    event.preventDefault();
    const submit = event.target.querySelector("[type=submit]");
    const story = at("story").value.trim();
    if (!story || submit.disabled) return;
    submit.disabled = true;
    const verdicts = { [at("scheme").value]: at("verdict").value };
    const kept = await keep(shown, { story, expect: { verdicts } });
    submit.disabled = false;
    if (!kept) return;
    at("story").value = "";
    at("kept").textContent = words.kept;
  });
  const verdicts = Object.entries(texts.verdicts).map(([value, label]) => element("option", label, { value }));
  at("verdict").replaceChildren(...verdicts);
}

export function show(id, read) {
  if (id !== shown) {
    shown = id;
    at("story").value = "";
    at("kept").textContent = "";
    at("financing").open = false;
    at("plan").replaceChildren();
  } else if (at("financing").open) {
    draw(read);
  }
}

async function draw(read) {
  const about = shown;
  const payload = await read(about);
  if (!payload || about !== shown) return;
  const lines = [...payload.lines, ...payload.income];
  const chosen = at("scheme").value;
  at("plan").replaceChildren(...(lines.length ? plan(payload) : [element("p", words.unknown, { class: "soft" })]));
  at("expecting").hidden = !lines.length;
  const names = new Map(lines.map((line) => [line.scheme, schemeName(line)]));
  at("scheme").replaceChildren(...[...names].map(([value, name]) => element("option", name, { value })));
  if (names.has(chosen)) at("scheme").value = chosen;
}
