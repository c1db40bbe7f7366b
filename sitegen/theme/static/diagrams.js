// Draws the diagrams of a page with Mermaid, which the site brings. Until then, and without it, they are readable text.
{
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const diagrams = [...document.querySelectorAll(".highlight code.language-mermaid")].map((code) => ({
    source: code.textContent,
    block: code.closest(".highlight"),
    picture: Object.assign(document.createElement("div"), { className: "diagram" }),
  }));
  const { name = "Diagram", text: folded = "The diagram as text" } = document.currentScript?.dataset ?? {};
  let round = 0;

  // The picture takes the text's place, which is folded away below it.
  const show = ({ block, picture }) => {
    const text = document.createElement("details");
    text.append(Object.assign(document.createElement("summary"), { textContent: folded }));
    block.replaceWith(picture, text);
    text.append(block);
  };

  const draw = async () => {
    round += 1;
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      suppressErrorRendering: true,
      theme: isDark() ? "dark" : "neutral",
      fontFamily: getComputedStyle(root).getPropertyValue("--plain-face") || "sans-serif",
    });
    for (const [at, diagram] of diagrams.entries()) {
      try {
        const { svg } = await mermaid.render(`diagram-${at}-${round}`, diagram.source);
        diagram.picture.innerHTML = svg;
      } catch {
        continue; // what Mermaid cannot read stays text
      }
      const picture = diagram.picture.firstElementChild;
      if (!picture.hasAttribute("aria-labelledby")) picture.setAttribute("aria-label", name);
      if (!diagram.picture.isConnected) show(diagram);
    }
  };

  if (globalThis.mermaid) {
    let drawn = draw();
    const again = () => (drawn = drawn.then(draw));
    new MutationObserver(again).observe(root, { attributeFilter: ["data-theme"] });
    dark.addEventListener("change", again);
  }
}
