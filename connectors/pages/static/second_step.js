// The second step of one's own account: on, off, codes for a lost phone. Each asks for the password again.
import { call } from "./desk.js";
import { at, element, texts } from "./dom.js";

const words = texts.profile;
let say = null;
let changed = null;

// `say(message)` tells what was done; `changed()` is called once sessions may have ended.
export function prepare(me, options) {
  ({ say, changed } = options);
  at("second-rule").hidden = !me.must_enrol;
  at("proving").addEventListener("submit", prove);
  at("enrolling").addEventListener("submit", confirm);
  show(me.totp);
  if (me.must_enrol) at("second-title").focus();
}

function show(on) {
  at("second-on").hidden = !on;
  at("proving").hidden = false;
  at("enrolling").hidden = true;
  // A hidden button would still be the one that Enter presses.
  for (const id of ["turn-on", "renew", "turn-off"]) at(id).hidden = at(id).disabled = on === (id === "turn-on");
}

async function prove(event) {
  event.preventDefault();
  const body = { password: at("proof").value };
  at("proof").value = "";
  await { "turn-on": begin, renew, "turn-off": turnOff }[event.submitter?.id ?? "turn-on"](body);
}

async function begin(body) {
  const secret = await call("POST", "/api/me/totp", body);
  if (!secret) return;
  at("qr").src = secret.qr;
  at("secret").value = secret.secret;
  at("proving").hidden = true;
  at("enrolling").hidden = false;
  at("code").focus();
}

async function confirm(event) {
  event.preventDefault();
  const done = await call("POST", "/api/me/totp/confirm", { totp: at("code").value });
  at("code").value = "";
  if (!done) {
    at("code").focus();
    return;
  }
  at("qr").removeAttribute("src");
  at("secret").value = "";
  at("second-rule").hidden = true;
  show(true);
  await changed();
  say(words.turned_on);
  showCodes(done.recovery_codes);
}

async function renew(body) {
  const done = await call("POST", "/api/me/totp/recovery-codes", body);
  if (!done) return;
  say(words.renewed);
  showCodes(done.recovery_codes);
}

async function turnOff(body) {
  if (!(await call("POST", "/api/me/totp/off", body))) return;
  at("recovery").hidden = true;
  show(false);
  say(words.turned_off);
}

function showCodes(codes) {
  at("recovery-codes").replaceChildren(...codes.map((code) => element("li", code)));
  at("recovery").hidden = false;
  at("recovery-title").focus();
}
