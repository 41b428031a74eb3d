// Tells that there is more to read further down, and leads there.
import { at } from "./dom.js";

const NEAR = 60;
const STEP = 0.8; // of what is on the screen

// The function to call when the transcript has changed.
export function tellsBelow(transcript) {
  const tell = () => {
    const { scrollHeight, scrollTop, clientHeight } = transcript;
    at("below").hidden = scrollHeight - scrollTop - clientHeight < NEAR;
  };
  at("below").addEventListener("click", () => transcript.scrollBy({ top: transcript.clientHeight * STEP }));
  transcript.addEventListener("scroll", tell, { passive: true });
  new ResizeObserver(tell).observe(transcript);
  return tell;
}
