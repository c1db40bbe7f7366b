// Optional: the switch of the theme, copy buttons, notes read in place, and where one is in the contents.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const { copy: copyWord = "Copy", copied = "Copied" } = document.currentScript?.dataset ?? {};
const make = (tag, name, text = "") => Object.assign(document.createElement(tag), { className: name, textContent: text });

const button = document.querySelector(".theme");
if (button) {
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const show = () => button.setAttribute("aria-pressed", isDark());
  button.onclick = () => {
    const theme = isDark() ? "light" : "dark";
    root.dataset.theme = theme;
    try {
      if ((theme === "dark") === dark.matches) localStorage.removeItem("theme");
      else localStorage.theme = theme;
    } catch {} // a browser that keeps nothing: the choice lasts as long as the page
    show();
  };
  dark.onchange = show;
  show();
}

const find = document.querySelector("#q") ?? document.querySelector(".find");
if (find)
  addEventListener("keydown", (event) => {
    const writes = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || writes || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (!find.form) find.click();
    find.focus();
    find.select?.();
  });

for (const block of navigator.clipboard ? document.querySelectorAll(".highlight > pre") : []) {
  const copy = make("button", "taker", copyWord);
  copy.type = "button";
  copy.onclick = async () => {
    await navigator.clipboard.writeText(block.textContent.replace(/\n$/, ""));
    copy.textContent = copied;
    setTimeout(() => (copy.textContent = copyWord), 2000);
  };
  block.parentNode.append(copy);
}

for (const link of document.querySelectorAll("a.footnote-ref")) {
  const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!note || !note.showPopover) continue;
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    document.querySelector(".aside")?.remove();
    const card = make("aside", "aside");
    card.popover = "auto";
    card.append(...note.cloneNode(true).childNodes);
    card.querySelectorAll("[id]").forEach((it) => it.removeAttribute("id"));
    card.querySelectorAll(".footnote-backref").forEach((it) => it.remove());
    card.addEventListener("toggle", (change) => {
      if (change.newState === "closed") link.focus({ preventScroll: true });
    });
    link.closest("p, li, td, dd, blockquote, h1, h2, h3, h4, h5, h6, div").after(card);
    card.showPopover();
    const { bottom, left } = link.getBoundingClientRect();
    const room = root.clientWidth - card.offsetWidth - 16;
    card.style.top = `${bottom + scrollY + 8}px`;
    card.style.left = `${Math.max(16, Math.min(left, room))}px`;
  };
}

const places = [...document.querySelectorAll(".toc nav a")]
  .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
  .filter((it) => it.heading);
const mark = () => {
  const here = places.findLast((it) => it.heading.getBoundingClientRect().top < innerHeight / 4);
  for (const it of places)
    if (it === here) it.link.setAttribute("aria-current", "true");
    else it.link.removeAttribute("aria-current");
};
if (places[0]) {
  addEventListener("scroll", mark, { passive: true });
  mark();
}
