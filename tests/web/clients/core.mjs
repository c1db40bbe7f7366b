// @formspree/core in Node: JSON, or a multipart form.
import { createClient } from "@formspree/core";
import { plain, runAll } from "./cases.mjs";

function formDataOf({ answers, file }) {
  const data = new FormData();
  for (const [name, value] of Object.entries(answers)) data.append(name, value);
  if (file) data.append("cv", new Blob([file.text]), file.name);
  return data;
}

await runAll(async (one) => {
  const client = createClient({ project: one.project });
  const data = one.way === "json" ? one.answers : formDataOf(one);
  return plain(await client.submitForm(one.form, data, { endpoint: one.endpoint }));
});
