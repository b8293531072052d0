// Draws the atlas's units on a Leaflet map, at the places that the server has computed. Text only
// ever becomes text nodes or attributes, so nothing in a record can run.
window.AtlasMap = (() => {
  "use strict";

  const [FIRST, CITY_ZOOM] = [3, 4];
  const MANY = 400; // units of which all are drawn; of more, those near the view
  const LINE = 15; // pixels from one line of a name to the next, and to the first baseline
  const BASE = 11.5;
  const [PITCH, SIDE] = [13, 12]; // from one mark to the next, and the side of a mark's box
  const UNIT = 5; // pixels that 1 becomes in the shapes of the vocabulary
  const [KEPT_X, KEPT_Y] = [70, 50]; // pixels between an open record and the edges of the map
  const SVG = "http://www.w3.org/2000/svg";
  // the page around the frame; its script may come later than this one
  const around = window.parent;
  const atlas = new Proxy({}, { get: (_, name) => around.atlas?.[name] });
  let chart = null;
  let shapes = {}; // of the latest words by code: hue and primitives, from the vocabulary
  let words = {};
  let layer = null; // what is drawn: its units, its names and their group
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
  const shape = (svg, code, x, y, r) => {
    const { hue, primitives } = shapeOf(code);
    const g = node("g", { class: `map-${hue}` }, svg);
    for (const primitive of primitives) {
      const [name, attributes] = geometry(primitive, x, y, r);
      node(name, { ...attributes, class: primitive.fill }, g);
    }
    return g;
  };

  // -- the data of the layer, as geo/views/layer.py writes it

  // a place that is the one of the zoom before is written as 0
  const unfolded = (places) => {
    const found = [];
    for (const place of places) found.push(place === 0 ? found.at(-1) : place);
    return found;
  };

  const unitOf = (first) => (
    [card, code, country, lat, lon, sentence, records, latest, bars, places]) => (
    { first, card, code, country, lat, lon, sentence, records, latest, bars, places: unfolded(places) });

  const placeOf = (unit, zoom) => {
    const [x, y, width, height, line, hit, ...name] = unit.places[zoom - unit.first];
    return { x, y, width, height, line, hit, name };
  };

  // -- what is drawn

  const writeName = ([x, y, anchor, note, ...lines], parent) => {
    [...lines, ...(note ? [note] : [])].forEach((line, i) => {
      // not drawn, but parts the words for those who hear them
      if (i) parent.append(" ");
      const text = node("text", { "text-anchor": anchor }, parent);
      const span = node("tspan", { x, y: y + BASE + LINE * i }, text);
      if (note && i === lines.length) span.setAttribute("class", "note");
      span.textContent = line;
    });
  };

  const writeMarks = (unit, { x, y, width, height }, opened, svg) => {
    if (opened.length > 1) {
      node("rect", { class: "map-open", x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 6 }, svg);
    }
    // marks are in rows as wide as the block, as in geo/views/blocks.py; or they are a bar
    const columns = Math.round((width - SIDE) / PITCH) + 1;
    for (let i = 0; i < (unit.bars.length ? 0 : unit.records.length); i += 1) {
      const [across, down] = [SIDE / 2 + PITCH * (i % columns), SIDE / 2 + PITCH * Math.floor(i / columns)];
      const at = `translate(${x + across} ${y + down})`;
      const mark = shape(svg, unit.latest[i], 0, 0, UNIT);
      mark.setAttribute("transform", at);
      const open = opened.length === 1 && opened[0] === unit.records[i];
      const halo = node("circle", { class: open ? "map-open" : "halo", r: open ? 9.5 : 6.4 });
      mark.prepend(halo);
    }
    if (!unit.bars.length) return;
    const count = node("text", { class: "count", x: x + 22, y: y + 10.5, "text-anchor": "end" }, svg);
    count.textContent = String(unit.records.length);
    for (const [look, from, length] of unit.bars) {
      node("rect", { class: `bar ${look}`, x: x + from, y: y + 0.5, width: length, height: 11 }, svg);
    }
  };

  // the card that is open, by the page's address
  const openCard = () => {
    const query = new URLSearchParams(around.location.search);
    return { record: query.get("record"), place: query.get("record") ? null : query.get("place") };
  };
  const cityOf = (record) => record.slice(0, record.lastIndexOf("-"));
  const openOf = (unit, { record, place }) => unit.records.filter((id) => (
    id === record || place === unit.country || (place !== null && cityOf(id) === place)));

  const drawing = (unit, zoom) => {
    const place = placeOf(unit, zoom);
    const opened = openOf(unit, openCard());
    const svg = node("svg", { "aria-hidden": "true" });
    const [left, top] = place.hit;
    svg.style.left = `${-left}px`;
    svg.style.top = `${-top}px`;
    if (place.line.length) {
      const steps = place.line.map((length, i) => (i % 2 ? ` ${length}` : `L${length}`));
      node("path", { class: "map-line", d: `M0 0${steps.join("")}` }, svg);
      node("circle", { class: "anchor", r: 1.9 }, svg);
    }
    writeMarks(unit, place, opened, svg);
    if (place.name.length) writeName(place.name, svg);
    return [svg, place.hit, opened.length > 0];
  };

  const addressOf = (unit) => {
    const url = new URL(around.location.href);
    for (const name of ["record", "event", "place"]) url.searchParams.delete(name);
    url.searchParams.set(unit.card, unit.code);
    return url.href;
  };

  const dress = (unit, zoom) => {
    const link = unit.link;
    const [svg, [left, top, right, bottom], open] = drawing(unit, zoom);
    Object.assign(link.style, {
      left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px`,
    });
    link.replaceChildren(svg, link.lastChild);
    if (open) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    unit.marker.setZIndexOffset(open ? 1000 : 0);
  };

  // the words of a unit open away from the map's nearest edge
  const turn = (unit) => {
    const { x, y } = chart.latLngToContainerPoint([unit.lat, unit.lon]);
    const size = chart.getSize();
    unit.link.lastChild.classList.toggle("east", x > size.x / 2);
    unit.link.lastChild.classList.toggle("south", y > size.y / 2);
  };

  const make = (unit) => {
    const link = document.createElement("a");
    link.href = addressOf(unit);
    link.target = "_parent";
    link.draggable = false;
    link.setAttribute("aria-label", unit.sentence);
    const tip = document.createElement("span");
    tip.className = "map-tip";
    tip.setAttribute("aria-hidden", "true");
    tip.textContent = unit.sentence;
    link.append(tip);
    const icon = L.divIcon({ className: "map-unit", html: link, iconSize: null });
    const marker = L.marker([unit.lat, unit.lon], { icon, keyboard: false, riseOnHover: true });
    Object.assign(unit, { link, marker });
    // Leaflet knows a click from the end of a drag
    marker.on("click", ({ originalEvent: event }) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      atlas.open?.(unit.card, unit.code);
    });
    link.addEventListener("click", (event) => {
      if (!(event.ctrlKey || event.metaKey || event.shiftKey)) event.preventDefault();
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      link.click();
    });
    const ready = () => { link.href = addressOf(unit); turn(unit); };
    link.addEventListener("pointerenter", ready);
    link.addEventListener("focus", () => { ready(); reveal(unit); });
    marker.on("add", () => {
      const element = marker.getElement();
      element.dataset.unit = unit.code;
      element.dataset.count = String(unit.records.length);
    });
    return marker;
  };

  const nameMarker = (lat, lon, name) => {
    const svg = node("svg", { "aria-hidden": "true" });
    writeName(name, node("g", { class: "map-quiet" }, svg));
    const icon = L.divIcon({ className: "map-name", html: svg, iconSize: null });
    return L.marker([lat, lon], { icon, interactive: false, keyboard: false, pane: "names" });
  };

  // -- which of it: the units of the zoom, all or those near the view, in the order of their names

  const wantedOf = (map, units) => {
    if (units.length <= MANY) return units;
    const bounds = map.getBounds().pad(0.4);
    return units.filter(({ lat, lon }) => bounds.contains([lat, lon]));
  };

  const showUnits = (map, { countries, cities, group }) => {
    const zoom = map.getZoom();
    const units = zoom < CITY_ZOOM ? countries : cities;
    const wanted = wantedOf(map, units);
    const kept = new Set(wanted);
    for (const unit of [...countries, ...cities]) {
      if (unit.marker && !kept.has(unit)) group.removeLayer(unit.marker);
    }
    let before = null; // one that comes back is put after the one before it, for the order of tabs
    for (const unit of wanted) {
      const marker = unit.marker ?? make(unit);
      if (!group.hasLayer(marker)) {
        group.addLayer(marker);
        const element = marker.getElement();
        if (before) before.after(element); else element.parentNode.prepend(element);
      }
      if (unit.dressed !== zoom) dress(unit, zoom);
      unit.dressed = zoom;
      before = marker.getElement();
    }
  };

  const showNames = (map, { names, nameGroup }) => {
    nameGroup.clearLayers();
    const zoom = map.getZoom();
    if (zoom < CITY_ZOOM) return;
    const bounds = map.getBounds().pad(0.2);
    for (const [lat, lon, places] of names) {
      const name = places[zoom - CITY_ZOOM];
      if (name.length && bounds.contains([lat, lon])) nameGroup.addLayer(nameMarker(lat, lon, name));
    }
  };

  // -- what is in view

  // a mark counts where its block's middle is inside the map
  const inView = (map, units) => {
    const size = map.getSize();
    const zoom = map.getZoom();
    return units.filter((unit) => {
      const place = placeOf(unit, zoom);
      const at = map.latLngToContainerPoint([unit.lat, unit.lon]);
      const [x, y] = [at.x + place.x + place.width / 2, at.y + place.y + place.height / 2];
      return x >= 0 && y >= 0 && x <= size.x && y <= size.y;
    });
  };

  const count = (map, { countries, cities, total, box }) => {
    const seen = inView(map, map.getZoom() < CITY_ZOOM ? countries : cities);
    const n = seen.reduce((sum, unit) => sum + unit.records.length, 0);
    box.dataset.seen = String(n);
    box.firstChild.textContent = words.inView.replace("{n}", n).replace("{total}", total);
    box.querySelector("a").hidden = n === total;
  };

  const zoomed = (center, zoom) => chart.project(L.latLng(center), zoom);

  // the view that keeps the open record inside, moved as little as possible: the one nearest to
  // the centre where several are open
  const keeping = (center, zoom) => {
    const units = (zoom < CITY_ZOOM ? layer.countries : layer.cities)
      .filter((unit) => openOf(unit, openCard()).length);
    if (!units.length) return center;
    const middle = zoomed(center, zoom);
    const away = (unit) => zoomed([unit.lat, unit.lon], zoom).distanceTo(middle);
    const at = units.map((unit) => [away(unit), unit]).reduce((one, other) => (other[0] < one[0] ? other : one));
    const point = zoomed([at[1].lat, at[1].lon], zoom);
    const room = chart.getSize().divideBy(2).subtract([KEPT_X, KEPT_Y]);
    const along = (value, goal, half) => Math.min(Math.max(value, goal - Math.max(half, 0)), goal + Math.max(half, 0));
    const kept = L.point(along(middle.x, point.x, room.x), along(middle.y, point.y, room.y));
    return kept.equals(middle) ? center : chart.unproject(kept, zoom);
  };

  const look = (map, center, zoom) => {
    map.atlasLooking = true;
    map.setView(layer ? keeping(center, zoom) : center, zoom, { reset: true });
    map.atlasLooking = false;
  };

  // a unit that has the focus is brought into the view, as the browser does with other links
  function reveal(unit) {
    const at = chart.latLngToContainerPoint([unit.lat, unit.lon]);
    const size = chart.getSize();
    if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) {
      chart.panInside([unit.lat, unit.lon], { padding: [KEPT_X, KEPT_Y], animate: false });
    }
    // the frame itself may have been scrolled by the browser, and the map has its own way
    document.scrollingElement?.scrollTo(0, 0);
    chart.getContainer().scrollTo(0, 0);
  }

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
    pen.globalAlpha = strength();
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

  // of hatchings: full where a reader wants more contrast
  const strength = () => Number(colour("--pale")) || 0.75;
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
    let giveUp; // a map waits for its land until two tries have failed
    const waited = new Promise((done) => { giveUp = done; });
    const attempt = (kind) => (failed) => {
      if (failed > 1) giveUp();
      return read(urls[kind]);
    };
    const load = async (kind) => {
      try {
        const [land] = await Promise.all([around.atlas.persist(urls[kind], attempt(kind)), styled()]);
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
    map.atlasLand = Promise.race([show(), waited]);
  };

  const system = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => {
    document.documentElement.dataset.theme = system.matches ? "dark" : "light";
    if (chart && chart.atlasRestyle) chart.atlasRestyle();
  };

  // -- the view and the page's address

  // two decimals, as the server reads and writes it
  const linked = () => {
    const text = new URLSearchParams(around.location.search).get("view") ?? "";
    const [lat, lon, zoom] = text.split("_").map(Number);
    return [lat, lon, zoom].every(Number.isFinite) ? { text, center: [lat, lon], zoom: Math.round(zoom) } : null;
  };
  const viewOf = (map) => {
    const center = map.getCenter();
    const fixed = (number) => (Math.round(number * 100) / 100 + 0).toFixed(2);
    return `${fixed(center.lat)}_${fixed(center.lng)}_${map.getZoom()}`;
  };

  // only a reader's own moves are written: the view that a link asks for stays in its address,
  // also where a box of this size shows it a little moved
  const told = (map) => {
    if (map.atlasLooking || !linked()) return;
    map.atlasMoved = true;
    atlas.view?.(viewOf(map));
  };

  // Back and Forward lead to another view of the same map
  const follow = (map) => {
    const asked = linked();
    if (!asked || asked.text === viewOf(map)) return;
    map.atlasMoved = false;
    look(map, asked.center, asked.zoom);
  };

  // Leaflet itself would hear of the window's size alone, and pan by whole pixels
  const keepCenter = (map) => {
    const { clientWidth, clientHeight } = map.getContainer();
    if (map.getSize().equals([clientWidth, clientHeight])) return;
    const center = map.getCenter();
    map.atlasLooking = true;
    map.invalidateSize({ pan: false });
    map.atlasLooking = false;
    const asked = linked();
    // until a reader has moved the map, the place that the link asks for is its centre
    look(map, map.atlasMoved || !asked ? center : asked.center, map.getZoom());
  };

  // -- controls

  // the first names of Leaflet's buttons are English
  const nameButtons = (map) => {
    for (const [name, text] of [["in", words.nearer], ["out", words.farther]]) {
      const button = map.getContainer().querySelector(`.leaflet-control-zoom-${name}`);
      if (!button) continue;
      button.title = text;
      button.setAttribute("aria-label", text);
    }
  };

  const linkTo = (className, text, click) => {
    const link = document.createElement("a");
    link.className = className;
    link.href = around.location.href;
    link.target = "_parent";
    link.textContent = text;
    L.DomEvent.disableClickPropagation(link);
    link.addEventListener("click", (event) => { event.preventDefault(); click(); });
    return link;
  };

  const small = around.matchMedia("(max-width: 47.4375rem), (max-height: 29.9375rem)");
  const addBack = (map, stop) => {
    const back = linkTo("map-back", "", () => atlas.leave?.());
    const entitle = () => { back.textContent = small.matches ? words.tiles : words.overview; };
    entitle();
    small.addEventListener("change", entitle, { signal: stop });
    // first in the frame, as it is first on the screen
    map.getContainer().prepend(back);
  };

  const addCount = (map) => {
    const box = document.createElement("p");
    box.className = "map-count";
    const all = linkTo("", words.all, () => {
      const view = layer?.whole;
      if (!view) { atlas.leave?.(); return; }
      const [lat, lon, zoom] = view.split("_").map(Number);
      map.setView([lat, lon], zoom, { animate: false });
    });
    const fingers = document.createElement("span");
    fingers.className = "map-fingers";
    fingers.textContent = words.fingers;
    box.append(document.createElement("strong"), " ", all, fingers);
    map.getContainer().append(box);
    return box;
  };

  // Leaflet would pan back into the bounds in a move of its own, which is no reader's
  const keepBounds = (map) => {
    map.off("moveend", map._panInsideMaxBounds);
    map.on("moveend", () => {
      const looking = map.atlasLooking;
      map.atlasLooking = true;
      map.panInsideBounds(map.options.maxBounds, { animate: false });
      map.atlasLooking = looking;
    });
  };

  // one finger scrolls the page, two move the map; the mouse drags it
  const leaveOneFinger = (map) => {
    const { _draggable: draggable } = map.dragging;
    const down = draggable._onDown;
    draggable.disable();
    draggable._onDown = function onDown(event) { if (!event.touches) down.call(this, event); };
    draggable.enable();
  };

  const calm = (map) => {
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const { panBy } = L.Map.prototype;
    Object.assign(map.options, { inertia: false, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false });
    map._zoomAnimated = false;
    map.panBy = (offset, options) => panBy.call(map, offset, { ...options, animate: false });
  };

  // Escape first puts the words away that are shown, then closes the card
  const escape = () => {
    const shown = document.querySelector(".map-unit a:hover .map-tip, .map-unit a:focus-visible .map-tip");
    const root = document.documentElement;
    if (shown && root.dataset.quiet === undefined) {
      root.dataset.quiet = "";
      const again = () => { delete root.dataset.quiet; };
      shown.parentNode.addEventListener("pointerleave", again, { once: true });
      shown.parentNode.addEventListener("blur", again, { once: true });
      return;
    }
    atlas.escape?.();
  };

  const install = (map, urls, vocabulary, texts) => {
    const ended = new AbortController();
    window.addEventListener("pagehide", () => ended.abort());
    chart = map;
    shapes = vocabulary;
    words = texts;
    if (window.frameElement) window.frameElement.title = words.map;
    map.createPane("names").style.zIndex = 550;
    leaveOneFinger(map);
    calm(map);
    new ResizeObserver(() => keepCenter(map)).observe(map.getContainer());
    theme();
    system.addEventListener("change", theme, { signal: ended.signal });
    const asked = linked();
    if (asked) look(map, asked.center, asked.zoom);
    map.getContainer().setAttribute("aria-label", words.map);
    map.getContainer().setAttribute("role", "region");
    nameButtons(map);
    addBack(map, ended.signal);
    map.atlasCount = addCount(map);
    outline(map, urls);
    keepBounds(map);
    map.on("moveend", () => told(map));
    around.addEventListener("popstate", () => follow(map), { signal: ended.signal });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") escape();
      // Leaflet hears of keys while the map itself has the focus, and not one of its units
      const step = { "+": 1, "=": 1, "-": -1 }[event.key];
      if (!step || atlas.command?.(event) || document.activeElement === map.getContainer()) return;
      zoom(step);
    });
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
    theme();
    window.feature_group = []; // the component only ever adds to it
    const first = layer === null;
    const focused = document.activeElement?.closest?.("[data-unit]")?.dataset.unit;
    layer = {
      group,
      nameGroup: L.layerGroup(),
      countries: data.countries.map(unitOf(FIRST)),
      cities: data.cities.map(unitOf(CITY_ZOOM)),
      names: data.names.map(([lat, lon, places]) => [lat, lon, unfolded(places)]),
      total: data.total,
      whole: data.whole,
      box: map.atlasCount,
    };
    const mine = layer;
    group.addLayer(mine.nameGroup);
    const show = () => {
      showUnits(map, mine);
      showNames(map, mine);
      count(map, mine);
    };
    group.on("add", () => {
      const asked = linked();
      if (first && asked) look(map, asked.center, asked.zoom);
      show();
      map.on("moveend", show);
      // what had the focus and is drawn anew keeps it
      if (focused) map.getPane("markerPane").querySelector(`[data-unit="${CSS.escape(focused)}"] a`)?.focus();
      // with the land under its symbols the map takes the place of its picture
      map.atlasLand.then(() => requestAnimationFrame(() => atlas.drawn?.(token)));
    });
    group.on("remove", () => map.off("moveend", show));
  };

  // the page's card is another one: its record is marked, and brought into view
  let carded = "";
  const card = () => {
    const now = JSON.stringify(openCard());
    if (!layer || now === carded) return;
    carded = now;
    for (const unit of [...layer.countries, ...layer.cities]) unit.dressed = null;
    showUnits(chart, layer);
    look(chart, chart.getCenter(), chart.getZoom());
  };

  const zoom = (step) => chart?.setZoom(chart.getZoom() + step);

  return { install, draw, shape, card, zoom };
})();
