// What the commands need on the machine, each brought by itself and only when it is missing.
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ENV, Stop, TARGET, answers, at, digest, filesBelow, once, run, step } from "./step.mjs";

const WORKER_BUILD = "0.8.7";

// The two tools run for a second or two a build; compiling them with little optimization saves half of
// the minutes that a fresh machine waits for them.
const QUICKLY = {
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  CARGO_PROFILE_RELEASE_STRIP: "true",
};

export async function setUp({ lint = false, native = false, browser = false } = {}) {
  await rust();
  if (lint) await rustComponents();
  await wasmTarget();
  await workerTools();
  await npmPackages();
  if (browser) await chromium();
  if (native || browser) await openssl();
}

async function rust() {
  // A machine that is out of processes fails here too, so the reason is shown.
  const why = await run("cargo", ["--version"]).then(() => null, (error) => error.message);
  if (why !== null) {
    throw new Stop(`Rust does not answer. Install it with rustup: https://rustup.rs\n${why}`);
  }
  if (!(await answers("cc", "--version"))) await debian("a C compiler", ["build-essential"]);
}

async function rustComponents() {
  if ((await answers("cargo", "clippy", "--version")) && (await answers("cargo", "fmt", "--version"))) {
    return;
  }
  await step("Add clippy and rustfmt to the Rust toolchain", () =>
    run("rustup", ["component", "add", "clippy", "rustfmt"]),
  );
}

async function wasmTarget() {
  const target = "wasm32-unknown-unknown";
  const folder = await answers("rustc", "--print", "target-libdir", "--target", target);
  if (folder && existsSync(folder) && readdirSync(folder).length > 0) return;
  await step(`Add the target ${target} to the Rust toolchain`, () =>
    run("rustup", ["target", "add", target]),
  );
}

// wasm-bindgen's library and command line must be of exactly one version.
function lockedVersion(crate) {
  const lock = readFileSync(at("Cargo.lock"), "utf8");
  const found = lock.match(new RegExp(`name = "${crate}"\nversion = "([^"]+)"`));
  if (!found) throw new Stop(`Cargo.lock does not name ${crate}.`);
  return found[1];
}

async function workerTools() {
  const bindgen = lockedVersion("wasm-bindgen");
  const has = async (tool, version) =>
    (await answers(at(".tools/bin", tool), "--version"))?.split(" ").at(-1) === version;
  const missing = [];
  if (!(await has("wasm-bindgen", bindgen))) {
    missing.push({
      crate: "wasm-bindgen-cli",
      version: bindgen,
      program: "wasm-bindgen",
      // Its own TLS is for a test runner that we do not use.
      options: ["--no-default-features"],
      // This one walks the whole module: without any optimization it would show.
      level: "1",
    });
  }
  if (!(await has("worker-build", WORKER_BUILD))) {
    missing.push({
      crate: "worker-build",
      version: WORKER_BUILD,
      program: "worker-build",
      options: ["--locked"],
      level: "0",
    });
    if (!(await answers("pkg-config", "--modversion", "openssl"))) {
      await debian("the OpenSSL headers", ["pkg-config", "libssl-dev"]);
    }
  }
  const folder = join(TARGET, "tools");
  for (const { crate, version, program, options, level } of missing) {
    const env = { ...ENV, ...QUICKLY, CARGO_PROFILE_RELEASE_OPT_LEVEL: level };
    await step(`Install ${crate} ${version} into .tools (once, some minutes)`, () =>
      run(
        "cargo",
        [
          "install", crate, "--version", `=${version}`, "--bin", program, ...options,
          "--root", at(".tools"), "--target-dir", folder, "--force",
        ],
        { env },
      ),
    );
  }
  if (missing.length > 0) rmSync(folder, { recursive: true, force: true });
}

async function npmPackages() {
  const inputs = digest(filesBelow("package.json", "package-lock.json"), process.version);
  await step("Install the npm packages of the lock file", () =>
    once("node_modules/.stamp", inputs, at("node_modules/.bin/wrangler"), () =>
      // No package's install script is needed: the binaries come as packages of their own.
      run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
    ),
  );
}

const CHROMIUMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path or name of a Chromium: the variable CHROMIUM, or the first one that the machine has. */
export async function findChromium() {
  const { CHROMIUM } = process.env;
  if (CHROMIUM) {
    if (await answers(CHROMIUM, "--version")) return CHROMIUM;
    throw new Stop(`CHROMIUM=${CHROMIUM} does not start.`);
  }
  for (const name of CHROMIUMS) {
    const path = await answers("sh", "-c", `command -v ${name}`);
    if (path) return path;
  }
  return null;
}

async function chromium() {
  if (await findChromium()) return;
  await debian("Chromium, for the browser tests", ["chromium"]);
}

async function openssl() {
  if (await answers("openssl", "version")) return;
  await debian("OpenSSL, for the certificate of the browser tests and for verifying receipts", ["openssl"]);
}

/** A Python that makes environments of its own; Debian's comes without. */
export async function python() {
  if (await answers("python3", "-c", "import ensurepip, venv; print('there')")) return;
  await debian("Python with venv, for Schemathesis", ["python3-venv"]);
}

/** Installs Debian packages where we may, and says what to do where we may not. */
async function debian(what, packages) {
  const root = process.getuid?.() === 0;
  const sudo = !root && (await answers("sudo", "-n", "true")) !== null;
  if (!(await answers("apt-get", "--version")) || !(root || sudo)) {
    throw new Stop(
      `${what} is missing. On Debian: apt-get install ${packages.join(" ")}` +
        (packages.includes("chromium") ? "\nOr name a browser that you have: CHROMIUM=/path/to/it" : ""),
    );
  }
  const apt = (...args) => {
    const line = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
    return root ? run(line[0], line.slice(1)) : run("sudo", ["-n", ...line]);
  };
  await step(`Install ${what} (${packages.join(", ")})`, async () => {
    await apt("update");
    await apt("install", "-y", "--no-install-recommends", ...packages);
  });
}
