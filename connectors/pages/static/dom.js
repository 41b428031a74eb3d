// Making and finding elements. What is said by people or programs is only ever inserted as text, never as markup.

export const texts = JSON.parse(document.getElementById("texts").textContent);

export const at = (id) => document.getElementById(id);

export function element(name, content, attributes = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (content !== undefined && content !== null) made.append(content);
  return made;
}

export function list(name, items, attributes = {}) {
  const made = element(name, undefined, attributes);
  made.append(...items.map((item) => (item instanceof HTMLLIElement ? item : element("li", item))));
  return made;
}

// Lines as paragraphs; those that begin with a bullet as a list.
export function prose(text) {
  const made = [];
  for (const line of text.split("\n").filter((each) => each.trim())) {
    const bullet = /^[•-]\s+(.*)$/.exec(line);
    if (!bullet) made.push(element("p", line));
    else if (made.at(-1)?.tagName === "UL") made.at(-1).append(element("li", bullet[1]));
    else made.push(list("ul", [bullet[1]]));
  }
  return made;
}

export function button(label, onClick, attributes = {}) {
  const made = element("button", label, { type: "button", ...attributes });
  made.addEventListener("click", onClick);
  return made;
}

// The options of a list: `{value: label}`.
export function options(select, entries) {
  select.replaceChildren(...Object.entries(entries).map(([value, label]) => element("option", label, { value })));
}

export function day(iso) {
  return new Date(/^\d{4}-\d\d-\d\d$/.test(iso) ? `${iso}T12:00:00` : iso).toLocaleDateString("fr-FR");
}

export function euros(amount) {
  return amount.toLocaleString("fr-FR", { style: "currency", currency: "EUR", minimumFractionDigits: Number.isInteger(amount) ? 0 : 2 });
}
