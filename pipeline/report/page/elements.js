// Elements of the page, made of texts: nothing that came out of an article is ever read as HTML.

/** An element; attributes that are null or false are left out, `on…` are listeners. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A link to an article; the words alone where the address is not one of the web. */
function articleLink(url, text) {
  if (!/^https?:\/\//i.test(url ?? "")) return document.createTextNode(text);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** A table that can be scrolled by keyboard; columns are {name, number}, cells texts, numbers or elements. */
function table(caption, columns, rows) {
  const sides = columns.map(({ number }) => (number ? "number" : null));
  const cell = (value, column) =>
    element(column ? "td" : "th", { scope: column ? null : "row", class: sides[column] },
      typeof value === "number" ? figure(value) : value ?? "");
  return element("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption },
    element("table", {},
      element("caption", {}, caption),
      element("thead", {}, element("tr", {},
        ...columns.map(({ name }, column) => element("th", { scope: "col", class: sides[column] }, name)))),
      element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map(cell))))));
}

/** Lets a section's closed details make their tables when they are opened, and again when they are open. */
function tablesWhenOpen(section, build) {
  const details = section.querySelector("details.as-table");
  const fill = () => {
    if (details.open) details.replaceChildren(details.querySelector("summary"), ...build());
  };
  details.ontoggle = fill;
  fill();
}

function note(section, ...texts) {
  section.querySelector(".note").textContent = texts.filter(Boolean).join(" ");
}
