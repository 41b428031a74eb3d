// The dialogs of the page: each is opened by a button, shut by another, and gives the keyboard back.
import { tell } from "./desk.js";
import { at } from "./dom.js";

// The button of id `opener` opens the dialog of id `box`; `onOpen` fills it.
export function dialog(box, opener, onOpen) {
  at(opener).addEventListener("click", async () => {
    at(box).showModal();
    tell("");
    at(`${box.replace("-box", "")}-title`).focus();
    await onOpen();
  });
  at(box).querySelector(".shut").addEventListener("click", () => at(box).close());
  at(box).addEventListener("close", () => at(opener).checkVisibility() && at(opener).focus());
}

export function shutAll() {
  for (const open of document.querySelectorAll("dialog[open]")) open.close();
}
