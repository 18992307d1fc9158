// The bar of filters.

/** Fills the form; `changed()` is called when something else is chosen. Returns what brings the bar up to date. */
function controls(form, data, chosen, changed) {
  const field = (name, control) => element("label", {}, name, control);
  const day = (key) => {
    const input = element("input", { type: "date", onchange: () => {
      chosen[key] = input.value ? dayNumber(input.value) : null;
      changed();
    } });
    return input;
  };
  const select = (key, options) => {
    const made = element("select", { onchange: () => {
      chosen[key] = made.value;
      if (key === "class") chosen.types.clear();
      changed();
    } }, ...options.map(([value, text]) => element("option", { value }, text)));
    return made;
  };

  const from = day("from");
  const to = day("to");
  const classes = [...new Set(data.types.map((type) => type.class))].sort();
  const ofClass = select("class", [...classes.map((name) => [name, name]), ["", "all"]]);
  const factuality = select("factuality", [...data.factualities.map(({ name }) => [name, name]), ["", "all"]]);
  const facet = (key, keysOf) => () => {
    const counts = new Map();
    for (const event of selected(data, chosen, key)) for (const of of keysOf(event)) count(counts, of);
    return ranked(counts, names[key]);
  };
  const names = {
    types: (type) => words(data.types[type].name),
    actors: (actor) => actorName(data, actor),
    countries: (code) => codeName(data, code),
  };
  const pickers = [
    ["Types", "types", (event) => [data.events.type[event]]],
    ["Actors", "actors", (event) => actorsOf(data, event)],
    ["Countries", "countries", (event) => [data.events.country[event] ?? NOWHERE]],
  ].map(([title, key, keysOf]) =>
    picker(title, { choices: facet(key, keysOf), name: names[key], chosen: () => chosen[key], changed }));
  const reset = element("button", { type: "button", onclick: () => { Object.assign(chosen, everything()); changed(); } }, "Reset");

  form.append(field("From", from), field("To", to), field("Class", ofClass), field("Factuality", factuality),
    ...pickers.map((made) => made.element), reset);
  form.addEventListener("submit", (event) => event.preventDefault());

  return () => {
    from.value = chosen.from === null ? "" : dayText(chosen.from);
    to.value = chosen.to === null ? "" : dayText(chosen.to);
    ofClass.value = chosen.class;
    factuality.value = chosen.factuality;
    pickers.forEach((made) => made.refresh());
  };
}
