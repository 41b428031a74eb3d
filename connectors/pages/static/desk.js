// What the pages of the desk share: who is signed in, requests with the CSRF token, problems told.
import { request } from "./api.js";
import { at, texts } from "./dom.js";

let me = null;
let whenEnded = () => tell(texts.session_ended);

// Who is signed in; anyone else is sent to the sign-in page, which brings them back. `ended` is called when a request
// finds that the session is over.
export async function enter({ nobody = goToSignIn, ended = whenEnded } = {}) {
  whenEnded = ended;
  try {
    me = await request("GET", "/api/me");
  } catch (error) {
    if (error.status === 401) nobody();
    else tell(error.message || texts.generic_error);
    return null;
  }
  at("who").textContent = me.name;
  for (const id of ["who", "sign-out"]) at(id).hidden = false;
  at("sign-out").addEventListener("click", async () => {
    await call("DELETE", "/api/session");
    location.assign("/conseil");
  });
  showPages(me.role);
  return me;
}

function goToSignIn() {
  location.assign(`/conseil?vers=${encodeURIComponent(location.pathname)}`);
}

// The links of the pages that this role may open.
export function showPages(role) {
  for (const entry of at("pages").querySelectorAll("[data-roles]")) {
    entry.hidden = !entry.dataset.roles.split(" ").includes(role);
    const link = entry.querySelector("a");
    if (link.getAttribute("href") === location.pathname) link.setAttribute("aria-current", "page");
  }
  at("pages").hidden = false;
}

// The reply, or null once the problem is told.
export async function call(method, path, body) {
  try {
    if (method !== "GET") tell("");
    return await request(method, path, { csrf: me?.csrf, body });
  } catch (error) {
    tellProblem(error);
    return null;
  }
}

// The reply; undefined when it is not there or no longer, null once another problem is told.
export async function read(path) {
  try {
    return await request("GET", path);
  } catch (error) {
    tellProblem(error);
    return error.status === 404 ? undefined : null;
  }
}

function tellProblem(error) {
  if (error.code === "not_signed_in") whenEnded();
  else tell(error.message || texts.generic_error);
}

// Something that may get lost: whether it was refused is not told.
export const quietly = (method, path, body) => request(method, path, { csrf: me?.csrf, body }).catch(() => null);

// Told in the open dialog, if there is one: the rest of the page cannot be reached then.
export function tell(message) {
  const box = document.querySelector("dialog[open] .problem") ?? at("problem");
  box.textContent = message;
  box.hidden = !message;
}
