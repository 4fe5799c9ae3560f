// A map of records with places, and the list of the same records beside it; each filters the other.
//
// <div data-map> has these attributes:
//   data-features-id   the id of a JSON script: a GeoJSON FeatureCollection in WGS 84 (longitude, latitude); properties
//                      are id, label, tone (good, watch, bad, pending, plain) and what a page adds
//   data-tiles         addresses of raster tiles with {z}, {x}, {y}, separated by blanks, of layers separated by "|", the
//                      lowest first; without them the ground is plain
//   data-attribution   who made the tiles; has to be shown
// Inside stand [data-map-canvas]; [data-map-list] with one [data-feature="id"] per record; if wanted, inputs
// [data-map-tone] (check boxes, value is the tone), [data-map-search], [data-map-inside] (only what the map shows) and
// [data-map-count].

import { say } from "./words.js";

const LIBRARY = new URL("./vendor/maplibre-gl.js", import.meta.url);
const WORKER = new URL("./vendor/maplibre-gl-worker.js", import.meta.url);
const TONES = ["good", "watch", "bad", "pending", "plain"];

class RecordMap {
  constructor(root, library) {
    this.root = root;
    this.library = library;
    this.features = JSON.parse(document.getElementById(root.dataset.featuresId).textContent).features;
    this.boxes = new Map(this.features.map((one) => [String(one.properties.id), boxOf(one.geometry)]));
    this.chosen = null;
    const place = root.querySelector("[data-map-canvas]");
    place.replaceChildren();
    this.map = new library.Map({
      container: place,
      style: this.style(),
      bounds: around([...this.boxes.values()]),
      fitBoundsOptions: { padding: 40, maxZoom: 15 },
      attributionControl: false,
      cooperativeGestures: true,
      fadeDuration: 0,
      // Otherwise the map is white on paper.
      canvasContextAttributes: { preserveDrawingBuffer: true },
      locale: {
        "NavigationControl.ZoomIn": say("Nearer"),
        "NavigationControl.ZoomOut": say("Farther"),
        "ScaleControl.Meters": say("m"),
        "ScaleControl.Kilometers": say("km"),
        "AttributionControl.ToggleAttribution": say("Source of the map"),
        "Map.Title": say("Map of the records"),
        "CooperativeGesturesHandler.WindowsHelpText": say("Hold Ctrl to zoom the map"),
        "CooperativeGesturesHandler.MacHelpText": say("Hold ⌘ to zoom the map"),
        "CooperativeGesturesHandler.MobileHelpText": say("Move the map with two fingers"),
      },
    });
    this.map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new library.ScaleControl(), "bottom-left");
    if (root.dataset.attribution) {
      this.map.addControl(new library.AttributionControl({ customAttribution: root.dataset.attribution }));
    }
    this.map.setMissingStyleImageResolver((id) => {
      this.map.addImage(id, picture(id.replace("tone-", "")), { pixelRatio: 2 });
    });
    this.map.on("load", () => this.ready());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.map.setStyle(this.style(), { diff: false });
      this.map.once("styledata", () => this.ready());
    });
  }

  style() {
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const byTone = (suffix = "") => [
      "match", ["get", "tone"],
      ...TONES.flatMap((tone) => [tone, colour(tone === "plain" ? "--ink-quiet" : `--${tone}${suffix}`)]),
      colour("--ink-quiet"),
    ]; // prettier-ignore
    const chosen = ["==", ["to-string", ["get", "id"]], ""];
    const grounds = groundsOf(this.root.dataset.tiles ?? "");
    return {
      version: 8,
      sources: {
        records: { type: "geojson", data: { type: "FeatureCollection", features: this.features } },
        ...Object.fromEntries(
          grounds.map((tiles, at) => [`ground-${at}`, { type: "raster", tiles, tileSize: 256, maxzoom: 18 }]),
        ),
      },
      layers: [
        { id: "paper", type: "background", paint: { "background-color": colour("--band") } },
        ...grounds.map((_tiles, at) => ({ id: `ground-${at}`, type: "raster", source: `ground-${at}` })),
        {
          id: "patches", type: "fill", source: "records", filter: ["==", ["geometry-type"], "Polygon"],
          paint: { "fill-color": byTone("-soft"), "fill-opacity": 0.7 },
        },
        { id: "edges", type: "line", source: "records", paint: { "line-color": byTone(), "line-width": 1.5 } },
        {
          id: "chosen-edge", type: "line", source: "records", filter: chosen,
          paint: { "line-color": colour("--accent"), "line-width": 4 },
        },
        {
          id: "chosen-point", type: "circle", source: "records", filter: chosen,
          paint: {
            "circle-radius": 13, "circle-opacity": 0, "circle-stroke-width": 3,
            "circle-stroke-color": colour("--accent"),
          },
        },
        {
          id: "points", type: "symbol", source: "records", filter: ["==", ["geometry-type"], "Point"],
          layout: { "icon-image": ["concat", "tone-", ["get", "tone"]], "icon-allow-overlap": true },
        },
      ],
    }; // prettier-ignore
  }

  ready() {
    this.filter();
    if (this.listening) return;
    this.listening = true;
    this.map.on("moveend", () => this.filter());
    for (const layer of ["points", "patches"]) {
      this.map.on("click", layer, (event) => this.choose(String(event.features[0].properties.id), false));
      this.map.on("mouseenter", layer, () => (this.map.getCanvas().style.cursor = "pointer"));
      this.map.on("mouseleave", layer, () => (this.map.getCanvas().style.cursor = ""));
    }
    this.root.addEventListener("input", () => this.filter());
    this.root.addEventListener("click", (event) => {
      const entry = event.target.closest("[data-feature]");
      if (entry && !event.target.closest("a")) this.choose(entry.dataset.feature, true);
    });
    this.root.dataset.ready = "yes";
  }

  /** Shows on both sides what the tones and the words leave over; the list also only what the map shows, if wanted. */
  filter() {
    const tones = [...this.root.querySelectorAll("[data-map-tone]")];
    const wanted = tones.length ? tones.filter((one) => one.checked).map((one) => one.value) : TONES;
    const words = this.root.querySelector("[data-map-search]")?.value.trim().toLowerCase() ?? "";
    const inside = this.root.querySelector("[data-map-inside]")?.checked ? this.map.getBounds() : null;
    const left = new Set(
      this.features
        .map((one) => one.properties)
        .filter(({ tone, label }) => wanted.includes(tone ?? "plain") && (label ?? "").toLowerCase().includes(words))
        .map(({ id }) => String(id)),
    );
    const keep = ["in", ["to-string", ["get", "id"]], ["literal", [...left]]];
    const kind = (name) => ["all", ["==", ["geometry-type"], name], keep];
    this.map.setFilter("patches", kind("Polygon"));
    this.map.setFilter("edges", ["all", ["!=", ["geometry-type"], "Point"], keep]);
    this.map.setFilter("points", kind("Point"));
    let count = 0;
    for (const entry of this.root.querySelectorAll("[data-feature]")) {
      const box = this.boxes.get(entry.dataset.feature);
      const shown = left.has(entry.dataset.feature) && (!inside || !box || meets(box, inside));
      entry.hidden = !shown;
      count += shown;
    }
    const place = this.root.querySelector("[data-map-count]");
    if (place) place.textContent = say("{count} of {total} records", { count, total: this.features.length });
  }

  /** Marks a record on both sides; `fly` brings it into the middle. */
  choose(id, fly) {
    for (const entry of this.root.querySelectorAll("[data-feature]")) {
      if (entry.dataset.feature === id) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    }
    for (const layer of ["chosen-edge", "chosen-point"]) {
      const kind = ["==", ["geometry-type"], "Point"];
      this.map.setFilter(layer, [
        "all",
        layer === "chosen-point" ? kind : ["!", kind],
        ["==", ["to-string", ["get", "id"]], id],
      ]);
    }
    if (fly) this.map.fitBounds(this.boxes.get(id), { padding: 80, maxZoom: 15, animate: false });
    else this.root.querySelector(`[data-feature="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
  }
}

/** The addresses of each layer of the ground, whole: a map asks from where no page stands. */
function groundsOf(text) {
  return text
    .split("|")
    .map((layer) => layer.split(/\s+/).filter(Boolean))
    .filter((layer) => layer.length)
    .map((layer) => layer.map((one) => (one.startsWith("/") ? location.origin + one : one)));
}

/** The shape of a tone, so that colour is not all that tells them apart. */
function picture(tone) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 36;
  const pen = canvas.getContext("2d");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  pen.fillStyle = colour(tone === "plain" ? "--ink-quiet" : `--${tone}`);
  pen.strokeStyle = colour("--paper");
  pen.lineWidth = 4;
  pen.beginPath();
  if (tone === "watch") {
    pen.moveTo(18, 4);
    pen.lineTo(33, 31);
    pen.lineTo(3, 31);
    pen.closePath();
  } else if (tone === "bad") pen.rect(6, 6, 24, 24);
  else pen.arc(18, 18, 13, 0, 2 * Math.PI);
  pen.stroke();
  pen.fill();
  if (tone === "pending") {
    pen.fillStyle = colour("--paper");
    pen.font = "bold 20px sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText("?", 18, 19);
  } else if (tone === "plain") {
    pen.fillStyle = colour("--paper");
    pen.beginPath();
    pen.arc(18, 18, 8, 0, 2 * Math.PI);
    pen.fill();
  }
  return pen.getImageData(0, 0, 36, 36);
}

/** [west, south, east, north] of a geometry. */
function boxOf(geometry) {
  const box = [180, 90, -180, -90];
  const walk = (part) => {
    if (typeof part[0] !== "number") part.forEach(walk);
    else {
      box[0] = Math.min(box[0], part[0]);
      box[1] = Math.min(box[1], part[1]);
      box[2] = Math.max(box[2], part[0]);
      box[3] = Math.max(box[3], part[1]);
    }
  };
  walk(geometry.coordinates);
  return box;
}

function around(boxes) {
  // Without records the country is shown.
  if (!boxes.length) return [73, 18, 135, 54];
  return [0, 1, 2, 3].map((at) => (at < 2 ? Math.min : Math.max)(...boxes.map((box) => box[at])));
}

function meets(box, bounds) {
  const [west, south, east, north] = box;
  return west <= bounds.getEast() && east >= bounds.getWest() && south <= bounds.getNorth() && north >= bounds.getSouth();
}

for (const root of document.querySelectorAll("[data-map]")) {
  try {
    const library = await import(LIBRARY);
    library.setWorkerUrl(WORKER.href);
    root.map = new RecordMap(root, library);
  } catch {
    // Without WebGL the list says everything that the map would.
    const place = root.querySelector("[data-map-canvas]");
    place.textContent = say("This browser cannot draw the map. The records are in the list.");
    root.dataset.ready = "no";
  }
}
