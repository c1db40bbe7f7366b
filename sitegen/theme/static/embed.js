// Optional: puts what a link leads to in its place, when it is asked for. Nothing is requested of others before.
for (const link of document.querySelectorAll("a[data-player]"))
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const frame = Object.assign(document.createElement("iframe"), {
      title: link.dataset.title,
      sandbox: "allow-forms allow-popups allow-presentation allow-same-origin allow-scripts",
      allow: "autoplay; encrypted-media; fullscreen; picture-in-picture",
      referrerPolicy: "strict-origin-when-cross-origin",
      src: link.dataset.player,
    });
    link.before(frame);
    link.removeAttribute("data-player"); // from here on a link like any other, for a frame that stays empty
    link.onclick = null;
    frame.focus();
  };
