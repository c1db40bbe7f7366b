// Keys, and how many are selected. Everything can be done without.
"use strict";

const all = (what) => [...document.querySelectorAll(what)];
const one = (what) => document.querySelector(what);
const lines = all(".row");
const boxes = all(".row input");
const help = one("#keys");
const useKeys = one("#use-keys");

for (const hidden of all("[data-script]")) hidden.hidden = false;

for (const chosen of all(".choices [aria-current]")) {
  const strip = chosen.closest("ul");
  strip.scrollLeft = chosen.offsetLeft - strip.offsetLeft - strip.clientWidth / 3;
}

// What was done is said once: not again when the page is loaded again.
const here = new URL(location.href);
for (const word of ["done", "failed", "n", "moved", "waiting", "unswept", "taken", "of"]) here.searchParams.delete(word);
one(".told[role=status]")?.focus();
if (here.href !== location.href) history.replaceState(null, "", here);

function count() {
  const chosen = boxes.filter((box) => box.checked).length;
  const said = one("[data-chosen]");
  if (said) said.textContent = chosen ? `${chosen} selected` : "";
  const button = one("[data-all]");
  if (button) button.textContent = chosen === boxes.length && chosen ? "Select none" : "Select all";
}

let last = null;
for (const box of boxes) {
  box.addEventListener("click", (event) => {
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
  });
  box.addEventListener("change", count);
}
one("[data-all]")?.addEventListener("click", () => {
  const every = boxes.some((box) => !box.checked);
  for (const box of boxes) box.checked = every;
  count();
});
addEventListener("pageshow", count);
one("[data-keys]").addEventListener("click", () => help.showModal());

function step(by) {
  if (!lines.length) {
    one(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
    return;
  }
  const at = lines.findIndex((line) => line.contains(document.activeElement));
  const to = at < 0 ? (by > 0 ? 0 : lines.length - 1) : at + by;
  const who = lines[to]?.querySelector(".who");
  if (who) {
    who.focus({ focusVisible: true });
    who.scrollIntoView({ block: "nearest" });
  } else {
    one(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.focus({ focusVisible: true });
  }
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  x: () => lines.find((line) => line.contains(document.activeElement))?.querySelector("input").click(),
  "/": () => one("#q")?.focus(),
  u: () => one("[data-up]")?.click(),
  m: () => one("#as")?.focus({ focusVisible: true }),
  "?": () => help.showModal(),
};

// Who speaks to the computer, or has unsteady hands, can turn single keys off (WCAG 2.1.4).
try {
  useKeys.checked = localStorage.getItem("sitegen-keys") !== "off";
} catch {} // storage may be forbidden
useKeys.addEventListener("change", () => {
  try {
    localStorage.setItem("sitegen-keys", useKeys.checked ? "on" : "off");
  } catch {}
});

addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  if (event.key === "Escape" && writing) writing.blur();
  if (help.open || writing || !useKeys.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
