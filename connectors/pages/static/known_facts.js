// Facts of the person, each with a button that takes it out, and one that corrects it where a plain field can hold it.
import { button, element, texts } from "./dom.js";

// The others are said again in the conversation.
const EDITED_AS = {
  age: "number", budget: "number", company_size: "number", cpf_balance: "number", email: "email", first_name: "text",
  mobility_km: "number", training_cost: "number",
};

// A list item for each field. `place` tells two lists of a page apart; `change`: async ({field: value | null}) => void.
export function facts(place, fields, { profile, labels }, change) {
  return fields.map((field) => fact(place, { field, label: labels[field], value: profile[field] }, change));
}

function fact(place, { field, label, value }, change) {
  const name = capital(texts.fields[field] ?? field);
  const item = element("li", element("span", name, { class: "soft" }));
  item.append(element("span", label, { class: "value" }));
  if (EDITED_AS[field]) item.append(action(texts.edit, name, () => edit(item, { place, field, name, value }, change)));
  item.append(action(texts.remove, name, () => change({ [field]: null })));
  return item;
}

function action(label, name, onClick) {
  return button(label, onClick, { class: "quiet", "aria-label": `${label} : ${name}` });
}

function edit(item, { place, field, name, value }, change) {
  const before = [...item.childNodes];
  const restore = () => {
    item.replaceChildren(...before);
    item.querySelector("button").focus();
  };
  const form = element("form");
  const attributes = { id: `edit-${place}-${field}`, type: EDITED_AS[field], required: "", value: value ?? "" };
  const input = element("input", undefined, attributes);
  if (input.type === "number") Object.assign(input, { min: 0, step: "any" });
  form.append(element("label", name, { for: input.id }), input, element("button", texts.save, { type: "submit", class: "primary" }));
  form.append(button(texts.cancel, restore));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    item.replaceChildren(...before);
    change({ [field]: input.type === "number" ? input.valueAsNumber : input.value.trim() });
  });
  item.replaceChildren(form);
  input.focus();
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
