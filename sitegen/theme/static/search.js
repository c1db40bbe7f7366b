// What is found, as one types. The index comes in small pieces, each when it is asked for; nothing leaves the site.
const form = document.querySelector("form.search");
const [field, told, hints, again] = ["input", ".told", ".hints", ".again"].map((it) => form.querySelector(it));
const [list, rest, all] = [".found", ".rest", ".all"].map((it) => document.querySelector(it));
const words = form.dataset;
const lang = document.documentElement.lang;
const digits = { calendar: "gregory", numberingSystem: "latn" }; // as the pages have them
const day = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC", ...digits });
const count = new Intl.NumberFormat(lang, digits);
const PAGE = 5; // results at a time: each is a piece of its own
const PARTS = 3; // headings of a result
const PAUSE = 150; // ms without a key that end a word
let engine, results, asked, timer;

const make = (tag, name = "", text = "") => Object.assign(document.createElement(tag), { className: name, textContent: text });
const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
const links = () => [...list.querySelectorAll("a")];

const load = () =>
  (engine ??= import(new URL(words.index, location)).then(async (it) => {
    await it.options({ excerptLength: 26, noWorker: true });
    await it.init();
    return it;
  }));

// What comes after a heading; undefined where the text does not begin with that.
const after = (heading, marked) => {
  const signs = /<\/?mark>|&[lg]t;|([\p{L}\p{M}\p{N}])|./gsu;
  for (const letter of heading.match(/[\p{L}\p{M}\p{N}]/gu) ?? []) {
    let sign;
    do sign = signs.exec(marked);
    while (sign && !sign[1]);
    if (sign?.[1] !== letter) return;
  }
  return marked.slice(signs.lastIndex).replace(/^[^\p{L}\p{M}\p{N}\s<]*(<\/mark>)?[^\p{L}\p{M}\p{N}\s<]*\s*/u, "");
};

// Below its heading, which it does not repeat; dots where it is cut, and words marked without their commas.
const excerpt = (heading, marked) => {
  const rest = after(heading, marked);
  const text = rest ?? `…\u00a0${marked}`;
  const cut = /[.!?…؟۔。！？][\p{P}\s]*(<\/mark>)?$/u.test(text) ? "" : "\u00a0…";
  const part = make("p", "excerpt");
  (text + cut).split(/<mark>(.*?)([^\p{L}\p{M}\p{N}]*)<\/mark>/su).forEach((it, at) =>
    part.append(at % 3 === 1 ? make("mark", "", plain(it)) : plain(it)),
  );
  return text ? part : "";
};

// The browser itself marks the words on the page that it leads to, where it knows how to.
const address = (page, hash, marked) => {
  const found = [...marked.matchAll(/<mark>(.*?)<\/mark>/gs)].map((it) => plain(it[1]).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
  const some = [...new Set(found)].filter(Boolean).slice(0, 3);
  const texts = some.map((it) => `text=${encodeURIComponent(it).replaceAll("-", "%2D")}`).join("&");
  return page + (hash || texts ? `#${hash}` : "") + (texts && `:~:${texts}`);
};

const link = (text, to) => Object.assign(make("a", "", text), { href: to });

const shown = ({ meta, excerpt: marked, sub_results: parts }) => {
  const item = make("li");
  const title = make("h2");
  const name = meta.title || meta.url;
  title.append(link(name, address(meta.url, "", marked)));
  const line = make("p", "meta");
  if (meta.date) line.append(Object.assign(make("time", "", day.format(new Date(meta.date))), { dateTime: meta.date }));
  if (meta.call) line.append(make("span", "flag", words.call));
  const below = parts.filter((it) => it.url.includes("#")).slice(0, PARTS);
  const above = below.length ? parts.find((it) => !it.url.includes("#"))?.excerpt : marked;
  item.append(title, ...(line.firstChild ? [line] : []), above ? excerpt(name, above) : "");
  const inner = make("ul", "parts");
  for (const part of below) {
    const place = make("li");
    place.append(link(part.title, address(meta.url, part.url.split("#")[1], part.excerpt)), excerpt(part.title, part.excerpt));
    inner.append(place);
  }
  if (below.length) item.append(inner);
  return item;
};

const more = async () => {
  const [query, from] = [asked, list.children.length];
  const pieces = await Promise.all(results.slice(from, from + PAGE).map((it) => it.data()));
  if (query !== asked) return;
  list.append(...pieces.map(shown));
  rest.hidden = list.children.length >= results.length;
};

const clear = () => {
  list.replaceChildren();
  results = [];
  told.textContent = "";
  for (const part of [list, hints, again, rest]) part.hidden = true;
  all.hidden = false;
};

const failed = () => {
  engine = undefined;
  clear();
  told.textContent = words.failed;
  again.hidden = false;
};

const search = async () => {
  const query = (asked = field.value.trim());
  if (!query) return clear();
  const busy = setTimeout(() => query === asked && (told.textContent = words.busy), 300);
  try {
    const found = (await (await load()).search(query)).results;
    if (query !== asked) return;
    list.replaceChildren();
    results = found;
    await more();
    if (query !== asked) return;
    const some = results.length;
    told.textContent = !some ? words.none.replace("#", () => query) : words.count.replace("#", count.format(some));
    list.hidden = !some;
    hints.hidden = all.hidden = Boolean(some);
    again.hidden = true;
    rest.hidden = list.children.length >= some;
  } catch {
    if (query === asked) failed();
  } finally {
    clearTimeout(busy);
  }
};

// The first letter makes a step to come back from, the others do not.
const remember = () => {
  const url = new URL(location);
  const before = url.searchParams.get("q") ?? "";
  const query = field.value.trim();
  if (query === before) return;
  if (query) url.searchParams.set("q", query);
  else url.searchParams.delete("q");
  url.hash = "";
  history[before ? "replaceState" : "pushState"]("", "", url);
};

const now = () => {
  clearTimeout(timer);
  remember();
  return search();
};

const restore = () => {
  field.value = new URL(location).searchParams.get("q") ?? "";
  return search();
};

field.onfocus = () => load().catch(() => (engine = undefined));
field.oninput = () => {
  clearTimeout(timer);
  timer = setTimeout(now, PAUSE);
};
form.onsubmit = (event) => {
  event.preventDefault();
  now();
};
again.onclick = search;
rest.onclick = async () => {
  const from = list.children.length;
  await more().catch(failed);
  list.children[from]?.querySelector("a").focus();
};
addEventListener("popstate", restore);

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const here = event.target;
  const inside = here === field || list.contains(here);
  if (event.key === "Escape" && inside && field.value) {
    event.preventDefault();
    field.value = "";
    field.focus();
    now();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && inside) {
    const places = [field, ...links()];
    const to = places[places.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!to) return;
    event.preventDefault();
    to.focus();
  }
});

form.hidden = false;
document.querySelector(".by-eye")?.remove();
restore();
if (!field.value && matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
