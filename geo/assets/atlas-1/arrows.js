// Keys within the overview: arrows go to the next country in their direction, letters to the
// next one whose name begins with them. Tab goes through all of them, as through other links.
const { fold } = await window.atlas.fetched(window.atlas.modules.folding);

const TYPING = 700; // milliseconds in which letters are one word
const ASIDE = 2; // how much more a pixel aside counts than one in the direction of the arrow
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const live = document.getElementById("live");
let word = "";
let typed = -Infinity;

const shown = () => [...live.querySelectorAll("a[data-place]")].filter((link) => link.getClientRects().length);
const middle = (link) => {
  const { left, right, top, bottom } = link.getBoundingClientRect();
  return [(left + right) / 2, (top + bottom) / 2];
};

// the nearest link that is more in the direction than aside of it
const towards = (from, [right, down]) => {
  const [x, y] = middle(from);
  let [best, least] = [null, Infinity];
  for (const link of shown()) {
    const [dx, dy] = middle(link).map((value, i) => value - [x, y][i]);
    const ahead = dx * right + dy * down;
    const aside = Math.abs(dx * down) + Math.abs(dy * right);
    const far = ahead + ASIDE * aside;
    if (ahead > 1 && ahead >= aside / ASIDE && far < least) [best, least] = [link, far];
  }
  return best;
};

// the name as it is spoken and as it is written, which on tiles may be shorter
const begins = (link, start) => [link.getAttribute("aria-label"), link.querySelector(".name")?.textContent ?? ""]
  .some((text) => fold(text).startsWith(start));

const spelled = (from, letter) => {
  const now = performance.now();
  word = now - typed < TYPING ? word + fold(letter) : fold(letter);
  typed = now;
  const links = shown();
  const at = links.indexOf(from);
  // one letter again goes on, more letters say more of the same name
  const start = at + (word.length > 1 ? 0 : 1);
  const order = [...links.slice(start), ...links.slice(0, start)];
  return order.find((link) => begins(link, word)) ?? null;
};

live.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("a[data-place]");
  if (!link || window.atlas.command?.(event)) return;
  const direction = DIRECTIONS[event.key];
  if (!direction && !/^\p{L}$/u.test(event.key)) return;
  const next = direction ? towards(link, direction) : spelled(link, event.key);
  if (direction || next) event.preventDefault();
  next?.focus();
});
