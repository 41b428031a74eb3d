// The watch of the team: what to look at again, with what to do about it.
import { call, enter } from "./desk.js";
import { at, element, list, texts } from "./dom.js";
import { link } from "./kinds.js";

const words = texts.veille;

async function load() {
  at("news").textContent = words.loading;
  const found = await call("GET", "/api/watch");
  at("news").textContent = "";
  if (found) at("sections").replaceChildren(...found.sections.map(section));
}

function section({ id, title, todo, empty, items, left_off: more }) {
  const name = items.length ? `${title} (${items.length + more})` : title;
  const made = element("section", element("h2", name, { id: `about-${id}` }), { "aria-labelledby": `about-${id}` });
  if (!items.length) made.append(element("p", empty, { class: "soft" }));
  else made.append(element("p", `${words.todo} ${todo}`), list("ul", items.map(entry)));
  if (more) made.append(element("p", words.left_off.replace("{n}", more)));
  return made;
}

function entry({ text, detail, url }) {
  const made = element("li", element("p", url ? link(url, text) : text));
  if (detail) made.append(element("p", detail, { class: "soft" }));
  return made;
}

if (await enter()) await load();
