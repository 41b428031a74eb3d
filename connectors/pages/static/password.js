// Choosing a password by a link, whose token stands behind `#`; without one, asking for a link.
import { request } from "./api.js";
import { tell } from "./desk.js";
import { at, texts } from "./dom.js";

const words = texts.password;
const token = location.hash.slice(1);
// The token does not stay in the address, which is shown, kept in the history and shared.
history.replaceState(null, "", location.pathname);

async function sending(event, send) {
  event.preventDefault();
  const submit = event.target.querySelector("[type=submit]");
  if (!submit || submit.disabled) return;
  submit.disabled = true;
  tell("");
  try {
    await send();
  } catch (error) {
    tell(error.message || texts.generic_error);
  } finally {
    submit.disabled = false;
  }
}

async function ask() {
  await request("POST", "/api/account-links", { body: { email: at("email").value } });
  end(words.asked);
}

async function choose() {
  await request("POST", "/api/account-links/use", { body: { token, password: at("password").value } });
  at("password").value = "";
  end(words.done);
}

function end(said) {
  for (const id of ["asking", "choosing"]) at(id).hidden = true;
  at("news").textContent = said;
  at("news").focus();
}

async function start() {
  if (token) {
    try {
      const { email, name } = await request("POST", "/api/account-links/open", { body: { token } });
      at("welcome").textContent = words.welcome.replace("{name}", () => name);
      at("account").value = email;
      at("choosing").hidden = false;
      at("choosing-title").focus();
      return;
    } catch (error) {
      tell(error.message || texts.generic_error);
    }
  }
  at("asking").hidden = false;
  if (!token) at("asking-title").focus();
}

at("asking").addEventListener("submit", (event) => sending(event, ask));
at("choosing").addEventListener("submit", (event) => sending(event, choose));
start();
