// Certifications and schemes shown to the person: only their codes are sent.
import { uuid } from "./api.js";
import { call } from "./desk.js";
import { at, element, options, texts } from "./dom.js";
import { dialog } from "./tools.js";

const words = texts.console;
const LIMIT = 8;
let about = null; // the open case, as the application tells it

// `onShown` is called once the person sees it.
export function prepare({ onShown }) {
  options(at("proposed-scheme"), texts.schemes);
  dialog("propose", "to-propose", begin);
  at("searching").addEventListener("submit", search);
  at("proposing").addEventListener("submit", (event) => {
    event.preventDefault();
    const certifications = [...at("found").querySelectorAll(":checked")].map((box) => box.value);
    if (certifications.length) propose({ certifications }, onShown);
    else at("found-news").textContent = words.choose_first;
  });
  at("proposing-scheme").addEventListener("submit", (event) => {
    event.preventDefault();
    propose({ scheme: at("proposed-scheme").value }, onShown);
  });
}

export function turnTo(found) {
  about = found;
}

// What is sought first is what the person aims at.
async function begin() {
  at("sought").value = about.labels.target_job ?? "";
  forget();
  at("sought").focus();
}

function forget() {
  at("found-news").textContent = "";
  at("found").replaceChildren();
  at("proposing").hidden = true;
}

async function search(event) {
  event.preventDefault();
  forget();
  const found = await call("GET", `/api/certifications?${new URLSearchParams({ q: at("sought").value, limit: LIMIT })}`);
  if (!found) return;
  const count = found.results.length;
  at("found-news").textContent = count ? `${count} ${words.results}${found.confident ? "" : ` ${words.unsure}`}` : words.no_result;
  at("found").replaceChildren(...found.results.map(choice));
  at("proposing").hidden = !count;
}

function choice({ code, title, type, level }) {
  const box = element("input", undefined, { type: "checkbox", value: code });
  const facts = [type, texts.levels[level], code].filter(Boolean).join(" · ");
  const label = element("label", box, { class: "check" });
  label.append(element("span", `${title} (${facts})`));
  return element("li", label);
}

async function propose(what, onShown) {
  const body = { client_id: uuid(), ...what };
  if (!(await call("POST", `/api/cases/${about.id}/proposals`, body))) return;
  at("propose").close();
  await onShown();
}
