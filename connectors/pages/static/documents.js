// The files of a conversation: on the web site they are saved, at the kiosk they are printed.
import { download } from "./api.js";
import { element, texts } from "./dom.js";

// Opens what the transcript asks for; `token()` gives the key of the conversation, `tell` says what went wrong.
export function opensDocuments(transcript, { print, token, tell }) {
  transcript.addEventListener("document", async ({ detail: { url }, target: asked }) => {
    asked.disabled = true;
    try {
      const address = URL.createObjectURL(await download(url, token()));
      if (print) printed(address);
      else saved(address, url.split("/").at(-1));
    } catch (error) {
      tell(error.message || texts.generic_error);
    } finally {
      asked.disabled = false;
      asked.focus();
    }
  });
}

function saved(address, name) {
  const link = element("a", undefined, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function printed(address) {
  document.getElementById("printing")?.remove();
  const frame = element("iframe", undefined, { id: "printing", src: address, hidden: "", title: texts.printing });
  frame.addEventListener("load", () => frame.contentWindow.print());
  document.body.append(frame);
}
