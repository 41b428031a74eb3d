// Signing in, and the first password of one's own. A page includes desk/signin.html and calls `prepare` once; after it,
// people are back where they came from.
import { request } from "./api.js";
import { call, tell } from "./desk.js";
import { at, texts } from "./dom.js";

const FORMS = ["sign-in", "new-password"];

export function prepare() {
  at("sign-in").addEventListener("submit", signIn);
  at("new-password").addEventListener("submit", replacePassword);
}

export function askToSignIn(message = "") {
  show("sign-in", "email");
  const refused = new URLSearchParams(location.search).has("refus") && at("oidc-refused")?.textContent;
  tell(message || refused || "");
}

// Whether this person has something to do before anything else; it is shown then.
export function keepsAtTheDoor(me) {
  if (me.must_change) show("new-password", "current");
  else if (me.must_enrol) location.replace("/conseil/profil");
  return me.must_change || me.must_enrol;
}

function show(form, field) {
  for (const id of FORMS) at(id).hidden = id !== form;
  at(field).focus();
}

async function signIn(event) {
  event.preventDefault();
  const body = { email: at("email").value, password: at("password").value };
  if (!at("second-step").hidden) body.totp = at("totp").value;
  tell("");
  try {
    await request("POST", "/api/session", { body });
  } catch (error) {
    refused(error);
    return;
  }
  comeIn();
}

// The password stays while the code of the second step is asked for, and no longer.
function refused(error) {
  const second = ["totp_required", "bad_totp"].includes(error.code);
  at("second-step").hidden = !second;
  at("totp").required = second;
  at("totp").value = "";
  if (!second) at("password").value = "";
  tell(error.message || texts.generic_error);
  at(second ? "totp" : "password").focus();
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
