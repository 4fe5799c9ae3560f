// Draws charts from JSON: <figure data-chart data-spec-id="…"> with a JSON script of ECharts options. A colour is written
// as the name of a token, "--good"; type, axes, tooltips and the dark scheme are given here, so that a page says only what is
// shown. The table of the same numbers stands in the page behind the chart, for everybody.

const LIBRARY = new URL("./vendor/echarts.js", import.meta.url);
const PAPER = {
  "--paper": "#ffffff", "--ink": "#000", "--ink-quiet": "#333", "--rule": "#bbb", "--rule-strong": "#555",
  "--accent": "#0f5c5c", "--good": "#1d6b38", "--watch": "#855700", "--bad": "#b0241c", "--pending": "#4d5a86",
}; // prettier-ignore
const SERIES = ["--accent", "--watch", "--pending", "--good", "--bad"];

let library;

/** ECharts, loaded once and only by pages that draw. */
function echarts() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = LIBRARY;
    script.addEventListener("load", () => resolve(window.echarts));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return library;
}

/** The colours as they are now: of the scheme, or of paper. */
function colours(printing) {
  if (printing) return (name) => PAPER[name] ?? "#000";
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim() || name;
}

/** The options with every "--token" replaced by its colour. */
function coloured(value, colour) {
  if (typeof value === "string") return value.startsWith("--") ? colour(value) : value;
  if (Array.isArray(value)) return value.map((one) => coloured(one, colour));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, colour)]));
  }
  return value;
}

/** What every chart has, unless its options say otherwise. */
function common(colour) {
  const text = { color: colour("--ink-quiet"), fontSize: 12, fontFamily: getComputedStyle(document.body).fontFamily };
  const axis = {
    axisLabel: text,
    nameTextStyle: text,
    axisLine: { lineStyle: { color: colour("--rule-strong") } },
    axisTick: { lineStyle: { color: colour("--rule-strong") } },
    splitLine: { lineStyle: { color: colour("--rule") } },
  };
  return {
    axis,
    options: {
      animation: false,
      color: SERIES.map(colour),
      textStyle: text,
      grid: { left: 8, right: 32, top: 52, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 18, itemHeight: 10, textStyle: { ...text, color: colour("--ink") } },
      // As HTML its tooltips would carry inline styles, which the policy of the pages forbids.
      tooltip: {
        renderMode: "richText",
        confine: true,
        backgroundColor: colour("--paper"),
        borderColor: colour("--rule-strong"),
        textStyle: { ...text, color: colour("--ink") },
      },
      // The first is plain, the others carry a hatch, so that colour is not all that tells them apart.
      aria: { enabled: true, label: { enabled: false }, decal: { show: true, decals: hatches(`${colour("--paper")}66`) } },
    },
  };
}

function hatches(color) {
  const lines = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], color };
  return [
    { symbol: "none" },
    { ...lines, rotation: Math.PI / 4 },
    { ...lines, rotation: -Math.PI / 4 },
    { symbol: "circle", symbolSize: 0.6, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], color },
    { ...lines },
  ]; // prettier-ignore
}

function merged(base, over) {
  if (!base || !over || typeof base !== "object" || typeof over !== "object" || Array.isArray(over)) return over ?? base;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, key in over ? merged(base[key], over[key]) : base[key]]));
}

function options(spec, printing) {
  const colour = colours(printing);
  const { axis, options: base } = common(colour);
  const own = coloured(spec, colour);
  const axes = (given) => (Array.isArray(given) ? given.map((one) => merged(axis, one)) : given && merged(axis, given));
  return { ...merged(base, own), ...(own.xAxis && { xAxis: axes(own.xAxis) }), ...(own.yAxis && { yAxis: axes(own.yAxis) }) };
}

async function draw(figure) {
  if (figure.dataset.drawn) return;
  figure.dataset.drawn = "yes";
  const place = figure.querySelector("[data-chart-canvas]");
  const spec = JSON.parse(document.getElementById(figure.dataset.specId).textContent);
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", figure.querySelector("figcaption")?.textContent.trim() ?? "");
  const { init } = await echarts();
  const chart = init(place, null, { renderer: "canvas" });
  const paint = (printing = false) => chart.setOption(options(spec, printing), true);
  paint();
  // A bar leads where its number in the table leads.
  chart.on("click", ({ data }) => data?.url && location.assign(data.url));
  new ResizeObserver(() => chart.resize()).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint());
  window.addEventListener("beforeprint", () => paint(true));
  window.addEventListener("afterprint", () => paint());
}

function drawAll(within) {
  for (const figure of within.querySelectorAll("[data-chart]")) draw(figure);
}

drawAll(document);
document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt));
