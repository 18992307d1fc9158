// Where: countries shaded by their events, and named places as spots.

const STEPS = ["--scale-1", "--scale-2", "--scale-3", "--scale-4", "--scale-5"];
const PLACES_IN_TABLE = 200;
let view = { zoom: 1, center: null };

/** Makes the outlines known to the chart library, by their ids. */
function readOutlines(world) {
  const outlines = vendor.feature(world, world.objects.countries);
  for (const outline of outlines.features) outline.properties.name = outline.id ?? outline.properties.name;
  vendor.registerMap("world", outlines);
}

/** Upper bounds of the shades: powers of a base that makes them reach the largest number. */
function bounds(most) {
  const base = Math.max(2, Math.ceil(most ** (1 / STEPS.length)));
  return STEPS.map((_, step) => base ** (step + 1) - 1).filter((bound, step, all) => step === 0 || all[step - 1] < most);
}

function drawMap(section, data, found) {
  const byCountry = new Map();
  const byPlace = new Map();
  for (const event of found) {
    count(byCountry, data.events.country[event] ?? NOWHERE);
    if (data.events.place[event] !== null) count(byPlace, data.events.place[event]);
  }
  const countries = ranked(byCountry, (code) => codeName(data, code)).filter(([code]) => code !== NOWHERE);
  const places = ranked(byPlace, (place) => data.places[place][0]);
  const spots = places.filter(([place]) => data.places[place][3] !== null);
  const located = countries.reduce((sum, [, times]) => sum + times, 0);
  const sea = countries.find(([code]) => data.codes[code].code === "INT")?.[1] ?? 0;
  note(section, `${figure(located)} of ${many(found.length, "event")} name a country, or (${figure(sea)} of them) the high sea.`,
    "Shades count events by country; spots are places within countries and at sea whose position is known.");
  draw(section, `A map of ${many(located, "event")} in ${figure(countries.length)} countries and at sea.`,
    (width) => ({ option: mapOption(width, data, countries, spots) }));
  zoomButtons(section);
  tablesWhenOpen(section, () => [
    table("Events by country", [{ name: "country" }, { name: "events", number: true }],
      ranked(byCountry, (code) => codeName(data, code)).map(([code, times]) => [codeName(data, code), times])),
    table(places.length > PLACES_IN_TABLE ? `The ${PLACES_IN_TABLE} most frequent places` : "Events by place",
      [{ name: "place" }, { name: "country" }, { name: "events", number: true }],
      places.slice(0, PLACES_IN_TABLE).map(([place, times]) => {
        const [name, country] = data.places[place];
        return [name, country === null ? "" : codeName(data, country), times];
      })),
  ]);
}

function mapOption(width, data, countries, spots) {
  const shaded = countries.filter(([code]) => data.codes[code].outline);
  const most = Math.max(1, ...shaded.map(([, times]) => times));
  const upper = bounds(most);
  const largest = Math.max(1, ...spots.map(([, times]) => times));
  const names = new Map(data.codes.map(({ outline, name }) => [outline, name]));
  return {
    tooltip: { formatter: ({ seriesType, name, value }) => seriesType === "scatter"
      ? `${name}: ${many(value[2], "event")}`
      : value ? `${names.get(name)}: ${many(value, "event")}` : "" },
    geo: { map: "world", roam: false, zoom: view.zoom, ...(view.center && { center: view.center }), left: 0, right: 0, top: 0, bottom: 0,
      itemStyle: { areaColor: colour("--land"), borderColor: colour("--card"), borderWidth: 0.5 }, emphasis: { disabled: true }, silent: false },
    visualMap: { type: "piecewise", seriesIndex: 0, left: 0, bottom: 0, selectedMode: false, itemWidth: 14, itemHeight: 12, itemGap: 4,
      textStyle: { color: colour("--text") }, backgroundColor: colour("--card"), padding: 6,
      pieces: upper.map((bound, step) => {
        const min = step ? upper[step - 1] + 1 : 1;
        return { min, max: bound, label: min === bound ? figure(min) : `${figure(min)}–${figure(bound)}`, color: colour(STEPS[step]) };
      }) },
    series: [
      { type: "map", geoIndex: 0, data: shaded.map(([code, value]) => ({ name: data.codes[code].outline, value })) },
      { type: "scatter", coordinateSystem: "geo",
        data: spots.map(([place, times]) => ({ name: data.places[place][0], value: [data.places[place][3], data.places[place][2], times] })),
        symbolSize: (value) => 5 + (width < NARROW ? 12 : 22) * Math.sqrt(value[2] / largest),
        itemStyle: { color: colour("--spot"), opacity: 0.75, borderColor: colour("--card") }, emphasis: { disabled: true } },
    ],
  };
}

function zoomButtons(section) {
  const group = section.querySelector(".buttons");
  if (group.childElementCount) return;
  const regions = [
    ["World", 1, null], ["Mediterranean", 5, [15, 38]], ["Europe", 4.5, [12, 51]], ["Africa", 2.5, [18, 4]],
    ["Asia and Pacific", 2.2, [110, 8]], ["Americas", 2.2, [-85, 18]],
  ];
  group.append(...regions.map(([name, zoom, center], place) => element("button", { type: "button", "aria-pressed": String(place === 0),
    onclick: ({ currentTarget }) => {
      view = { zoom, center };
      for (const button of group.children) button.setAttribute("aria-pressed", String(button === currentTarget));
      charts.get(section.querySelector(".chart")).setOption({ geo: { zoom, center: center ?? [0, 20] } });
    } }, name)));
}
