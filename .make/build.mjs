// Builds the Worker (build/index.js, build/index_bg.wasm), the native programs and the static site
// (build/site), each only when its inputs changed. Run by `make build`, and by wrangler before it
// bundles src/edge/entry.js.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ENV, TARGET, at, command, digest, filesBelow, isMain, once, run, step } from "./step.mjs";

const CRATE = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "src"];

// Programs and tests share one profile and one set of packages, so that no dependency is compiled
// twice.
export const NATIVE = ["--workspace", "--profile", "test", "--locked"];

// What worker-build enables; workerd refuses compact imports.
const WASM_FEATURES = [
  "--enable-mutable-globals",
  "--enable-sign-ext",
  "--enable-nontrapping-float-to-int",
  "--enable-bulk-memory",
  "--enable-multivalue",
  "--enable-reference-types",
  "--enable-exception-handling",
  "--enable-simd",
  "--disable-compact-imports",
];

export async function buildWorker() {
  const inputs = digest(filesBelow(...CRATE), TARGET);
  await step("Build the Worker", () =>
    once("build/.worker-stamp", inputs, at("build/index_bg.wasm"), async () => {
      await run(at(".tools/bin/worker-build"), ["--release", "--locked"], {
        env: { ...ENV, RUST_BACKTRACE: "0" },
      });
      await stripNames(at("build/index_bg.wasm"));
    }),
  );
}

// worker-build keeps every function's name, a twelfth of what is uploaded and read at each start of an instance. A panic
// says its file and line without them.
const stripNames = (wasm) =>
  run(ENV.WASM_OPT_BIN, [wasm, "-o", wasm, "--strip-debug", ...WASM_FEATURES]);

export async function buildNative() {
  await step("Build the native programs", () => run("cargo", ["build", "--bins", ...NATIVE]));
}

// The pages name the site and its operator and offer what the model can make, as the Worker does. Without a word from the
// caller that is the development's, the first of each in the file.
const SETTINGS = ["PUBLIC_ORIGIN", "SITE_NAME", "CONTACT_ADDRESS", "PROVIDER_MODEL", "ANALYTICS_GA_ID", "ANALYTICS_CLARITY_ID"];

function settingsOf(env) {
  const config = readFileSync(at("wrangler.toml"), "utf8");
  const written = (name) => config.match(new RegExp(`^${name} = "(.*)"`, "m"))?.[1] ?? "";
  return Object.fromEntries(SETTINGS.map((name) => [name, env[name] || written(name)]));
}

export async function buildSite(env = ENV) {
  const settings = settingsOf(env);
  const inputs = digest(filesBelow(...CRATE, "public"), JSON.stringify(settings));
  await step("Build the site", () =>
    once("build/.site-stamp", inputs, at("build/assets.json"), () =>
      run(join(TARGET, "debug/build-site"), [], { env: { ...env, ...settings } }),
    ),
  );
}

/** Builds everything. `env` is the environment of the site's build, whose settings it follows. */
export async function build(env = ENV) {
  await buildWorker();
  await buildNative();
  await buildSite(env);
}

if (isMain(import.meta.url)) await command(build);
