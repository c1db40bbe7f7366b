// What all three clients share: cases come as JSON on standard input, what became of them goes to standard output.
import { readFileSync } from "node:fs";

/** Give each case to `run`, one after another, and print what it made of them. */
export async function runAll(run) {
  const told = {};
  for (const one of JSON.parse(readFileSync(0, "utf8"))) told[one.name] = await run(one);
  console.log(JSON.stringify(told));
}

/** The client's own result as plain data: what it calls success, and every error with its code. */
export function plain(result) {
  if (result.kind !== "error") return { kind: result.kind, next: result.next };
  return { kind: "error", form: result.getFormErrors(), fields: Object.fromEntries(result.getAllFieldErrors()) };
}
