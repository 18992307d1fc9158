// Events over time by type, and under them what was read in the same months, so that a change of feeds is not taken for a
// trend.

const LONGEST_IN_MONTHS = 120; // longer times are drawn by quarter, and by year
const LONGEST_IN_QUARTERS = 120 * 3;

/** The periods from one day to another: a key for each, and which key a day has. */
function periods(first, last) {
  const months = (day) => {
    const date = new Date(day * MILLISECONDS_A_DAY);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const span = months(last) - months(first) + 1;
  const [unit, step] =
    span <= LONGEST_IN_MONTHS ? ["month", 1] : span <= LONGEST_IN_QUARTERS ? ["quarter", 3] : ["year", 12];
  const start = Math.floor(months(first) / step);
  const keys = [];
  for (let period = start; period <= Math.floor(months(last) / step); period++) {
    const year = Math.floor((period * step) / 12);
    const within = (period * step) % 12;
    keys.push(unit === "year" ? `${year}` : unit === "quarter" ? `${year}-Q${within / 3 + 1}`
      : `${year}-${String(within + 1).padStart(2, "0")}`);
  }
  return { unit, keys, of: (day) => Math.floor(months(day) / step) - start };
}

/** The days that are drawn: those of the filter, else those that articles were read of, else those of the events. */
function span(data, chosen, found) {
  const read = data.coverage.map(([day]) => day).filter((day) => day !== null);
  const days = read.length ? read : found.map((event) => data.events.day[event]).filter((day) => day !== null).sort((a, b) => a - b);
  if (!days.length) return null;
  const first = chosen.from ?? days[0];
  const last = chosen.to ?? days.at(-1);
  return first <= last ? [first, last] : null;
}

/** Types that have a colour of their own: the most frequent of the whole dataset, so that colours stay as they are. */
function typesWithColours(data, chosen) {
  const counts = new Map();
  data.events.type.forEach((type) => {
    const isShown = chosen.types.size ? chosen.types.has(type) : !chosen.class || data.types[type].class === chosen.class;
    if (isShown) count(counts, type);
  });
  return ranked(counts).slice(0, PALETTE.length).map(([type]) => type);
}

function drawTime(section, data, chosen, found) {
  const days = span(data, chosen, found);
  const { unit, keys, of } = days ? periods(...days) : { unit: "month", keys: [], of: () => -1 };
  const isDrawn = (day) => day !== null && of(day) in keys;
  const byType = new Map();
  const all = keys.map(() => 0);
  for (const event of found.filter((each) => isDrawn(data.events.day[each]))) {
    const type = data.events.type[event];
    const period = of(data.events.day[event]);
    if (!byType.has(type)) byType.set(type, keys.map(() => 0));
    byType.get(type)[period]++;
    all[period]++;
  }
  const read = keys.map(() => 0);
  const relevant = keys.map(() => 0);
  let readUndated = 0;
  for (const [day, articles, about] of data.coverage) {
    if (day === null) readUndated += articles;
    else if (day >= days[0] && day <= days[1]) {
      read[of(day)] += articles;
      relevant[of(day)] += about;
    }
  }
  const undated = found.filter((event) => data.events.day[event] === null).length;
  const drawn = all.reduce((sum, times) => sum + times, 0);
  const outside = found.length - undated - drawn;
  const label = (type) => words(data.types[type].name);

  note(section,
    `By ${unit} and type; the grey bars are the articles that were read, by day of publication, whatever they tell.`,
    undated || outside ? `Not drawn: ${many(undated, "event")} without a date, and ${figure(outside)} outside these days.` : "",
    readUndated ? `${many(readUndated, "article")} without a day of publication ${readUndated === 1 ? "is" : "are"} in no bar.` : "");
  draw(section, `Bars: ${many(drawn, "event")} by ${unit} and type, with the articles read.`,
    (width) => days && { option: timeOption(width, keys, colouredBars(data, chosen, byType, keys), read, relevant) });
  tablesWhenOpen(section, () => {
    const types = [...byType.keys()].sort((a, b) => a - b);
    return [table(`Events by ${unit} and type, and articles read`,
      [{ name: unit }, ...types.map((type) => ({ name: label(type), number: true })), { name: "all events", number: true },
        { name: "articles read", number: true }, { name: "of them about migration", number: true }],
      keys.map((key, period) => [key, ...types.map((type) => byType.get(type)[period]), all[period], read[period], relevant[period]]))];
  });
}

/** The bars of types that have a colour, and those of all others together. */
function colouredBars(data, chosen, byType, keys) {
  const named = typesWithColours(data, chosen);
  const bars = named.filter((type) => byType.has(type)).map((type) => ({
    name: words(data.types[type].name), counts: byType.get(type), shade: PALETTE[named.indexOf(type)],
  }));
  const others = [...byType.keys()].filter((type) => !named.includes(type));
  if (!others.length) return bars;
  const together = keys.map((_, period) => others.reduce((sum, type) => sum + byType.get(type)[period], 0));
  return [...bars, { name: "other types", counts: together, shade: "--others" }];
}

function timeOption(width, keys, bars, read, relevant) {
  const lines = width < NARROW ? 5 : 2;
  const sides = { left: 48, right: 12 };
  const bar = { type: "bar", barCategoryGap: "12%", emphasis: { disabled: true } };
  return {
    legend: { data: [...bars.map(({ name }) => name), "articles read", "about migration"], selectedMode: false, left: 0, top: 0,
      itemWidth: 14, itemGap: 12, textStyle: { color: colour("--text") } },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, formatter: (points) =>
      [points[0].axisValue, ...points.filter(({ value }) => value).map(({ seriesName, value }) => `${seriesName}: ${figure(value)}`)].join("\n") },
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    grid: [{ ...sides, top: 24 * lines + 24, bottom: 140 }, { ...sides, height: 70, bottom: 28 }],
    xAxis: [0, 1].map((gridIndex) => axis({ type: "category", data: keys, gridIndex, axisLabel: { show: gridIndex === 1 } })),
    yAxis: [axis({ type: "value", gridIndex: 0, name: "events", minInterval: 1 }),
      axis({ type: "value", gridIndex: 1, name: "articles read", minInterval: 1, splitNumber: 2 })],
    series: [
      ...bars.map(({ name, counts, shade }) => ({ ...bar, name, stack: "events", data: counts,
        itemStyle: { color: colour(shade), borderColor: colour("--card"), borderWidth: keys.length > 60 ? 0 : 0.5 } })),
      { ...bar, name: "articles read", xAxisIndex: 1, yAxisIndex: 1, data: read, itemStyle: { color: colour("--read") } },
      { ...bar, name: "about migration", xAxisIndex: 1, yAxisIndex: 1, data: relevant, barGap: "-100%", itemStyle: { color: colour("--relevant") } },
    ],
  };
}
