// The list of cases that were opened: by whom, which, when.
import { call } from "./desk.js";
import { at, element, texts } from "./dom.js";

const words = texts.openings;

export async function show(path) {
  const found = await call("GET", path);
  if (!found) return;
  at("openings").replaceChildren(...found.items.map(entry));
  if (!found.items.length) at("openings").append(element("li", words.none));
}

function entry({ at: moment, name, case_id, hub }) {
  const when = new Date(moment).toLocaleString("fr-FR", { dateStyle: "short", timeStyle: "short" });
  return element("li", [when, name, `${words.case} ${case_id.slice(0, 8)}`, hub ? (texts.hubs[hub] ?? hub) : words.no_hub].join(" · "));
}
