// Charts: made once, drawn again when data, theme or width change. Each says in words what it shows; the numbers are in
// the table below it. Labels are drawn as text on the canvas, never as HTML.

const PALETTE = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `--series-${number}`);
const NARROW = 600; // pixels: below it, charts show less

const charts = new Map();

/** The value of a colour of style.css under the present theme. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Draws a chart into the section; `option(width)` gives what ECharts takes, null where there is nothing to draw. */
function draw(section, description, option) {
  const container = section.querySelector(".chart");
  const drawn = option(container.clientWidth || NARROW);
  container.hidden = drawn === null;
  if (drawn === null) return;
  container.setAttribute("role", "img");
  container.setAttribute("aria-label", description);
  if (drawn.height) container.style.height = `${drawn.height}px`;
  if (!hasRoom(container)) return; // main.js draws again when the window is given a width
  if (!charts.has(container)) {
    const chart = vendor.init(container);
    charts.set(container, chart);
    new ResizeObserver(() => hasRoom(container) && chart.resize()).observe(container);
  }
  const chart = charts.get(container);
  chart.resize();
  chart.setOption(themed(drawn.option), true);
}

/** A map cannot be drawn into nothing, which a container may be while the page is laid out. */
function hasRoom(container) {
  return container.clientWidth > 0 && container.clientHeight > 0;
}

function themed(option) {
  const text = { color: colour("--text"), fontFamily: getComputedStyle(document.body).fontFamily };
  return {
    animation: false,
    textStyle: text,
    ...option,
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: colour("--card"),
      borderColor: colour("--field"),
      textStyle: text,
      ...option.tooltip,
    },
  };
}

/** An axis in the colours of the page. */
function axis(settings) {
  const line = { lineStyle: { color: colour("--line") } };
  return {
    axisLine: line,
    axisTick: { show: false },
    splitLine: { show: settings.type === "value", ...line },
    nameTextStyle: { color: colour("--muted"), align: "left" },
    ...settings,
    axisLabel: { color: colour("--muted"), ...settings.axisLabel },
  };
}
