// Programs that run beside us and must never outlive us.
import { spawn } from "node:child_process";
import { ENV, ROOT, at } from "./step.mjs";

export class Groups {
  constructor() {
    // Detached: a Ctrl-C at the terminal reaches us alone, and the reaper sees our pipe close.
    this.reaper = spawn("sh", [at(".make/reaper.sh")], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    this.ended = new Promise((done) => this.reaper.on("exit", done));
  }

  /** Starts a program as the leader of a group of its own. */
  start(program, args, { env = ENV, stdin = "ignore" } = {}) {
    const child = spawn(program, args, {
      cwd: ROOT,
      env,
      detached: true,
      stdio: [stdin, "pipe", "pipe"],
    });
    if (child.pid !== undefined) this.reaper.stdin.write(`${child.pid}\n`);
    return child;
  }

  /** Ends all of them, and resolves when the last one is gone. */
  async end() {
    this.reaper.stdin.end();
    await this.ended;
  }
}
