// Cumulative layout shift as the metric defines it: the worst window of shifts that follow each other within a second,
// at most five seconds of them. A shift within half a second after a click, a tap or a key (`hadRecentInput`) is what
// the visitor asked for and does not count. Scrolling is no such input, nor is choosing a file, whose picker stays open
// for longer than that.

const GAP_MS = 1_000;
const WINDOW_MS = 5_000;
/** For so long after an input a shift belongs to it; a test that wants every shift counted lets it pass. */
export const RECENT_MS = 500;

/** Lists the shifts of the documents to come in `globalThis.shifts`, where `read` finds them. */
export const observeShifts = (context) =>
  context.addInitScript(() => {
    globalThis.shifts = [];
    const name = ({ node }) => (node instanceof Element ? node : node?.parentElement);
    const told = (element) =>
      element ? `${element.localName}.${element.getAttribute("class")}` : "something that is gone";
    globalThis.shiftObserver = new PerformanceObserver((list) => {
      for (const { value, startTime, hadRecentInput, sources } of list.getEntries()) {
        globalThis.shifts.push({ value, startTime, hadRecentInput, sources: sources.map((one) => told(name(one))) });
      }
    });
    globalThis.shiftObserver.observe({ type: "layout-shift", buffered: true });
  });

/** The shifts of the open document so far that count, when the frame that shows its present state is painted. */
export async function countedShifts(page) {
  await page.evaluate(() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
  }));
  const shifts = await page.evaluate(() => globalThis.shifts);
  return shifts.filter(({ hadRecentInput }) => !hadRecentInput);
}

/** The score of a list of shifts. */
export function score(shifts) {
  let worst = 0;
  let open = { began: -Infinity, last: -Infinity, sum: 0 };
  for (const { value, startTime } of [...shifts].sort((a, b) => a.startTime - b.startTime)) {
    const goesOn = startTime - open.last < GAP_MS && startTime - open.began < WINDOW_MS;
    const { began, sum } = goesOn ? open : { began: startTime, sum: 0 };
    open = { began, last: startTime, sum: sum + value };
    worst = Math.max(worst, open.sum);
  }
  return worst;
}
