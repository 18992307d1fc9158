// Stand-offs of rescue ships: how long they waited, and who refused and admitted them.

const LONGEST_SHOWN = 15;

function drawStandoffs(section, data, chosen) {
  const found = selectedStandoffs(data, chosen);
  const ended = found.filter(({ days }) => days !== null);
  const days = ended.map((standoff) => standoff.days).sort((a, b) => a - b);
  const median = days.length ? (days[Math.floor((days.length - 1) / 2)] + days[Math.floor(days.length / 2)]) / 2 : null;
  note(section, `${many(found.length, "stand-off")}; ${figure(ended.length)} of them ended, as far as told, with the ship let in` +
      (median === null ? "." : `, after ${many(median, "day")} in the median.`),
    "They are found by a query over all actual events of named ships (see the method below), of whatever class.");
  draw(section, `Bars: the days that ${many(Math.min(ended.length, LONGEST_SHOWN), "stand-off")} lasted.`,
    (width) => standoffsOption(width, ended));
  const who = (codes) => codes.map((code) => codeName(data, code)).join(", ") || "not stated";
  section.querySelector(".rows").replaceChildren(found.length
    ? table("Stand-offs, the latest first", [{ name: "ship" }, { name: "refused on" }, { name: "refused by" }, { name: "let in on" },
      { name: "where" }, { name: "days", number: true }, { name: "refusals told", number: true }, { name: "evidence" }],
    found.map((standoff) => [standoff.ship, standoff.refused === null ? "not known" : dayText(standoff.refused), who(standoff.by),
      standoff.allowed === null ? "not told" : dayText(standoff.allowed), standoff.where === null ? "" : codeName(data, standoff.where),
      standoff.days === null ? "" : `${standoff.exact ? "" : "about "}${figure(standoff.days)}`, standoff.refusals.length, standoffEvidence(data, standoff)]))
    : element("p", {}, "No stand-off passes the filters."));
}

function standoffEvidence({ events }, { refusals, admission }) {
  const shown = [refusals[0], ...(admission === null ? [] : [admission])];
  return element("span", {}, ...shown.flatMap((event, place) =>
    [place ? " … " : null, articleLink(events.url[event], events.evidence[event])]).filter(Boolean));
}

function standoffsOption(width, ended) {
  const shown = [...ended].sort((a, b) => b.days - a.days).slice(0, LONGEST_SHOWN);
  if (!shown.length) return null;
  const label = ({ ship, refused }) => `${ship}, ${dayText(refused)}`;
  return {
    height: 60 + 28 * shown.length,
    option: {
      tooltip: { formatter: ({ name, value }) => `${name}: ${many(value, "day")}` },
      grid: { left: width < NARROW ? 150 : 220, right: 40, top: 8, bottom: 40 },
      xAxis: axis({ type: "value", minInterval: 1, name: "days", nameLocation: "middle", nameGap: 26 }),
      yAxis: axis({ type: "category", data: shown.map(label), inverse: true, axisLabel: { interval: 0, width: width < NARROW ? 140 : 210, overflow: "truncate" } }),
      series: [{ type: "bar", data: shown.map(({ days }) => days), emphasis: { disabled: true }, itemStyle: { color: colour("--series-1") },
        label: { show: true, position: "right", color: colour("--text") } }],
    },
  };
}
