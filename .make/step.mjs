// Steps that a person can follow: each says what it does and how long it took, and shows its output only when it fails.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const at = (...parts) => join(ROOT, ...parts);
export const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");

/** Whether the module with this `import.meta.url` is the one that node was started with. */
export const isMain = (url) => process.argv[1] === fileURLToPath(url);

// What every tool that we start gets: no tracking, no look-up of the machine's place, our own tools.
export const ENV = {
  ...process.env,
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_LOG_PATH: at(".wrangler/logs"),
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WASM_BINDGEN_BIN: at(".tools/bin/wasm-bindgen"),
  WASM_OPT_BIN: at("node_modules/.bin/wasm-opt"),
  ESBUILD_BIN: at("node_modules/.bin/esbuild"),
};

/** A failure whose message is meant for the person at the keyboard: no stack trace. */
export class Stop extends Error {}

/** Runs `main`, and turns its failure into a message and exit code 1. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Stop ? `\n${error.message}` : error);
    process.exit(1);
  }
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** One visible step. A step that finds nothing to do returns false, and is then not worth a line. */
export async function step(title, work) {
  const began = performance.now();
  const tty = process.stdout.isTTY;
  const show = (text) => tty && process.stdout.write(`\r\x1b[K${text}`);
  const ticking = tty
    ? setInterval(() => show(`  … ${title} ${seconds(began)}`), 500)
    : setTimeout(() => console.log(`  … ${title}`), 2_000);
  try {
    const did = await work();
    show("");
    if (did !== false) console.log(`  ✓ ${title} ${seconds(began)}`);
  } catch (error) {
    show("");
    console.log(`  ✗ ${title} ${seconds(began)}`);
    throw error;
  } finally {
    clearInterval(ticking);
  }
}

// Enough to see the compiler's complaint, not the hundreds of lines before it.
const TAIL_LINES = 60;

/** Runs a program to its end; its output (returned) is shown only when it fails. */
export function run(program, args, { env = ENV, cwd = ROOT } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk) => (output += chunk);
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => failed(new Stop(`${program}: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (code === 0) return done(output);
      const tail = output.trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
      failed(new Stop(`${tail}\n\n${[program, ...args].join(" ")} ended with ${signal ?? code}`));
    });
  });
}

/** Whether a program exists and answers; its first line of output, or null. */
export async function answers(program, ...args) {
  try {
    return (await run(program, args)).trim().split("\n")[0];
  } catch {
    return null;
  }
}

/** Every file below the given paths (files or folders, missing ones left out), sorted. */
export function filesBelow(...paths) {
  const found = [];
  const walk = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isFile()) return void found.push(path);
    for (const name of readdirSync(path)) walk(join(path, name));
  };
  for (const path of paths) walk(at(path));
  return found.sort();
}

/** One digest over the names and contents of files, and over `more`. */
export function digest(files, more = "") {
  const hash = createHash("sha256").update(more);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

/**
 * Does `work`, which makes the file `product`, unless that was done before for the same digest. The
 * stamp goes first, so that work that is broken off half-way is done again.
 */
export async function once(stamp, current, product, work) {
  const path = at(stamp);
  const done = existsSync(path) && readFileSync(path, "utf8") === current;
  if (done && existsSync(product)) return false;
  rmSync(path, { force: true });
  await work();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, current);
}
