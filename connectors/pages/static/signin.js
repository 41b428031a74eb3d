// Signing in, and the first password of one's own. A page includes desk/signin.html and calls `prepare` once; after it,
// people are back where they came from.
import { call, tell } from "./desk.js";
import { at } from "./dom.js";

const FORMS = ["sign-in", "new-password"];

export function prepare() {
  at("sign-in").addEventListener("submit", signIn);
  at("new-password").addEventListener("submit", replacePassword);
}

export function askToSignIn(message = "") {
  show("sign-in", "email");
  tell(message);
}

// Whether this person has something to do before anything else; it is shown then.
export function keepsAtTheDoor(me) {
  if (me.must_change) show("new-password", "current");
  return me.must_change;
}

function show(form, field) {
  for (const id of FORMS) at(id).hidden = id !== form;
  at(field).focus();
}

async function signIn(event) {
  event.preventDefault();
  const body = { email: at("email").value, password: at("password").value };
  at("password").value = "";
  if (await call("POST", "/api/session", body)) comeIn();
  else at("password").focus();
}

async function replacePassword(event) {
  event.preventDefault();
  if (await call("POST", "/api/me/password", { current: at("current").value, new: at("new").value })) comeIn();
}

// Only a page of this site is gone back to.
function comeIn() {
  const wanted = new URLSearchParams(location.search).get("vers") ?? "";
  location.assign(/^\/[a-z/-]*$/.test(wanted) && !wanted.startsWith("//") ? wanted : location.pathname);
}
