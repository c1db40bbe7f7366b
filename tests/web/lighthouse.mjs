// Lighthouse in its phone setting: node lighthouse.mjs CHROMIUM URL... prints
// {url: {scores: {category: score}, performance: [score of each run], shift: most of all runs, failed: [audit]}}.
import {spawn} from "node:child_process";
import {mkdtempSync, rmSync, readFileSync, existsSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import lighthouse from "lighthouse";

const RUNS = 5; // what is measured in time differs from run to run
const [chromium, ...urls] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "lighthouse-"));
const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank",
];
const browser = spawn(chromium, flags, {stdio: "ignore"});

async function port() {
  const file = join(profile, "DevToolsActivePort");
  for (let tries = 0; tries < 300; tries++) {
    if (existsSync(file)) {
      const found = Number(readFileSync(file, "utf8").split("\n")[0]);
      if (found) return found;
    }
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error("Chromium did not start");
}

try {
  // The receiver that the pages ask for free places does not run here.
  const blockedUrlPatterns = ["https://answers.example/*"];
  const options = {port: await port(), logLevel: "error", output: "json", blockedUrlPatterns};
  const found = {};
  for (const url of urls) {
    const {lhr} = await lighthouse(url, options);
    const runs = [lhr];
    while (runs.length < RUNS) runs.push((await lighthouse(url, {...options, onlyCategories: ["performance"]})).lhr);
    const failed = Object.values(lhr.audits).filter(audit => audit.score !== null && audit.score < 1);
    found[url] = {
      scores: Object.fromEntries(Object.values(lhr.categories).map(item => [item.id, item.score])),
      performance: runs.map(run => run.categories.performance.score),
      shift: Math.max(...runs.map(run => run.audits["cumulative-layout-shift"].numericValue)),
      failed: failed.map(audit => audit.id),
    };
  }
  console.log(JSON.stringify(found));
} finally {
  browser.kill();
  await new Promise(done => browser.once("exit", done));
  rmSync(profile, {recursive: true, force: true});
}
