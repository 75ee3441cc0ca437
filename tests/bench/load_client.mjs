// @ts-check
// The process that makes the load, as the bench asks it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { at } from "../../.make/step.mjs";
import { pinned } from "./workerd.mjs";

/** @typedef {{ requests: number, seconds: number, p50_us: number, p99_us: number }} Done */

export class Load {
  /** @param {string} [cores] */
  constructor(cores) {
    const [program, ...args] = pinned(cores, [process.execPath, at("tests/bench/load.mjs")]);
    this.child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.ended = once(this.child, "exit").then(() => [{ error: "its process ended" }]);
  }

  /**
   * @param {import("./load.mjs").Run} run
   * @returns {Promise<Done>}
   */
  async run(run) {
    this.child.send(run);
    const [done] = await Promise.race([once(this.child, "message"), this.ended]);
    if (done.error) throw new Error(`the load: ${done.error}`);
    return done;
  }

  async stop() {
    this.child.kill();
    await this.ended;
  }
}
