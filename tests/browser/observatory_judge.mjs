// Mozilla's HTTP Observatory over the addresses given (`host:port/path`), a JSON object of its results by address. A
// program of its own, because it must believe in a certificate, and Node reads NODE_EXTRA_CA_CERTS only at its start.
// (The package's own command overwrites that variable, and then reports a bad certificate.)
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// Its install script would download the list of preloaded hosts; no address of ours is on it.
const conf = join(createRequire(import.meta.url).resolve("@mdn/mdn-http-observatory/package.json"), "../conf");
const list = join(conf, "hsts-preload.json");
if (!existsSync(list)) writeFileSync(list, "{}");

const { scan } = await import("@mdn/mdn-http-observatory");
const results = {};
for (const address of process.argv.slice(2)) {
  const { scan: { grade, score, statusCode }, tests } = await scan(address);
  const found = Object.entries(tests).map(([name, { result, scoreModifier }]) => [name, { result, scoreModifier }]);
  results[address] = { grade, score, statusCode, tests: Object.fromEntries(found) };
}
console.log(JSON.stringify(results));
