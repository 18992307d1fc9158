// A filter of many choices: a button that opens a list of check boxes, with a field to search it.

const CHOICES_SHOWN = 100;

/**
 * A picker. `choices()` gives [key, count] pairs, the most frequent first; `chosen` is the set that it adds to and takes
 * from; `changed()` is called after each.
 */
function picker(title, { choices, name, chosen, changed }) {
  const list = element("fieldset", {});
  const search = element("input", { type: "search", "aria-label": `Search ${title.toLowerCase()}`, placeholder: "Search" });
  const clear = element("button", { type: "button", onclick: () => { chosen().clear(); changed(); } }, "Clear");
  const summary = element("summary", {});
  const details = element("details", { class: "picker", ontoggle: fill, onkeydown: closeOnEscape },
    summary, element("div", {}, search, list, clear));
  search.addEventListener("input", fill);
  document.addEventListener("click", ({ target }) => { if (!details.contains(target)) details.open = false; });

  function closeOnEscape(event) {
    if (event.key !== "Escape") return;
    details.open = false;
    summary.focus();
  }

  function fill() {
    if (!details.open) return;
    const words = search.value.trim().toLowerCase();
    const all = choices();
    const known = new Set(all.map(([key]) => key));
    const kept = [...chosen()].filter((key) => !known.has(key)).map((key) => [key, 0]);
    const found = [...kept, ...all].filter(([key]) => name(key).toLowerCase().includes(words));
    const shown = found.slice(0, CHOICES_SHOWN);
    const focused = document.activeElement?.value;
    const wasInside = list.contains(document.activeElement);
    list.replaceChildren(
      element("legend", {}, found.length > shown.length
        ? `The ${CHOICES_SHOWN} most frequent of ${figure(found.length)}`
        : `${title}: ${figure(found.length)}`),
      ...shown.map(([key, times]) => choice(key, times)));
    if (wasInside) [...list.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
  }

  function choice(key, times) {
    const box = element("input", { type: "checkbox", value: key, onchange: () => {
      if (box.checked) chosen().add(key);
      else chosen().delete(key);
      changed();
    } });
    box.checked = chosen().has(key);
    return element("label", {}, box, name(key), element("span", { class: "count" }, figure(times)));
  }

  /** Says what is chosen, and counts anew. */
  function refresh() {
    const keys = [...chosen()];
    summary.textContent = `${title}: ${keys.length === 0 ? "all" : keys.length === 1 ? name(keys[0]) : figure(keys.length)}`;
    clear.disabled = keys.length === 0;
    fill();
  }

  return { element: details, refresh };
}
