// @formspree/ajax by script tag, as its manual says: what it calls the result, and what the visitor then sees.
import { readFileSync } from "node:fs";
import { plain, runAll } from "./cases.mjs";
import { chooseFile, openPage } from "./page.mjs";

const LIBRARY = readFileSync(new URL("global.js", import.meta.resolve("@formspree/ajax")), "utf8");
const STUB = `window.formspree = window.formspree || function () { (formspree.q = formspree.q || []).push(arguments); };`;

await runAll(async (one) => {
  const window = await openPage(one.way);
  const { document } = window;
  document.querySelector("main").innerHTML = `
    ${one.bare ? "" : "<p data-fs-success></p>"}
    <p data-fs-error></p>
    <form id="call" novalidate>
      ${Object.keys(one.answers).map((name) => `<input name="${name}" data-fs-field>`).join("")}
      ${one.fields.map((name) => `<span data-fs-error="${name}"></span>`).join("")}
      <input type="file" name="cv"><button data-fs-submit-btn>Send</button>
    </form>`;
  const form = document.querySelector("form");
  for (const [name, value] of Object.entries(one.answers)) form.elements[name].value = value;
  if (one.file) chooseFile(window, form.elements.cv, one.file);
  const result = await new Promise((done) => {
    let told = { kind: "success" };
    window.formspreeConfig = {
      formElement: "#call",
      formId: one.form,
      projectId: one.project,
      origin: one.endpoint,
      onInit: () => form.querySelector("button").click(),
      onError: (_, error) => (told = plain(error)),
      onFailure: (_, error) => (told = { kind: "failure", message: String(error) }),
    };
    const busy = new window.MutationObserver(() => form.hasAttribute("aria-busy") || done(told));
    busy.observe(form, { attributeFilter: ["aria-busy"] });
    run(window, `${STUB} formspree("initForm", formspreeConfig);`);
    run(window, LIBRARY);
  });
  return { ...result, shown: seen(document, form) };
});

function run(window, code) {
  const script = window.document.createElement("script");
  script.textContent = code;
  window.document.body.append(script);
}

function seen(document, form) {
  const shown = [...document.querySelectorAll("[data-fs-active]")];
  const of = (kind) => shown.filter((it) => it.hasAttribute(kind));
  return {
    text: document.querySelector("main").textContent.trim(),
    success: of("data-fs-success").map((it) => it.textContent),
    errors: Object.fromEntries(of("data-fs-error").map((it) => [it.getAttribute("data-fs-error"), it.textContent])),
    invalid: [...form.querySelectorAll("[aria-invalid=true]")].map((it) => it.name),
    replaced: !document.contains(form),
    ready: !form.querySelector("button").disabled,
  };
}
