// The button that opens a conversation: pressed once, and what went wrong is told beside it.
import { at, texts } from "./dom.js";

export async function begin(conversation) {
  const box = at("opening-problem");
  box.hidden = true;
  at("start").disabled = true;
  try {
    await conversation.open();
  } catch (error) {
    box.textContent = error.message || texts.generic_error;
    box.hidden = false;
  } finally {
    at("start").disabled = false;
  }
}
