// @formspree/react: `useForm` in a page, the state that it tells, and what `ValidationError` shows.
import { plain, runAll } from "./cases.mjs";
import { chooseFile, openPage, WAYS } from "./page.mjs";

// React and the client look for their page when they are loaded: one page serves all cases.
const window = await openPage("cors");
for (const name of ["window", "document", "navigator", "FormData"])
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
const { createElement: h, useEffect, useRef } = await import("react");
const { createRoot } = await import("react-dom/client");
const { FormspreeProvider, ValidationError, useForm } = await import("@formspree/react");

function Call({ one, told }) {
  const [state, submit] = useForm(one.form, { endpoint: one.endpoint });
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current && !state.submitting) told(state);
    sent.current ||= state.submitting;
  });
  if (state.succeeded) return h("p", { className: "success" }, "Thanks!");
  return h(
    "form",
    { onSubmit: submit, noValidate: true },
    Object.entries(one.answers).map(([name, value]) => h("input", { key: name, name, defaultValue: value })),
    one.fields.map((field) => h(ValidationError, { key: field, field, errors: state.errors, className: field })),
    h(ValidationError, { errors: state.errors, className: "whole" }),
    h("input", { type: "file", name: "cv" }),
    h("button", { disabled: state.submitting }, "Send"),
  );
}

await runAll(async (one) => {
  globalThis.fetch = WAYS[one.way](window);
  const main = window.document.querySelector("main");
  const root = createRoot(main);
  const state = await new Promise((told) => {
    root.render(h(FormspreeProvider, { project: one.project }, h(Call, { one, told })));
    whenThere(main, "button", () => {
      if (one.file) chooseFile(window, main.querySelector("[type=file]"), one.file);
      main.querySelector("button").click();
    });
  });
  const shown = { text: main.textContent, errors: shownErrors(main), ready: !main.querySelector("button")?.disabled };
  root.unmount();
  return { ...(state.succeeded ? plain(state.result) : plain(state.errors)), shown };
});

function whenThere(main, selector, then) {
  const observer = new window.MutationObserver(() => {
    if (!main.querySelector(selector)) return;
    observer.disconnect();
    then();
  });
  observer.observe(main, { childList: true, subtree: true });
}

function shownErrors(main) {
  return Object.fromEntries([...main.querySelectorAll("div")].map((it) => [it.className, it.textContent]));
}
