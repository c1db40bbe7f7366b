// `sitegen serve` puts this into the pages that it shows, never into the files: it reloads the page when the site
// has changed, with the scroll position kept, and shows what is wrong with the sources.
"use strict";
(() => {
  const me = document.currentScript;
  const [session, first] = me.dataset.build.split("-");
  const revision = Number(me.dataset.revision); // only on a page that holds nothing but the problems
  let [build, stream, overlay, tab] = [Number(first), null, null, null];

  // Scroll position
  const KEPT = "sitegen:scroll";
  const remember = () => sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, scrollX, scrollY]));
  const restore = ([path, left, top]) => {
    const scroll = () => scrollTo({ left, top, behavior: "instant" });
    if (path !== location.pathname) return;
    scroll();
    addEventListener("load", scroll, { once: true });
  };
  try {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    if (kept) restore(JSON.parse(kept));
  } catch {} // no storage: the browser's own memory must do

  const reload = () => {
    try {
      remember();
    } catch {}
    stream.close();
    location.reload();
  };

  // Style sheets are exchanged in place: the new one is there before the old one goes.
  const restyle = () => {
    for (const old of document.querySelectorAll("link[rel~=stylesheet]")) {
      const url = new URL(old.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("sitegen", build);
      const fresh = old.cloneNode();
      fresh.href = url;
      fresh.onload = fresh.onerror = () => old.remove();
      old.after(fresh);
    }
  };

  // The overlay: a dialog in a shadow tree, which the site's styles do not reach.
  const element = (name, attributes, ...content) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...content);
    return made;
  };
  const open = (dialog) => {
    if (!dialog.isConnected || dialog.open) return;
    dialog.showModal();
    dialog.focus(); // and not its button
  };
  const makeOverlay = () => {
    const style = element("link", { rel: "stylesheet", href: "/_sitegen/live.css" });
    const close = element("button", { type: "button", className: "close", textContent: "Dismiss" });
    const text = element("div", { className: "text" });
    const dialog = element("dialog", { className: "panel bad", tabIndex: -1 }, close, text);
    tab = element("button", { type: "button", className: "tab", hidden: true });
    dialog.setAttribute("aria-labelledby", "sitegen-title");
    dialog.addEventListener("close", () => (tab.hidden = false));
    close.onclick = () => dialog.close();
    tab.onclick = () => ((tab.hidden = true), open(dialog));
    style.onload = () => open(dialog);
    overlay = element("sitegen-problems", { role: "alert", lang: "en", dir: "ltr" });
    overlay.attachShadow({ mode: "open" }).append(style, element("div", { className: "unseen" }, element("slot")), dialog, tab);
    document.body.append(overlay);
    return { dialog, text, style };
  };

  let parts = null;
  const show = ({ count, summary, html }) => {
    if (!html) {
      overlay?.remove();
      return (overlay = parts = null);
    }
    parts ??= makeOverlay();
    parts.text.innerHTML = html;
    overlay.textContent = summary;
    tab.textContent = count === 1 ? "One problem" : `${count} problems`;
    tab.hidden = true;
    if (parts.style.sheet) open(parts.dialog);
  };

  // What the server says
  const heard = {
    reload(news) {
      if (news.session === session && news.build === build) return;
      const next = news.session === session && news.build === build + 1;
      if (!next || !news.styles || revision) return reload();
      build = news.build;
      restyle();
    },
    problems(news) {
      if (!revision) show(news);
      else if (news.revision !== revision) reload();
    },
  };

  // A hidden tab hangs up: browsers allow only six connections. When it is seen again it hears what it has missed.
  const listen = () => {
    if (document.hidden) stream = void stream?.close();
    else if (!stream) {
      stream = new EventSource(`/_sitegen/events?at=${encodeURIComponent(location.pathname)}`);
      for (const [name, hear] of Object.entries(heard)) {
        stream.addEventListener(name, (event) => hear(JSON.parse(event.data)));
      }
    }
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => (stream = void stream?.close()));
  addEventListener("pageshow", listen);
  listen();
})();
