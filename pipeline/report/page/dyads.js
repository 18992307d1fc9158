// Who acts on whom: states and organisations as a matrix of sources and targets.

function drawDyads(section, data, found) {
  const isParty = (code) => ["state", "organisation"].includes(data.codes[code].kind);
  const pairs = new Map();
  const [acting, actedOn] = [new Map(), new Map()];
  let between = 0;
  let onPeople = 0;
  for (const event of found) {
    const sources = data.events.sources[event].filter(isParty);
    const targets = data.events.targets[event].filter(isParty);
    if (sources.length && targets.length) between++;
    if (sources.length && data.events.targets[event].some((code) => data.codes[code].code === "REF")) onPeople++;
    for (const source of sources) {
      for (const target of targets) {
        count(pairs, `${source} ${target}`);
        count(acting, source);
        count(actedOn, target);
      }
    }
  }
  const name = (code) => data.codes[code].name;
  const rows = ranked(pairs, (pair) => pair.split(" ").map((code) => name(Number(code))).join(" "))
    .map(([pair, times]) => [...pair.split(" ").map(Number), times]);
  note(section, `${figure(between)} of ${many(found.length, "event")} ${between === 1 ? "has" : "have"} states or organisations on both sides;`,
    `in ${figure(onPeople)} they act on people on the move. An event between several parties counts for each pair.`);
  draw(section, `A matrix of the most frequent sources and targets in ${many(between, "event")}.`,
    (width) => rows.length ? dyadsOption(width, data, pairs, ranked(acting, name), ranked(actedOn, name)) : null);
  tablesWhenOpen(section, () => [
    table("Events by source and target", [{ name: "source" }, { name: "target" }, { name: "events", number: true }],
      rows.map(([source, target, times]) => [name(source), name(target), times])),
  ]);
}

function dyadsOption(width, data, pairs, acting, actedOn) {
  const shown = width < NARROW ? 7 : 14;
  const sources = acting.slice(0, shown).map(([code]) => code);
  const targets = actedOn.slice(0, shown).map(([code]) => code);
  const label = (code) => (width < NARROW || data.codes[code].name.length > 22 ? data.codes[code].code : data.codes[code].name);
  const cells = sources.flatMap((source, y) => targets.map((target, x) => [x, y, pairs.get(`${source} ${target}`) ?? 0])).filter(([, , times]) => times);
  const upper = bounds(Math.max(...cells.map(([, , times]) => times)));
  const shade = (times) => upper.findIndex((bound) => times <= bound);
  return {
    height: 110 + 30 * sources.length,
    option: {
      tooltip: { formatter: ({ value: [x, y, times] }) => `${data.codes[sources[y]].name} → ${data.codes[targets[x]].name}: ${many(times, "event")}` },
      grid: { left: width < NARROW ? 64 : 170, right: 8, top: width < NARROW ? 60 : 96, bottom: 8 },
      xAxis: axis({ type: "category", data: targets.map(label), position: "top", name: "target", axisLabel: { rotate: 45, interval: 0 } }),
      yAxis: axis({ type: "category", data: sources.map(label), inverse: true, name: "source", nameLocation: "start", axisLabel: { interval: 0 } }),
      series: [{ type: "heatmap", emphasis: { disabled: true }, itemStyle: { borderColor: colour("--card"), borderWidth: 1 },
        data: cells.map((value) => ({ value, itemStyle: { color: colour(STEPS[shade(value[2])]) },
          label: { show: true, color: colour(shade(value[2]) < 2 ? "--text" : "--card") } })) }],
    },
  };
}
