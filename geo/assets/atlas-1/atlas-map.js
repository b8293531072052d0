// Draws the atlas's symbols on a Leaflet map. Text only ever becomes text nodes or
// attributes, so nothing in a record can run.
window.AtlasMap = (() => {
  "use strict";

  const CITY_ZOOM = 4;
  const SVG = "http://www.w3.org/2000/svg";
  const AGAIN = 1000; // milliseconds until outlines that failed are asked for once more
  // the page around the frame; its script may come later than this one
  const around = window.parent;
  const atlas = new Proxy({}, { get: (_, name) => around.atlas?.[name] });
  let chart = null;
  let shapes = {}; // of the latest words by code: hue and primitives, from the vocabulary
  let RADIUS = 13; // of a symbol, in pixels: a narrow map has smaller ones
  let renderer = null;

  const node = (name, attributes, parent) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (parent) parent.appendChild(made);
    return made;
  };

  const shapeOf = (code) => {
    if (Object.hasOwn(shapes, code)) return shapes[code];
    throw new Error(`No shape is known for the latest word “${code}”.`);
  };

  // a primitive in unit coordinates as an SVG element around (x, y), r its radius
  const geometry = (primitive, x, y, r) => {
    if ("radius" in primitive) return ["circle", { cx: x, cy: y, r: primitive.radius * r }];
    const steps = primitive.points.map((point, i) => {
      const arc = point.arc * r;
      const command = i === 0 ? "M" : arc ? `A${arc} ${arc} 0 0 0 ` : "L";
      return `${command}${x + point.x * r} ${y + point.y * r}`;
    });
    return ["path", { d: steps.join("") + (primitive.closed ? "Z" : "") }];
  };

  // the shape of a latest word; classes carry hue and fill
  const shape = (svg, code, x, y, r, faded) => {
    const { hue, primitives } = shapeOf(code);
    if (!primitives.length) return;
    const g = node("g", { class: faded ? `${hue} faded` : hue }, svg);
    for (const primitive of primitives) {
      const [name, attributes] = geometry(primitive, x, y, r);
      node(name, { ...attributes, class: primitive.fill }, g);
    }
  };

  const picture = (symbol, ring) => {
    const size = 2 * RADIUS;
    const viewBox = `0 0 ${size} ${size}`;
    const svg = node("svg", { width: size, height: size, viewBox, "aria-hidden": "true" });
    if (!ring) {
      node("circle", { cx: RADIUS, cy: RADIUS, r: RADIUS * 0.73, class: "halo" }, svg);
      shape(svg, symbol.shape, RADIUS, RADIUS, RADIUS / 2, symbol.faded);
      return svg;
    }
    node("circle", { cx: RADIUS, cy: RADIUS, r: RADIUS - 1, class: "ring" }, svg);
    shape(svg, symbol.shape, RADIUS, RADIUS * 0.63, RADIUS * 0.32, symbol.faded);
    // alone in its ring, the number is centred
    const low = shapeOf(symbol.shape).primitives.length ? 1.57 : 1.27;
    const text = node("text", { x: RADIUS, y: RADIUS * low, "text-anchor": "middle" }, svg);
    text.textContent = String(symbol.count);
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
    // one record has a card of its own; several share that of their city or country
    const kind = level === "country" || symbol.count > 1 ? "place" : "record";
    made.on("click", () => atlas.open?.(kind, symbol.id));
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

  // push two symbols apart that are nearer than the gap; whether they were
  const part = (one, other, gap, angle) => {
    let dx = other.x - one.x;
    let dy = other.y - one.y;
    if (dx * dx + dy * dy >= gap * gap) return false;
    const apart = Math.hypot(dx, dy);
    let distance = apart;
    if (apart < 0.01) {
      dx = Math.cos(angle);
      dy = Math.sin(angle);
      distance = 1;
    }
    const push = (gap - apart) / 2 / distance;
    one.x -= dx * push;
    one.y -= dy * push;
    other.x += dx * push;
    other.y += dy * push;
    return true;
  };

  // symbols that would cover each other are pushed apart, always the same way
  const spread = (points, gap) => {
    const moved = points.map((p) => L.point(p.x, p.y));
    for (let round = 0; round < 80; round += 1) {
      let calm = true;
      for (let i = 0; i < moved.length; i += 1) {
        for (let j = i + 1; j < moved.length; j += 1) {
          if (part(moved[i], moved[j], gap, i + j)) calm = false;
        }
      }
      if (calm) break;
      moved.forEach((point, i) => {
        point.x += (points[i].x - point.x) * 0.03;
        point.y += (points[i].y - point.y) * 0.03;
      });
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
        const options = { className: "atlas-leader", weight: 1, interactive: false };
        leaders.addLayer(L.polyline([anchors[i], there], options));
      }
    });
  };

  const showCities = (map, cities, group, words) => {
    if (map.getZoom() < CITY_ZOOM) {
      if (group.getLayers().length) group.clearLayers();
      return;
    }
    const bounds = map.getBounds().pad(0.3);
    for (const city of cities) {
      const inside = bounds.contains([city.lat, city.lon]);
      // thousands may stand behind the rings: each gets its words when it is first seen
      if (inside && !city.marker) {
        city.marker = marker({ ...city, label: cityLabel(city, words) }, "city");
      }
      if (city.marker && inside !== group.hasLayer(city.marker)) {
        if (inside) group.addLayer(city.marker);
        else group.removeLayer(city.marker);
      }
    }
  };

  const level = (map) => {
    map.getContainer().classList.toggle("atlas-cities", map.getZoom() >= CITY_ZOOM);
  };

  // the hatchings of a tile of this size, by the names that the layer gives them
  const TILE = 7;
  const diagonals = (pen, from, to) => {
    for (const shift of [-TILE, 0, TILE]) {
      pen.moveTo(shift, from);
      pen.lineTo(shift + TILE, to);
    }
  };
  const HATCHES = {
    dots: (pen) => {
      pen.arc(TILE / 2, TILE / 2, 1, 0, 2 * Math.PI);
      pen.fill();
    },
    rising: (pen) => diagonals(pen, TILE, 0),
    falling: (pen) => diagonals(pen, 0, TILE),
    level: (pen) => {
      pen.moveTo(0, TILE / 2);
      pen.lineTo(TILE, TILE / 2);
    },
  };

  // thin lines or dots in the colour of quiet text: a country without a record is not filled
  const tileOf = (kind, colour) => {
    if (!Object.hasOwn(HATCHES, kind)) throw new Error(`No such hatching: “${kind}”.`);
    const tile = document.createElement("canvas");
    tile.width = tile.height = TILE;
    const pen = tile.getContext("2d");
    pen.strokeStyle = pen.fillStyle = colour;
    pen.globalAlpha = 0.55;
    pen.lineWidth = 0.8;
    pen.beginPath();
    HATCHES[kind](pen);
    pen.stroke();
    return tile;
  };

  const tiles = {};
  const pattern = (ctx, kind, colour) =>
    ctx.createPattern((tiles[kind + colour] ??= tileOf(kind, colour)), "repeat");

  const Hatched = L.Canvas.extend({
    _fillStroke(ctx, layer) {
      const { hatch, hue, stroke } = layer.options;
      if (!hatch) {
        L.Canvas.prototype._fillStroke.call(this, ctx, layer);
        return;
      }
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

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);

  // colours and the map's height come from the style sheet, which may arrive after the script
  const whenStyled = (then) => {
    if (colour("--land")) then();
    else setTimeout(() => whenStyled(then), 20);
  };
  const styled = () => new Promise(whenStyled);

  const landStyle = (map) => ({ properties: { iso } }) => {
    const hatches = map.atlasCoverage;
    return {
      hatch: (hatches && hatches[iso]) || "",
      hue: colour("--muted"),
      fillColor: colour("--land"),
      color: colour("--border"),
      weight: 0.7,
      fillOpacity: hatches && !(iso in hatches) ? 0.4 : 1, // land without a code has no state
      opacity: 1,
    };
  };

  const outline = (map, urls) => {
    renderer = new Hatched({ padding: 0.6 });
    const layers = {};
    const style = landStyle(map);
    const wanted = () => (map.getZoom() >= CITY_ZOOM ? "fine" : "coarse");
    const read = (url) => fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    });
    const again = (url) => new Promise((done) => setTimeout(done, AGAIN)).then(() => read(url));
    const load = async (kind) => {
      try {
        const [land] = await Promise.all([read(urls[kind]).catch(() => again(urls[kind])), styled()]);
        return L.geoJSON(land, { renderer, interactive: false, style });
      } catch (error) {
        // the symbols stand without the land; the next zoom tries again
        delete layers[kind];
        atlas.log?.("the map's outlines cannot be fetched", error);
        atlas.say?.(atlas.words?.outline ?? "");
        return L.layerGroup();
      }
    };
    const show = async () => {
      const kind = wanted();
      layers[kind] ??= load(kind);
      const layer = await layers[kind];
      if (wanted() !== kind) return;
      for (const other of Object.keys(layers)) {
        if (other !== kind) layers[other].then((l) => map.removeLayer(l));
      }
      layer.addTo(map);
      layer.bringToBack?.();
    };
    map.on("zoomend", show);
    map.atlasRestyle = () => Object.values(layers).forEach((p) => p.then((l) => l.setStyle?.(style)));
    map.atlasLand = show();
  };

  const system = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => {
    document.documentElement.dataset.theme = system.matches ? "dark" : "light";
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
        L.DomEvent.on(button, "click", (event) => {
          L.DomEvent.stop(event);
          fit(map);
          atlas.view?.("");
        });
        return box;
      },
    });
    map.addControl(new Home());
  };

  const fit = (map) => {
    if (!map.atlasBounds || !map.atlasBounds.isValid()) return;
    map.atlasFitting = true;
    map.invalidateSize();
    map.fitBounds(map.atlasBounds, { padding: [18, 18], maxZoom: 5, animate: false });
    map.atlasFitting = false;
    map.atlasHome = viewOf(map);
  };

  // the view in the page's address: two decimals, as the server reads and writes it
  const linked = () => {
    const text = new URLSearchParams(around.location.search).get("view") ?? "";
    const [lat, lon, zoom] = text.split("_").map(Number);
    return [lat, lon, zoom].every(Number.isFinite) ? { text, center: [lat, lon], zoom } : null;
  };
  const viewOf = (map) => {
    const center = map.getCenter();
    const fixed = (number) => (Math.round(number * 100) / 100 + 0).toFixed(2);
    const lon = L.Util.wrapNum(center.lng, [-180, 180], true);
    return `${fixed(center.lat)}_${fixed(lon)}_${Number(map.getZoom().toFixed(2))}`;
  };

  // the view that the map has fitted itself to is nobody's choice and stands in no address
  const told = (map) => {
    if (!map.atlasFitted || map.atlasFitting) return;
    const view = viewOf(map);
    if (linked() || (map.atlasHome && view !== map.atlasHome)) atlas.view?.(view);
  };

  // Back and Forward lead to another view of the same map
  const follow = (map) => {
    const asked = linked();
    if (asked && asked.text !== viewOf(map)) map.setView(asked.center, asked.zoom, { animate: false });
  };

  // Leaflet itself would hear of the window's size alone, and pan by whole pixels
  const keepCenter = (map) => {
    const { clientWidth, clientHeight } = map.getContainer();
    if (map.getSize().equals([clientWidth, clientHeight])) return;
    const center = map.getCenter();
    map.invalidateSize({ pan: false });
    map.setView(center, map.getZoom(), { animate: false });
  };

  // the first names of Leaflet's buttons are English
  const nameButtons = (map, words) => {
    for (const [name, text] of [["in", words.nearer], ["out", words.farther]]) {
      const button = map.getContainer().querySelector(`.leaflet-control-zoom-${name}`);
      if (!button) continue;
      button.title = text;
      button.setAttribute("aria-label", text);
    }
  };

  const install = (map, urls, vocabulary, words) => {
    chart = map;
    shapes = vocabulary;
    new ResizeObserver(() => keepCenter(map)).observe(map.getContainer());
    theme();
    system.addEventListener("change", theme);
    const asked = linked();
    if (asked) {
      map.setView(asked.center, asked.zoom, { animate: false });
      map.atlasFitted = true;
    }
    map.getContainer().setAttribute("aria-label", words.map);
    nameButtons(map, words);
    outline(map, urls);
    home(map, words);
    map.on("zoomend", () => level(map));
    level(map);
    map.on("moveend", () => told(map));
    around.addEventListener("popstate", () => follow(map));
  };

  const symbolOf = ([id, lat, lon, count, shape, faded, label]) => (
    { id, lat, lon, count, shape, faded: Boolean(faded), label });

  const cityLabel = (city, words) => {
    const records = words.records[city.count];
    const parts = { place: city.label, records, word: words.shapes[city.shape] };
    return words.city.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  };

  const cover = (map, hatches) => {
    const wanted = JSON.stringify(hatches ?? null);
    if (wanted === (map.atlasCovered ?? "null")) return;
    map.atlasCovered = wanted;
    map.atlasCoverage = hatches;
    map.atlasRestyle();
  };

  const draw = (group, data, token) => {
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
      if (!map.atlasFitted) {
        map.atlasFitted = true;
        // in a frame that is not styled yet, the map has another height
        whenStyled(() => {
          fit(map);
          // nothing to fit to: the view stays as it is, and is nobody's choice either
          map.atlasHome ??= viewOf(map);
        });
      }
      settle();
      reveal();
      map.on("zoomend", settle);
      map.on("moveend", reveal);
      // with the land under its symbols the map takes the place of its picture
      map.atlasLand.then(() => requestAnimationFrame(() => atlas.drawn?.(token)));
    });
    group.on("remove", () => {
      map.off("zoomend", settle);
      map.off("moveend", reveal);
    });
  };

  return { install, draw, shape };
})();
