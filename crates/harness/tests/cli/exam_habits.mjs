// Programs with known habits, for the tests of the exam: the same as in
// Python, with connections that are kept.
//
// The first argument names the habit, the second a file of URLs. Whoever is
// honest prints a line for each URL, and ends with 1 if one of them failed.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const AT_ONCE = 8;
const PATIENCE_MS = 2000;
const AGENT = new http.Agent({ keepAlive: true });

/** What came of it, and what the server said about coming again. */
function get(url, { patience = PATIENCE_MS, agent = AGENT } = {}) {
  const signal = patience ? AbortSignal.timeout(patience) : undefined;
  return new Promise((settle) => {
    const failed = (error) => settle({ said: error.code ?? error.message });
    const request = http.get(url, { agent, signal }, (answer) => {
      const when = answer.headers["retry-after"];
      const said = String(answer.statusCode);
      answer.on("end", () => settle({ said, when }));
      answer.on("error", failed);
      answer.resume();
    });
    request.on("error", failed);
  });
}

async function once(url) {
  return (await get(url)).said;
}

/** Asks once more, when it may. */
async function patient(url) {
  const { said, when } = await get(url);
  if (when === undefined) return said;
  const seconds = /^\d+$/.test(when);
  await sleep(seconds ? when * 1000 : Date.parse(when) - Date.now());
  return once(url);
}

/** Asks three times, with longer and longer pauses. */
async function backingOff(url) {
  let said;
  for (const pause of [150, 300, 0]) {
    said = await once(url);
    if (said === "200") break;
    await sleep(pause);
  }
  return said;
}

/** Asks so often that it storms on a slow machine, too. */
async function hasty(url, times = 25) {
  let said;
  for (let attempt = 0; attempt < times; attempt += 1) {
    said = await once(url);
    if (said === "200" || said === "ABORT_ERR") break;
  }
  return said;
}

/** Asks a few times without a pause. */
function hurried(url) {
  return hasty(url, 5);
}

/** Asks once more, whatever it was told. */
async function deaf(url) {
  const said = await once(url);
  if (said === "200") return said;
  await sleep(200);
  return once(url);
}

async function twice(url) {
  await once(url);
  return once(url);
}

async function endless(url) {
  return (await get(url, { patience: null })).said;
}

/** A connection for each, and none is ever closed. */
async function leaking(url) {
  return (await get(url, { agent: new http.Agent({ keepAlive: true }) })).said;
}

async function pool(ask, urls, atOnce = AT_ONCE) {
  const said = [];
  let next = 0;
  const worker = async () => {
    while (next < urls.length) {
      const place = next++;
      said[place] = await ask(urls[place]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return said;
}

async function waves(urls) {
  const said = [];
  for (let first = 0; first < urls.length; first += AT_ONCE) {
    const wave = urls.slice(first, first + AT_ONCE);
    said.push(...(await Promise.all(wave.map(once))));
  }
  return said;
}

async function stops(urls) {
  for (const url of urls) {
    const said = await once(url);
    if (said !== "200") {
      console.error(`${url}: ${said}, and no more of this`);
      process.exit(1);
    }
    console.log(url, said);
  }
  process.exit(0);
}

async function hides(urls) {
  await pool(once, urls);
  console.log(`${urls.length} pings, all done`);
  process.exit(0);
}

/** Goes, and what it has started stays. */
function leaves(urls) {
  spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
  return pool(once, urls);
}

const HABITS = {
  serial: (urls) => pool(once, urls, 1),
  waves,
  pool: (urls) => pool(once, urls),
  patient: (urls) => pool(patient, urls),
  "backs-off": (urls) => pool(backingOff, urls),
  "one-too-many": (urls) => pool(once, urls, AT_ONCE + 1),
  twice: (urls) => pool(twice, urls),
  storms: (urls) => pool(hasty, urls),
  hurries: (urls) => pool(hurried, urls),
  deaf: (urls) => pool(deaf, urls),
  hangs: (urls) => pool(endless, urls),
  stops,
  hides,
  leaks: (urls) => pool(leaking, urls),
  leaves,
};

const [habit, list] = process.argv.slice(2);
const urls = readFileSync(list, "utf8").trim().split("\n");
const said = await HABITS[habit](urls);
urls.forEach((url, place) => console.log(url, said[place]));
process.exit(said.every((one) => one === "200") ? 0 : 1);
