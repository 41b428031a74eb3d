// What someone chose for this browser: boxes that are remembered here and nowhere else.
import { at } from "./dom.js";

const key = (id) => `hub-desk-${id}`;

// Whether the box of that id is checked.
export const isOn = (id) => at(id).checked;

// The box stands as it was left; it is checked the first time. A browser that keeps nothing forgets it.
export function remember(id) {
  at(id).checked = quietly(() => localStorage.getItem(key(id))) !== "off";
  at(id).addEventListener("change", () => quietly(() => localStorage.setItem(key(id), isOn(id) ? "on" : "off")));
}

function quietly(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
