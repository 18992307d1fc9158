// Builds pipeline/report/vendor: the charting library as one script, the outlines of countries, and their licences.
import { readFile, writeFile } from "node:fs/promises";
import { geoEquirectangular } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import { build } from "esbuild";
import { feature, quantize } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";

const VENDOR = new URL("../pipeline/report/vendor/", import.meta.url);

// Corners that span less than this, in square degrees, are left out: invisible at the size that the report is drawn.
const SMALLEST_CORNER = 0.01;
// Positions are rounded to this many steps around the world.
const STEPS = 1e4;
// No events happen there, and it takes a quarter of the map.
const LEFT_OUT = new Set(["010"]);
// Natural Earth gives it no ISO 3166-1 number, for it has none; the datasets know it by this code.
const CODES_BY_NAME = { Kosovo: "XKX" };

await build({
  entryPoints: ["charts.js"],
  outfile: new URL("charts.js", VENDOR).pathname,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  legalComments: "none", // LICENSES.txt has them whole
});

const atlas = JSON.parse(await readFile(new URL("node_modules/world-atlas/countries-50m.json", import.meta.url)));
const globe = feature(atlas, atlas.objects.countries);
globe.features = globe.features
  .filter(({ id }) => !LEFT_OUT.has(id))
  .map(({ geometry, id, properties: { name } }) => ({
    type: "Feature", geometry, id: id ?? CODES_BY_NAME[name], properties: { name },
  }));
// The outlines lie on a globe: those that cross the 180th meridian are cut there, for a flat map.
const flat = geoProject(globe, geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).precision(0).reflectY(true));
const { bbox, ...outlines } = simplify(presimplify(topology({ countries: flat })), SMALLEST_CORNER);
await writeFile(new URL("world.json", VENDOR), JSON.stringify(quantize(outlines, STEPS)) + "\n");

const licences = [
  ["echarts", ["LICENSE", "NOTICE", "licenses/LICENSE-d3"]],
  ["zrender", ["LICENSE"]],
  ["tslib", ["LICENSE.txt"]],
  ["topojson-client", ["LICENSE"]],
  ["world-atlas", ["LICENSE"]],
];
let text = "charts.js is made of Apache ECharts, ZRender, tslib and topojson-client; world.json of world-atlas, whose\n";
text += "outlines are Natural Earth's (naturalearthdata.com), in the public domain.\n";
for (const [name, files] of licences) {
  const folder = new URL(`node_modules/${name}/`, import.meta.url);
  const { version, license } = JSON.parse(await readFile(new URL("package.json", folder)));
  text += `\n${"=".repeat(80)}\n${name} ${version} (${license})\n`;
  for (const file of files) text += `${"-".repeat(80)}\n${(await readFile(new URL(file, folder), "utf8")).trim()}\n`;
}
await writeFile(new URL("LICENSES.txt", VENDOR), text);
