// Whether the person of the open case is at their page, and writing.
import { at, texts } from "./dom.js";
import { WritingLine } from "./writing.js";

const words = texts.console;
const RELOAD_MS = 5000; // a page that is loaded again is away for a moment
const line = new WritingLine("person-writing", words.person_writing);
let leaving = null;

export function heard({ event, data }) {
  if (event === "writing") line.show();
  else if (event === "person") told(JSON.parse(data).present);
}

// What was shown is of another case.
export function forget() {
  clearTimeout(leaving);
  at("person-presence").textContent = "";
  line.hide();
}

export const hasWritten = () => line.hide();

function told(present) {
  clearTimeout(leaving);
  const said = at("person-presence").textContent;
  const change = () => (at("person-presence").textContent = present ? words.person_here : words.person_gone);
  if (present || !said) change();
  else leaving = setTimeout(change, RELOAD_MS);
}
