// Draws the figures of a report from the data in the page: one card a run and kind, for the window that is chosen.
// Without the chart runtime (window.vega) each card shows the SVG that stands beside the data.
"use strict";
(() => {
  const report = JSON.parse(document.getElementById("report-data").textContent);
  const charts = "vega" in window && "vegaLite" in window;
  const cards = [...document.querySelectorAll("figure[data-kind]")];
  const chooser = document.getElementById("window");
  const asked = new URLSearchParams(location.hash.slice(1));
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // On a dark page every colour of the specification and of the style is exchanged for one that reads on it.
  const recoloured = node =>
    Array.isArray(node) ? node.map(recoloured)
      : node && typeof node === "object" ? Object.fromEntries(Object.entries(node).map(([key, value]) => [key, key === "values" ? value : recoloured(value)]))
        : typeof node === "string" && Object.hasOwn(report.dark, node) ? report.dark[node] : node;

  const drawnOnDark = svg => svg.replace(/(fill|stroke)="(#[0-9A-Za-z]+)"/g, (all, what, colour) => `${what}="${report.dark[colour] ?? colour}"`);

  const figureOf = card => {
    const own = report.figures.filter(figure => figure.run === Number(card.dataset.run) && figure.kind === card.dataset.kind);
    return own.find(figure => figure.window === null || figure.window === Number(chooser.value)) ?? null;
  };

  const objects = figure => figure.rows.map(row => Object.fromEntries(row.map((value, i) => [figure.columns[i], value])));

  const sized = (node, width) => {
    const copy = { ...node };
    if (copy.width === "container") copy.width = width;
    if (copy.vconcat) copy.vconcat = copy.vconcat.map(part => sized(part, width));
    if (copy.spec) copy.spec = sized(copy.spec, width);
    return copy;
  };

  // Words that a legend may have: names of series and of single marks.
  const words = node =>
    Array.isArray(node) ? node.flatMap(words)
      : node && typeof node === "object" ? [
        ...(Array.isArray(node.domain) ? node.domain : [node.datum]).filter(word => typeof word === "string"),
        ...Object.values(node).flatMap(words)] : [];

  // A legend that is wider than its plot would shrink the whole picture: its entries stand below each other there.
  const legend = (figure, width) => {
    const entries = [...new Set(words(figure.specification))].map(word => word.length * 6.5 + 40);
    if (entries.reduce((sum, entry) => sum + entry, 0) <= width) return report.style.legend;
    return { ...report.style.legend, columns: Math.max(1, Math.floor(width / Math.max(...entries))), labelLimit: width - 30, layout: { top: { direction: "vertical", anchor: "start" } } };
  };

  const specification = (figure, width, theme) => {
    const own = theme === "dark" ? recoloured : node => node;
    const style = { ...report.style, legend: legend(figure, width) };
    return {
      ...sized(own(figure.specification), width),
      background: theme === "saved" ? "white" : null,
      padding: 5,
      config: own(style),
      datasets: { table: objects(figure) },
    };
  };

  const viewOf = (figure, width, theme) => new vega.View(vega.parse(vegaLite.compile(specification(figure, width, theme)).spec), { renderer: "svg", logLevel: vega.Error });

  const table = figure => {
    const element = document.createElement("table");
    for (const [i, row] of [figure.columns, ...figure.rows].entries()) {
      const line = element.insertRow();
      for (const value of row) {
        const cell = i === 0 ? line.appendChild(document.createElement("th")) : line.insertCell();
        cell.textContent = value === null ? "–" : typeof value === "number" ? Number(value.toPrecision(6)) : value;
      }
    }
    const scroll = document.createElement("div");
    scroll.className = "scroll";
    scroll.append(element);
    return scroll;
  };

  const theme = () => document.documentElement.dataset.theme;

  // The room for axis and labels beside the plotting area.
  const room = 78;

  const draw = async card => {
    const figure = figureOf(card);
    const plot = card.querySelector(".plot");
    plot.replaceChildren();
    card.querySelector("details .scroll")?.remove();
    card.hidden = figure === null;
    if (figure === null) return;
    card.querySelector(".title").textContent = figure.title;
    card.querySelector("figcaption").textContent = figure.caption;
    if (card.querySelector("details").open) card.querySelector("details").append(table(figure));
    if (!charts) {
      plot.innerHTML = theme() === "dark" ? drawnOnDark(figure.svg) : figure.svg;
      card.dataset.marks = plot.querySelectorAll("path").length;
      return;
    }
    const width = Math.max(180, Math.min(760, plot.clientWidth - room));
    const drawing = document.createElement("div");
    plot.append(drawing);
    await viewOf(figure, width, theme()).initialize(drawing).runAsync();
    card.dataset.marks = drawing.querySelectorAll("g.role-mark:not(.mark-group) > path, g.role-mark:not(.mark-group) > line").length;
  };

  const drawAll = () => Promise.all(cards.map(draw));

  const save = (name, type, content) => {
    const link = document.createElement("a");
    link.href = content.startsWith?.("data:") ? content : URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
  };

  const quoted = value => value === null ? "" : /[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

  const saved = {
    svg: async figure => save(`${figure.file}.svg`, "image/svg+xml", charts ? await viewOf(figure, 480, "saved").toSVG() : figure.svg),
    png: async figure => save(`${figure.file}.png`, "image/png", await viewOf(figure, 480, "saved").toImageURL("png", 3)),
    csv: async figure => save(`${figure.file}.csv`, "text/csv", [figure.columns, ...figure.rows].map(row => row.map(quoted).join(",") + "\n").join("")),
    json: async figure => save(`${figure.file}.vl.json`, "application/json",
      JSON.stringify({ $schema: "https://vega.github.io/schema/vega-lite/v6.json", ...specification(figure, 480, "saved") }, null, 1)),
  };

  for (const card of cards) {
    card.querySelectorAll("[data-save]").forEach(button => {
      button.hidden = !charts && button.dataset.save === "png";
      button.addEventListener("click", () => saved[button.dataset.save](figureOf(card)));
    });
    card.querySelector("details").addEventListener("toggle", event => {
      event.target.querySelector(".scroll")?.remove();
      if (event.target.open) event.target.append(table(figureOf(card)));
    });
  }

  const choose = name => {
    document.documentElement.dataset.theme = name;
    return drawAll();
  };

  if (asked.has("window")) chooser.value = asked.get("window");
  chooser.addEventListener("change", drawAll);
  document.getElementById("theme").addEventListener("click", () => choose(theme() === "dark" ? "light" : "dark"));
  dark.addEventListener("change", () => choose(dark.matches ? "dark" : "light"));
  let before = null;
  addEventListener("beforeprint", () => {
    before = theme();
    document.querySelectorAll("section > details").forEach(details => { details.open = true; });
    choose("light");
  });
  addEventListener("afterprint", () => choose(before));
  let pending = 0;
  addEventListener("resize", () => { clearTimeout(pending); pending = setTimeout(drawAll, 200); });

  // Says, for whoever opens the page without looking at it, how many figures are drawn.
  choose(asked.get("theme") ?? (dark.matches ? "dark" : "light"))
    .then(() => { document.documentElement.dataset.drawn = cards.filter(card => Number(card.dataset.marks) > 0).length; });
})();
