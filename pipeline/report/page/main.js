// Reads the data, and draws everything again whenever something else is chosen.

async function main() {
  const [data, world, licences] = await Promise.all([unpack("data").then(JSON.parse), unpack("world").then(JSON.parse), unpack("licences")]);
  const section = (id) => document.getElementById(id);
  const page = section("main");
  const chosen = everything();
  readOutlines(world);
  section("subtitle").textContent = `${many(data.events.type.length, "event")} from ${many(data.snapshot.articles, "article")}, ` +
    `snapshot ${data.snapshot.number} of ${data.snapshot.made.slice(0, 10)}. Every number is of events, however often they are told.`;
  drawAbout(section("about"), data, licences);

  function drawAll() {
    const found = selected(data, chosen);
    section("status").textContent = `${many(found.length, "event")} of ${figure(data.events.type.length)} shown`;
    drawTime(section("time"), data, chosen, found);
    drawMap(section("map"), data, found);
    drawDyads(section("dyads"), data, found);
    drawPolicy(section("policy"), data, found);
    drawOthers(section("others"), data, found);
    drawStandoffs(section("standoffs"), data, chosen);
    drawLatest(section("latest"), data, found);
    refresh();
    page.setAttribute("aria-busy", "false");
  }

  let isDue = false;
  function changed() {
    page.setAttribute("aria-busy", "true");
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      drawAll();
    });
  }

  const refresh = controls(section("filters"), data, chosen, changed);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) changed();
    width = innerWidth;
  });
  drawAll();
  performance.mark("drawn");
}

main().catch((error) => {
  const failure = document.getElementById("failure");
  failure.textContent = "This browser cannot show the page: it needs one of 2023 or later, with JavaScript on.";
  failure.hidden = false;
  document.getElementById("main").hidden = true;
  throw error;
});
