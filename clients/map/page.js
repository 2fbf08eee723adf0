// Draws the district twice, as a whole and from near, and hands over both pictures with what was on them.
import * as maplibregl from "/lib/maplibre-gl.mjs";

maplibregl.setWorkerUrl(new URL("/lib/maplibre-gl-worker.mjs", location.href).href);
const LAYERS = ["district-line", "street-line", "community-line", "grid-line", "grid-name"];

const post = (path, body) => fetch(path, { method: "POST", body: JSON.stringify(body) });
const settled = (map) => new Promise((resolve) => map.once("idle", resolve));

// What the tiles say about themselves stands on the picture, not only beside the map.
function captioned(canvas, caption) {
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const pen = copy.getContext("2d");
  pen.drawImage(canvas, 0, 0);
  pen.font = "14px sans-serif";
  const width = pen.measureText(caption).width + 16;
  pen.fillStyle = "#ffffffd0";
  pen.fillRect(copy.width - width, copy.height - 26, width, 26);
  pen.fillStyle = "#000";
  pen.fillText(caption, copy.width - width + 8, copy.height - 8);
  return copy.toDataURL("image/png");
}

function taken(map, caption) {
  const counts = {};
  for (const layer of LAYERS) {
    const codes = map.queryRenderedFeatures({ layers: [layer] }).map((feature) => feature.properties.code);
    counts[layer] = new Set(codes).size;
  }
  return { png: captioned(map.getCanvas(), caption), counts };
}

async function draw() {
  const style = await (await fetch("/api/v1/map-style")).json();
  const tileset = await (await fetch("/api/v1/tiles/places")).json();
  const map = new maplibregl.Map({
    container: "map", style, bounds: tileset.bounds, fitBoundsOptions: { padding: 20 }, fadeDuration: 0,
    attributionControl: false, canvasContextAttributes: { preserveDrawingBuffer: true },
    localIdeographFontFamily: "sans-serif",
  });
  map.on("error", (event) => post("/failed", { error: String(event.error?.message ?? event.error) }));
  await settled(map);
  const whole = taken(map, tileset.attribution ?? "");
  const [west, south, east, north] = tileset.bounds;
  map.jumpTo({ center: [west + (east - west) * 0.81, south + (north - south) * 0.89], zoom: 14.2 });
  await settled(map);
  const asked = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).origin);
  await post("/done", { whole, near: taken(map, tileset.attribution ?? ""), origins: [...new Set(asked)] });
}

draw().catch((error) => post("/failed", { error: String(error) }));
