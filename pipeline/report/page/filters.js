// What is chosen, and which events and stand-offs pass it.
//
// An actor is a number: of a code (a state, a group), or after all codes of a name (a body, a person, a ship).
// An empty set means that nothing is chosen there, and everything passes.

const NOWHERE = -1; // the country of events whose place is not stated

function everything() {
  return {
    from: null,
    to: null,
    class: "material",
    factuality: "actual",
    types: new Set(),
    actors: new Set(),
    countries: new Set(),
  };
}

/** Whether an event passes; `except` names a filter that is left aside: types, actors or countries. */
function passes(data, chosen, event, except) {
  const { events } = data;
  const day = events.day[event];
  if (chosen.from !== null && !(day !== null && day >= chosen.from)) return false;
  if (chosen.to !== null && !(day !== null && day <= chosen.to)) return false;
  if (chosen.factuality && data.factualities[events.factuality[event]].name !== chosen.factuality) return false;
  if (chosen.class && data.types[events.type[event]].class !== chosen.class) return false;
  return except === "types" || !chosen.types.size || chosen.types.has(events.type[event])
    ? (except === "actors" || hasActor(data, chosen, event)) && (except === "countries" || isThere(data, chosen, event))
    : false;
}

function hasActor(data, chosen, event) {
  return !chosen.actors.size || actorsOf(data, event).some((actor) => chosen.actors.has(actor));
}

function isThere(data, chosen, event) {
  return !chosen.countries.size || chosen.countries.has(data.events.country[event] ?? NOWHERE);
}

/** All actors of an event, on either side, each once. */
function actorsOf({ events, codes }, event) {
  const names = events.names[event].map((name) => codes.length + name);
  return [...new Set([...events.sources[event], ...events.targets[event]]), ...names];
}

/** The numbers of the events that pass, the latest first. */
function selected(data, chosen, except) {
  const found = [];
  for (let event = 0; event < data.events.type.length; event++) {
    if (passes(data, chosen, event, except)) found.push(event);
  }
  return found;
}

/**
 * The stand-offs that pass: in whose time a chosen day lies, and one of whose events has a chosen type, actor and country.
 * Class and factuality do not matter: a refusal is verbal, and only what is actual makes a stand-off.
 */
function selectedStandoffs(data, chosen) {
  return data.standoffs.filter((standoff) => {
    const end = standoff.allowed ?? standoff.last;
    if (chosen.from !== null && !(end !== null && end >= chosen.from)) return false;
    if (chosen.to !== null && !(standoff.refused !== null && standoff.refused <= chosen.to)) return false;
    const events = [...standoff.refusals, standoff.admission].filter((event) => event !== null);
    return (
      (!chosen.types.size || events.some((event) => chosen.types.has(data.events.type[event]))) &&
      events.some((event) => hasActor(data, chosen, event)) &&
      events.some((event) => isThere(data, chosen, event))
    );
  });
}

/** The name of an actor's number. "Malta (all)" is whoever belongs to the state, "Malta" what is called so. */
function actorName(data, actor) {
  if (actor >= data.codes.length) return data.names[actor - data.codes.length];
  return data.codes[actor].kind === "people" ? codeName(data, actor) : `${codeName(data, actor)} (all)`;
}

function codeName(data, code) {
  return code === NOWHERE ? "place not stated" : data.codes[code].name;
}
