// Draws the atlas's symbols on a Leaflet map. Text only ever becomes text nodes or
// attributes, so nothing in a record can run.
window.AtlasMap = (() => {
  "use strict";

  const CITY_ZOOM = 4;
  const SVG = "http://www.w3.org/2000/svg";
  const LOOKED = ["looked_found_none", "no_offence_found", "says_none_known", "inquiry_closed"];
  let chart = null;
  let RADIUS = 13; // of a symbol, in pixels: a narrow map has smaller ones
  let renderer = null;

  const node = (name, attributes, parent) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (parent) parent.appendChild(made);
    return made;
  };

  // one shape, centred on (x, y), r its radius; classes carry the hue
  const shape = (svg, code, x, y, r, faded) => {
    if (code === "mixed") return;
    const authority = code !== "claim_only" && code !== "party_says_closed";
    const g = node("g", { class: (authority ? "authority" : "claim") + (faded ? " faded" : "") }, svg);
    const circle = (radius, cls) => node("circle", { cx: x, cy: y, r: radius, class: cls }, g);
    if (code === "claim_only") circle(r * 0.8, "solid");
    else if (code === "authority_looking") {
      circle(r * 0.85, "line");
      node("path", { d: `M${x} ${y - r * 0.85}A${r * 0.85} ${r * 0.85} 0 0 0 ${x} ${y + r * 0.85}Z`, class: "solid" }, g);
    } else if (code === "told_to_stop") {
      node("path", { d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`, class: "line" }, g);
    } else if (code === "party_says_closed") circle(r * 0.8, "line");
    else if (code === "authority_says_closed") { circle(r * 0.95, "line"); circle(r * 0.42, "line"); }
    else if (LOOKED.includes(code)) {
      circle(r * 0.9, "line");
      node("path", { d: `M${x - r * 0.6} ${y + r * 0.6}L${x + r * 0.6} ${y - r * 0.6}`, class: "line" }, g);
    }
  };

  const picture = (symbol, ring) => {
    const size = 2 * RADIUS;
    const svg = node("svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" });
    if (ring) {
      node("circle", { cx: RADIUS, cy: RADIUS, r: RADIUS - 1, class: "ring" }, svg);
      shape(svg, symbol.shape, RADIUS, RADIUS * 0.63, RADIUS * 0.32, symbol.faded);
      const low = symbol.shape === "mixed" ? 1.27 : 1.57; // alone in its ring, the number is centred
      const text = node("text", { x: RADIUS, y: RADIUS * low, "text-anchor": "middle" }, svg);
      text.textContent = String(symbol.count);
    } else {
      node("circle", { cx: RADIUS, cy: RADIUS, r: RADIUS * 0.73, class: "halo" }, svg);
      shape(svg, symbol.shape, RADIUS, RADIUS, RADIUS / 2, symbol.faded);
    }
    return svg;
  };

  const marker = (symbol, level) => {
    const made = L.marker([symbol.lat, symbol.lon], {
      icon: L.divIcon({
        className: `atlas-symbol atlas-${level}`,
        html: picture(symbol, level === "country" || symbol.count > 1),
        iconSize: [2 * RADIUS, 2 * RADIUS],
      }),
      keyboard: true,
      riseOnHover: true,
    });
    made.symbol = symbol;
    made.feature = { type: "Feature", properties: { id: symbol.id, clicked: 0 }, geometry: null };
    // a second click on the same symbol must be news: the page only hears what changes
    // (a new object: the component compares with the one that it was given before)
    made.on("click", () => {
      made.feature = { ...made.feature, properties: { id: symbol.id, clicked: Date.now() } };
    });
    const tip = document.createElement("div");
    tip.textContent = symbol.label;
    made.bindTooltip(tip, { className: "atlas-tip", direction: "auto", opacity: 1 });
    made.on("add", () => {
      const element = made.getElement();
      element.setAttribute("aria-label", symbol.label);
      element.dataset.id = symbol.id;
      element.dataset.count = String(symbol.count);
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        made.fire("click", { latlng: made.getLatLng() }, true);
      });
    });
    return made;
  };

  // symbols that would cover each other are pushed apart, always the same way
  const spread = (points, gap) => {
    const moved = points.map((p) => L.point(p.x, p.y));
    for (let round = 0; round < 80; round += 1) {
      let calm = true;
      for (let i = 0; i < moved.length; i += 1) {
        for (let j = i + 1; j < moved.length; j += 1) {
          let dx = moved[j].x - moved[i].x;
          let dy = moved[j].y - moved[i].y;
          if (dx * dx + dy * dy >= gap * gap) continue;
          let distance = Math.hypot(dx, dy);
          calm = false;
          if (distance < 0.01) { dx = Math.cos(i + j); dy = Math.sin(i + j); distance = 1; }
          const push = (gap - Math.hypot(moved[j].x - moved[i].x, moved[j].y - moved[i].y)) / 2 / distance;
          moved[i].x -= dx * push; moved[i].y -= dy * push;
          moved[j].x += dx * push; moved[j].y += dy * push;
        }
      }
      if (calm) break;
      for (let i = 0; i < moved.length; i += 1) {
        moved[i].x += (points[i].x - moved[i].x) * 0.03;
        moved[i].y += (points[i].y - moved[i].y) * 0.03;
      }
    }
    return moved;
  };

  const place = (map, countries, leaders) => {
    leaders.clearLayers();
    if (map.getZoom() >= CITY_ZOOM || !countries.length) return;
    const anchors = countries.map((m) => L.latLng(m.symbol.lat, m.symbol.lon));
    const points = anchors.map((a) => map.project(a));
    spread(points, 2 * RADIUS + 1).forEach((point, i) => {
      const there = map.unproject(point);
      countries[i].setLatLng(there);
      if (points[i].distanceTo(point) > 7) {
        leaders.addLayer(L.polyline([anchors[i], there], { className: "atlas-leader", weight: 1, interactive: false }));
      }
    });
  };

  const showCities = (map, cities, group, words) => {
    if (map.getZoom() < CITY_ZOOM) { if (group.getLayers().length) group.clearLayers(); return; }
    const bounds = map.getBounds().pad(0.3);
    for (const city of cities) {
      const inside = bounds.contains([city.lat, city.lon]);
      // thousands may stand behind the rings: each gets its words when it is first seen
      if (inside && !city.marker) city.marker = marker({ ...city, label: cityLabel(city, words) }, "city");
      if (city.marker && inside !== group.hasLayer(city.marker)) {
        if (inside) group.addLayer(city.marker); else group.removeLayer(city.marker);
      }
    }
  };

  const level = (map) => {
    map.getContainer().classList.toggle("atlas-cities", map.getZoom() >= CITY_ZOOM);
  };

  // thin lines or dots in the colour of quiet text: a country without a record is not filled
  const tiles = {};
  const pattern = (ctx, kind, colour) => ctx.createPattern(tiles[kind + colour] ??= tileOf(kind, colour), "repeat");
  const tileOf = (kind, colour) => {
    const size = 7;
    const tile = document.createElement("canvas");
    tile.width = tile.height = size;
    const pen = tile.getContext("2d");
    pen.strokeStyle = pen.fillStyle = colour;
    pen.globalAlpha = 0.55;
    pen.lineWidth = 0.8;
    pen.beginPath();
    if (kind === "dots") { pen.arc(3.5, 3.5, 1, 0, 2 * Math.PI); pen.fill(); }
    for (const shift of [-size, 0, size]) {
      if (kind === "rising") { pen.moveTo(shift, size); pen.lineTo(shift + size, 0); }
      if (kind === "falling") { pen.moveTo(shift, 0); pen.lineTo(shift + size, size); }
    }
    if (kind === "level") { pen.moveTo(0, 3.5); pen.lineTo(size, 3.5); }
    pen.stroke();
    return tile;
  };

  const Hatched = L.Canvas.extend({
    _fillStroke(ctx, layer) {
      const { hatch, hue, stroke } = layer.options;
      if (!hatch) { L.Canvas.prototype._fillStroke.call(this, ctx, layer); return; }
      layer.options.stroke = false; // the border is drawn over the hatching
      L.Canvas.prototype._fillStroke.call(this, ctx, layer);
      ctx.globalAlpha = 1;
      ctx.fillStyle = pattern(ctx, hatch, hue);
      ctx.fill("evenodd");
      Object.assign(layer.options, { stroke, fill: false });
      L.Canvas.prototype._fillStroke.call(this, ctx, layer);
      layer.options.fill = true;
    },
  });

  // the hues come from the style sheet, which may arrive after the script: without it land is black
  const styled = () => new Promise((done) => {
    const look = () => {
      if (getComputedStyle(document.documentElement).getPropertyValue("--land")) done(); else setTimeout(look, 20);
    };
    look();
  });

  const outline = (map, urls) => {
    renderer = new Hatched({ padding: 0.6 });
    const layers = {};
    const style = (feature) => {
      const colours = getComputedStyle(document.documentElement);
      const hatches = map.atlasCoverage;
      const hatch = (hatches && hatches[feature.properties.iso]) || "";
      const stateless = hatches && !(feature.properties.iso in hatches);
      return { hatch, hue: colours.getPropertyValue("--muted"), fillColor: colours.getPropertyValue("--land"), color: colours.getPropertyValue("--border"),
        weight: 0.7, fillOpacity: stateless ? 0.4 : 1, opacity: 1 };
    };
    const show = async (kind) => {
      if (!layers[kind]) {
        const shapes = fetch(urls[kind]).then((answer) => answer.json());
        layers[kind] = Promise.all([shapes, styled()]).then(([read]) =>
          L.geoJSON(read, { renderer, interactive: false, style }));
      }
      const layer = await layers[kind];
      const wanted = map.getZoom() >= CITY_ZOOM ? "fine" : "coarse";
      if (wanted !== kind) return;
      for (const other of Object.keys(layers)) {
        if (other !== kind) layers[other].then((l) => map.removeLayer(l));
      }
      layer.addTo(map).bringToBack();
    };
    const update = () => show(map.getZoom() >= CITY_ZOOM ? "fine" : "coarse");
    map.on("zoomend", update);
    map.atlasRestyle = () => Object.values(layers).forEach((p) => p.then((l) => l.setStyle(style)));
    update();
  };

  // the page around the frame decides between light and dark
  const theme = () => {
    let dark = matchMedia("(prefers-color-scheme: dark)").matches;
    try {
      const app = window.parent.document.querySelector(".stApp");
      const rgb = getComputedStyle(app).backgroundColor.match(/\d+/g).map(Number);
      dark = rgb[0] + rgb[1] + rgb[2] < 380;
    } catch (error) { /* another origin: the system's preference stands */ }
    const wanted = dark ? "dark" : "light";
    if (document.documentElement.dataset.theme === wanted) return;
    document.documentElement.dataset.theme = wanted;
    if (chart && chart.atlasRestyle) chart.atlasRestyle();
  };

  const home = (map, words) => {
    const Home = L.Control.extend({
      options: { position: "topleft" },
      onAdd() {
        const box = L.DomUtil.create("div", "leaflet-bar");
        const button = L.DomUtil.create("a", "atlas-home", box);
        button.href = "#";
        button.title = words.whole;
        button.setAttribute("role", "button");
        button.setAttribute("aria-label", words.whole);
        button.textContent = "◻";
        L.DomEvent.on(button, "click", (event) => { L.DomEvent.stop(event); fit(map); });
        return box;
      },
    });
    map.addControl(new Home());
  };

  const fit = (map) => {
    if (!map.atlasBounds || !map.atlasBounds.isValid()) return;
    map.invalidateSize();
    map.fitBounds(map.atlasBounds, { padding: [18, 18], maxZoom: 5, animate: false });
  };

  const install = (map, urls, words) => {
    chart = map;
    // the component asks for a link's view without options: the map opens there at once
    // instead of gliding there from where it would have fitted itself
    const setView = map.setView;
    map.setView = (center, zoom, options) => setView.call(map, center, zoom, options ?? { animate: false });
    theme();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(theme, 100));
    map.getContainer().setAttribute("aria-label", words.map);
    for (const [name, text] of [["in", words.nearer], ["out", words.farther]]) {
      const button = map.getContainer().querySelector(`.leaflet-control-zoom-${name}`);
      if (button) { button.title = text; button.setAttribute("aria-label", text); }
    }
    outline(map, urls);
    home(map, words);
    map.on("zoomend", () => level(map));
    level(map);
  };

  const symbolOf = ([id, lat, lon, count, shape, faded, label]) => (
    { id, lat, lon, count, shape, faded: Boolean(faded), label });

  const cityLabel = (city, words) => {
    const parts = { place: city.label, records: words.records[city.count], word: words.shapes[city.shape] };
    return words.city.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  };

  const cover = (map, hatches) => {
    const wanted = JSON.stringify(hatches ?? null);
    if (wanted === (map.atlasCovered ?? "null")) return;
    map.atlasCovered = wanted;
    map.atlasCoverage = hatches;
    map.atlasRestyle();
  };

  const draw = (group, data) => {
    const map = chart;
    cover(map, data.coverage);
    const cities = data.cities.map(symbolOf);
    const symbols = data.countries.map(symbolOf);
    theme();
    RADIUS = map.getContainer().clientWidth < 520 ? 11 : 13;
    window.feature_group = []; // the component only ever adds to it
    const countries = symbols.map((symbol) => marker(symbol, "country"));
    const leaders = L.layerGroup();
    const cityGroup = L.featureGroup();
    group.addLayer(leaders);
    countries.forEach((m) => group.addLayer(m));
    group.addLayer(cityGroup);
    const settle = () => place(map, countries, leaders);
    const reveal = () => showCities(map, cities, cityGroup, data.words);
    group.on("add", () => {
      map.atlasBounds = L.latLngBounds(symbols.map((s) => [s.lat, s.lon]));
      if (!map.atlasFitted) { map.atlasFitted = true; fit(map); }
      settle(); reveal();
      map.on("zoomend", settle); map.on("moveend", reveal);
    });
    group.on("remove", () => { map.off("zoomend", settle); map.off("moveend", reveal); });
  };

  return { install, draw, shape };
})();
