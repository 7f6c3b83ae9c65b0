import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { fetchAll } from "./fetch_all.mjs";
import { startServer } from "./server.mjs";

let server;
beforeEach(async () => { server = await startServer(); });
afterEach(() => server?.stop());

test("three are in flight at once", async () => {
  // The gate holds each request until three wait there at once.
  await fetchAll([0, 1, 2].map((n) => server.url(`/gate/3?seq=${n}`)));
  const seen = await server.witness();
  assert.equal(seen.peak_in_flight, 3);
  assert.deepEqual([seen.requests, seen.duplicates], [3, 0]);
});

test("a refusal is told and not tried again", async () => {
  await server.reset({ faults: ["unavailable", null] });
  const urls = [0, 1].map((n) => server.url(`/200?seq=${n}`));
  assert.deepEqual(await fetchAll(urls), [503, 200]);
  assert.equal((await server.witness()).requests, 2);
});
