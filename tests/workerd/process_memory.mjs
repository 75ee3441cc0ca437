// The memory of the workerd process that a test has started.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

/** The workerd process that this process started. */
export function workerd() {
  const parent = (pid) => /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1];
  const mine = readdirSync("/proc").filter((name) => {
    try {
      return /^\d+$/.test(name) && parent(name) === String(process.pid) && /workerd/.test(readFileSync(`/proc/${name}/cmdline`, "utf8"));
    } catch {
      return false;
    }
  });
  assert.equal(mine.length, 1, "one workerd belongs to this test");
  return mine[0];
}

/** A line of the process's status, in MB: VmRSS now, VmHWM at its highest since the last reset. */
export function memory(pid, line) {
  return Number(new RegExp(`^${line}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1_024;
}

/** By how many MB the process grows at its highest while `work` is done, and what that comes to. */
export async function growth(work) {
  const pid = workerd();
  const before = memory(pid, "VmRSS");
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const result = await work();
  return { result, grown: memory(pid, "VmHWM") - before };
}
