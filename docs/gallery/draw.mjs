// Draws Vega-Lite specifications as SVG without a browser: node docs/gallery/draw.mjs IN.vl.json OUT.svg [IN OUT ...]
// The libraries are those that the build of the report fetched.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../src/Sideband.Reporting/obj/charts/package.json", import.meta.url));
const load = async name => import(pathToFileURL(require.resolve(name)).href);
const vega = await load("vega");
const vegaLite = await load("vega-lite");
for (let i = 2; i + 1 < process.argv.length; i += 2) {
  const specification = JSON.parse(readFileSync(process.argv[i], "utf8"));
  const view = new vega.View(vega.parse(vegaLite.compile(specification).spec), { renderer: "none" });
  writeFileSync(process.argv[i + 1], await view.toSVG() + "\n");
  console.log(`wrote ${process.argv[i + 1]}`);
}
