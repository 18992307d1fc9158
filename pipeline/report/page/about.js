// What the numbers are, which snapshot they are of, and how to cite it.

const METHOD = [
  "An event is one thing done, decided, said or refused about migration. The page counts events (clusters), not reports: " +
    "an event counts once however many sentences and articles tell it.",
  "They are coded by rules, a parser and a small network, without people, from the articles that were read; some are " +
    "wrong and many were not found. Differences between types, countries and times may come from the articles as well as from the world: look at " +
    "the articles read, and read the evidence.",
  "Event types follow PLOVER, policy fields DEMIG POLICY. Dates are those that the sentences give, else the day of the first " +
    "report. The direction of an event is that of its representative sentence, else of the surest that has one.",
  "The filters act on everything on this page, with two exceptions: articles read have only a date, and stand-offs take part " +
    "in date, type, actor and country alone. With a date chosen, what has none is left out.",
];

function drawAbout(section, data, licences) {
  const { snapshot } = data;
  const facts = [
    ["Snapshot", `${snapshot.number} of ${snapshot.made.slice(0, 10)}, id ${snapshot.id}, run ${snapshot.run}`],
    ["Made by", `migration-events ${snapshot.version}, coder ${snapshot.coders.join(", ") || "none"}`],
    ["Holds", `${many(snapshot.articles, "article")}, ${figure(snapshot.relevant)} of them about migration; ` +
      `${many(data.events.type.length, "event")}, told in ${many(snapshot.reports, "sentence")}`],
    ["Cite as", `${snapshot.cite}.`],
  ];
  const folded = (title, text) => element("details", { class: "as-table" }, element("summary", {}, title),
    element("pre", { tabindex: "0", role: "region", "aria-label": title }, text));
  section.append(
    ...METHOD.map((text) => element("p", {}, text)),
    element("dl", {}, ...facts.flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)])),
    element("details", { class: "as-table" }, element("summary", {}, "Event types and what they mean"),
      table("Event types", [{ name: "type" }, { name: "class" }, { name: "meaning" }],
        data.types.map((type) => [words(type.name), type.class, type.meaning]))),
    folded("The query behind the events (DuckDB, over the Parquet files)", data.queries.clusters),
    folded("The query behind the stand-offs", data.queries.standoffs),
    folded("Licences of what is in this page", licences),
  );
}
