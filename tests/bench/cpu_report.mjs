// @ts-check
// What the runs of cpu.mjs come to: the figures that are kept, the rows with their targets, the table for the reader.

/** @typedef {import("./cpu.mjs").Runs} Runs */

const OF_HONO_MAX = { health: 1, not_found: 1, signed_picture: 1, status: 1.08 };
const OF_RAW_MAX = { health: 1.15, not_found: 1.15, signed_picture: 1.15 };
const CREATE_OVER_RAW_MS_MAX = 4;
const FIRST_OVER_RAW_MS_MAX = 8;

const sorted = (values) => [...values].sort((a, b) => a - b);

/** The middle one and both ends. @param {number[]} values */
function spread(values) {
  const all = sorted(values);
  return { median: all[Math.floor(all.length / 2)], min: all[0], max: all.at(-1) };
}

const rounded = (value, digits = 1) => Number(value.toFixed(digits));
const micro = (value) => (value >= 1_000 ? `${Math.round(value)}` : value.toFixed(1));

/** Every figure of a column with its spread. */
function figuresOf(measured) {
  const of = (name) => {
    const values = measured.map((one) => one[name]);
    const { median, min, max } = spread(values);
    const rounds = values.map((value) => rounded(value));
    return { median: rounded(median), min: rounded(min), max: rounded(max), rounds };
  };
  return { cpu_us: of("cpu_us"), rps: of("rps"), p50_us: of("p50_us"), p99_us: of("p99_us") };
}

const mapped = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));

/** One line of the reader's table for each route and column. */
function table(figures) {
  const head = ["", "", "CPU µs", "(min – max)", "× Hono", "× raw", "req/s", "p50 µs", "p99 µs"];
  const lines = [head];
  for (const [route, columns] of Object.entries(figures)) {
    const times = (column, other) => (columns[column].cpu_us.median / columns[other].cpu_us.median).toFixed(2);
    for (const [column, { cpu_us, rps, p50_us, p99_us }] of Object.entries(columns)) {
      lines.push([
        column === "ours" ? route : "", column, micro(cpu_us.median), `(${micro(cpu_us.min)} – ${micro(cpu_us.max)})`,
        times(column, "hono"), times(column, "raw_js"), `${Math.round(rps.median)}`, micro(p50_us.median),
        micro(p99_us.median),
      ]);
    }
  }
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) => line.map((cell, column) =>
    (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join("  "));
}

function rowsOf(figures, first, size) {
  const rows = [];
  const most = (what, value, limit, show) => rows.push([what, show(value), limit === null ? null : `≤ ${show(limit)}`,
    limit === null || value <= limit]);
  const times = (value) => `${value.toFixed(2)} ×`;
  const ms = (value) => `${value.toFixed(1)} ms`;
  for (const [route, columns] of Object.entries(figures)) {
    const cpu = mapped(columns, ({ cpu_us }) => cpu_us.median);
    if (route === "create") {
      most("create: over raw JavaScript without checks", (cpu.ours - cpu.raw_js) / 1_000, CREATE_OVER_RAW_MS_MAX, ms);
      const less = cpu.ours < cpu.hono;
      rows.push(["create: of Hono's, with the same checks", times(cpu.ours / cpu.hono), `< ${times(1)}`, less]);
      continue;
    }
    most(`${route}: of Hono's`, cpu.ours / cpu.hono, OF_HONO_MAX[route] ?? null, times);
    most(`${route}: of raw JavaScript's`, cpu.ours / cpu.raw_js, OF_RAW_MAX[route] ?? null, times);
  }
  most("first answer of an isolate: over raw JavaScript's", first.over_raw_js, FIRST_OVER_RAW_MS_MAX, ms);
  most("the Worker's WASM, gzipped", size.wasm_gzip_bytes / 1_000, null, (value) => `${value.toFixed(1)} KB`);
  return rows;
}

const pinnedTo = (cores) => (cores === null
  ? "Nothing is pinned to a core: there is one only, or no taskset. Expect more noise."
  : `Cores: the Worker on ${cores.worker}, the load on ${cores.load}, D1 and R2 on ${cores.storage}.`);

/**
 * @param {{
 *   runs: Runs, first: Record<string, number[]>, size: Record<string, number>, cores: any, rounds: number,
 * }} found
 */
export function describe({ runs, first, size, cores, rounds }) {
  const figures = mapped(runs, (columns) => mapped(columns, figuresOf));
  const starts = mapped(first, (times) => mapped(spread(times), (value) => rounded(value)));
  const medians = mapped(starts, ({ median }) => median);
  const first_answer_ms = { ...medians, over_raw_js: rounded(medians.ours - medians.raw_js) };
  const headline = {
    cpu_us_per_request: mapped(figures, (columns) => mapped(columns, ({ cpu_us }) => cpu_us.median)),
    wasm_gzip_bytes: size.wasm_gzip_bytes,
    first_answer_ms,
  };
  const results = { rounds, cores, figures, first_answer_ms: starts, ...size };
  const each = Object.entries(starts).map(([name, { median, min, max }]) => `${name} ${median} (${min} – ${max})`);
  const notes = [
    ...table(figures), "",
    `First answer, ms: ${each.join(" · ")}`,
    pinnedTo(cores),
  ];
  return { results, headline, rows: rowsOf(figures, first_answer_ms, size), notes };
}
