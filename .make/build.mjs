// Builds the Worker (build/index.js, build/index_bg.wasm), the native programs and the static site
// (build/site), each only when its inputs changed. Run by `make build`, and by wrangler before it
// bundles src/edge/entry.js.
import { join } from "node:path";
import { ENV, TARGET, at, command, digest, filesBelow, isMain, once, run, step } from "./step.mjs";

const CRATE = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "src"];

// Programs and tests share one profile and one set of packages, so that no dependency is compiled
// twice.
export const NATIVE = ["--workspace", "--profile", "test", "--locked"];

export async function buildWorker() {
  const inputs = digest(filesBelow(...CRATE), TARGET);
  await step("Build the Worker", () =>
    once("build/.worker-stamp", inputs, at("build/index_bg.wasm"), () =>
      run(at(".tools/bin/worker-build"), ["--release", "--locked"], {
        env: { ...ENV, RUST_BACKTRACE: "0" },
      }),
    ),
  );
}

export async function buildNative() {
  await step("Build the native programs", () => run("cargo", ["build", "--bins", ...NATIVE]));
}

export async function buildSite() {
  const inputs = digest(filesBelow(...CRATE, "public"));
  await step("Build the site", () =>
    once("build/.site-stamp", inputs, at("build/site"), () =>
      run(join(TARGET, "debug/build-site"), []),
    ),
  );
}

export async function build() {
  await buildWorker();
  await buildNative();
  await buildSite();
}

if (isMain(import.meta.url)) await command(build);
