// Optional: sends forms in place, closes calls on time, tells how many places are taken and that a call is full.
for (const part of document.querySelectorAll("[data-closes]")) {
  if (new Date(part.dataset.closes) > Date.now()) continue;
  part.classList.add("closed");
  part.querySelectorAll("[data-open], [data-closed]").forEach((it) => (it.hidden = "open" in it.dataset));
}

const count = () => {
  const asked = {};
  const say = (part, words) => part.textContent === words || (part.textContent = words);
  for (const part of document.querySelectorAll("[data-places], [data-state], [data-full]")) {
    const { places, state, full, some, all, free = "Open", none = "Full" } = part.dataset;
    const address = places ?? state ?? full;
    asked[address] ??= fetch(address).then((it) => it.ok && it.json()).catch(() => 0);
    asked[address].then((told) => {
      if (!told) return;
      if (full) part.hidden = told.free;
      if (state) part.classList.toggle("open", told.free);
      if (state) say(part, told.free ? free : none);
      if (places) say(part, (told.free ? some : all).replace("#", told.taken));
    });
  }
};
count();
document.addEventListener("visibilitychange", () => document.hidden || count());

const refer = (part, id) => {
  const words = id && part.querySelector("[data-reference]");
  if (!words) return;
  words.querySelector("strong").textContent = id.slice(0, 8);
  words.hidden = false;
};
try { refer(document, sessionStorage[location.pathname]); } catch {}

for (const form of document.querySelectorAll("form.interest")) {
  const find = (selector) => form.querySelector(selector);
  const [box, list, button] = [".problem", ".problem ul", "[type=submit]"].map(find);
  const fieldOf = (name) => find(`[data-field="${CSS.escape(name)}"]`);
  const make = (parent, tag) => parent.appendChild(document.createElement(tag));
  const label = button.textContent;
  const { hosted } = form.dataset;
  const since = performance.now();
  let busy;

  const wait = (on) => {
    busy = on;
    button.textContent = on ? form.dataset.busy : label;
  };

  const complain = (errors, named = hosted) => {
    list.replaceChildren();
    form.querySelectorAll(".error").forEach((it) => (it.hidden = true));
    form.querySelectorAll("[aria-invalid]").forEach((it) => it.removeAttribute("aria-invalid"));
    for (const { field: name, message } of errors) {
      let item = make(list, "li");
      let text = message;
      const field = fieldOf(name);
      if (field) {
        const [note, input] = [".error", "input, select, textarea"].map((it) => field.querySelector(it));
        item = make(item, "a");
        item.href = "#" + input.id;
        if (input.type !== "radio") input.setAttribute("aria-invalid", true);
        note.textContent = message;
        const words = field.querySelector("legend, label").firstChild.textContent;
        if (named) text = `${words.replace(/[\s.:。：]+$/, "")} – ${text}`;
        note.hidden = false;
      }
      item.textContent = text;
    }
    box.hidden = !errors.length;
    box.focus();
  };

  const invalid = () => {
    const found = {};
    for (const it of form.querySelectorAll("[name]:invalid"))
      if (hosted || it.validity.badInput) found[it.name] ??= { field: it.name, message: it.validationMessage };
    for (const { name, files, dataset } of form.querySelectorAll("[type=file]"))
      if ([...files].some((it) => it.size > dataset.most)) found[name] ??= { field: name, message: dataset.tooLarge };
    return Object.values(found);
  };

  find("[name=_key]")?.setAttribute("value", crypto.getRandomValues(new Uint32Array(4)).join("-"));
  form.setAttribute("novalidate", "");
  addEventListener("pageshow", () => wait(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    const bad = invalid();
    if (bad[0]) return complain(bad, true);
    wait(true);
    const send = () => HTMLFormElement.prototype.submit.call(form);
    if (hosted === "page") return send();
    const body = new FormData(form);
    form.querySelectorAll("[data-page]").forEach((it) => body.delete(it.name));
    if (!hosted) body.set("_stay", Math.round(performance.now() - since));
    const request = { method: "POST", body, headers: { Accept: "application/json" } };
    const response = await fetch(form.getAttribute("action"), request).catch(() => 0);
    const told = await response?.json?.().catch(() => 0);
    const { error, errors, message, next, success, id, waitlist, confirm } = told || 0;
    const fields = Object.entries(errors ?? 0).map(([field, it]) => (it?.message ? it : { field, message: `${it}` }));
    const words = [error?.message, message, error].find((it) => typeof it === "string");
    const failed = !response.ok || error || success === false || fields[0];
    const offline = !response && form.dataset.offline;
    const wrong = fields[0] ? fields : failed && (offline || words) && [{ message: offline || words }];
    if (!wrong && (failed || !(told || hosted === "status"))) return send();
    wait(false);
    if (wrong) return complain(wrong);
    if (next?.startsWith(location.origin + "/")) {
      try { if (id) sessionStorage[new URL(next).pathname] = id; } catch {}
      return location.assign(next);
    }
    const sent = form.parentNode.querySelector(".sent");
    const kind = hosted ? "thanks" : confirm ? "asked" : waitlist ? "waitlist" : "thanks";
    if (sent.querySelector(`[data-after~=${kind}]`))
      sent.querySelectorAll("[data-after]").forEach((it) => (it.hidden = !it.matches(`[data-after~=${kind}]`)));
    sent.hidden = !(form.hidden = true);
    refer(sent, id);
    sent.focus();
  });
}
