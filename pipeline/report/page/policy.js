// Which way policies move: changes of policy by tool, and apart from them every other event that has a direction.

const BARS_SHOWN = 14;
const SIDES = [["less_restrictive", "--less", -1], ["more_restrictive", "--more", 1]];

function drawPolicy(section, data, found) {
  const changes = found.filter((event) => data.types[data.events.type[event]].name === "policy_change");
  const tool = (event) => (data.events.tool[event] === null ? "tool not stated" : words(data.events.tool[event]));
  drawDirections(section, data, changes, tool, "policy tool", `${many(changes.length, "policy change")}, each once, by DEMIG's policy tools.`);
}

function drawOthers(section, data, found) {
  const others = found.filter((event) => data.events.direction[event] !== null && data.types[data.events.type[event]].name !== "policy_change");
  const type = (event) => words(data.types[data.events.type[event]].name);
  drawDirections(section, data, others, type, "type", `${many(others.length, "event")} of other types: proposals, rulings, returns and the like are no changes of policy.`);
}

function drawDirections(section, data, found, kindOf, kind, said) {
  const rows = new Map();
  const directions = Object.keys(data.directions);
  for (const event of found) {
    if (!rows.has(kindOf(event))) rows.set(kindOf(event), new Map());
    count(rows.get(kindOf(event)), data.events.direction[event]);
  }
  const times = (name, direction) => rows.get(name).get(direction) ?? 0;
  const total = (name) => [...rows.get(name).values()].reduce((sum, each) => sum + each, 0);
  const moving = (direction) => [...rows.keys()].reduce((sum, name) => sum + times(name, direction), 0);
  const names = ranked([...rows.keys()].map((name) => [name, total(name)])).map(([name]) => name);
  const [less, more] = SIDES.map(([direction]) => moving(direction));
  const neither = found.length - less - more;
  note(section, said, `${figure(less)} less restrictive, ${figure(more)} more restrictive,`,
    `${figure(neither)} that change neither way, cannot be assessed, or whose direction is not coded.`);
  draw(section, `Bars to the left and right: ${figure(less)} less restrictive, ${figure(more)} more restrictive, by ${kind}.`,
    (width) => less + more ? directionsOption(width, names.filter((name) => SIDES.some(([side]) => times(name, side))).slice(0, BARS_SHOWN), times) : null);
  tablesWhenOpen(section, () => [
    table(`Events by ${kind} and direction`,
      [{ name: kind }, ...directions.map((name) => ({ name: words(name), number: true })), { name: "not coded", number: true }, { name: "all", number: true }],
      names.map((name) => [name, ...directions.map((direction) => times(name, direction)), times(name, null), total(name)])),
  ]);
}

function directionsOption(width, names, times) {
  return {
    height: 90 + 30 * names.length,
    option: {
      legend: { left: 0, top: 0, selectedMode: false, textStyle: { color: colour("--text") } },
      tooltip: { formatter: ({ seriesName, name, value }) => `${name}, ${seriesName}: ${figure(Math.abs(value))}` },
      grid: { left: width < NARROW ? 130 : 240, right: 16, top: 36, bottom: 30 },
      xAxis: axis({ type: "value", minInterval: 1, axisLabel: { formatter: (value) => figure(Math.abs(value)) } }),
      yAxis: axis({ type: "category", data: names, inverse: true, axisLabel: { width: width < NARROW ? 120 : 230, overflow: "break", lineHeight: 14, interval: 0 } }),
      series: SIDES.map(([direction, shade, sign]) => ({ type: "bar", name: words(direction), stack: "direction", emphasis: { disabled: true },
        itemStyle: { color: colour(shade) }, data: names.map((name) => sign * times(name, direction)) })),
    },
  };
}
