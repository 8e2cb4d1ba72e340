import { chromium, type Page } from "playwright-core";
import { benchOwner, ownersCookie, seed } from "./data";
import { figureOf } from "./measure";
import { startServer } from "./server";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

/** In Chromium on the grid: a key to its painted letter, a scroll through everything, and a block pasted. */
export async function benchGrid() {
  const server = await startServer();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH || undefined, args: ARGS });
  const figures: Record<string, unknown> = {};
  for (const [duties, roles] of [
    [500, 12],
    [1_000, 24],
  ] as const) {
    const [matrix] = await seed(await benchOwner(), [duties], roles);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.context().addCookies(await ownersCookie(server.url));
    // The compiler of this file marks functions with a helper that the page doesn't have.
    await page.addInitScript("globalThis.__name = (named) => named");
    await page.goto(`${server.url}/matrices/${matrix?.matrixId ?? ""}/matrix`);
    await page.locator("[role=grid]").waitFor();
    await page.waitForTimeout(1_500);
    await page.locator("[role=grid]").focus();
    const keys = [];
    for (let i = 0; i < 40; i++) keys.push(await keyToLetter(page, i % 2 === 0 ? "c" : "i", i));
    const measured = keys.slice(5);
    figures[`${duties} x ${roles}`] = {
      key: {
        script: figureOf(measured.map(({ script }) => script)),
        painted: figureOf(measured.map(({ painted }) => painted)),
        over50: measured.filter(({ painted }) => painted > 50).length,
      },
      scroll: await scrollThrough(page),
      paste: await pasteBlock(page, 200, 12),
      rowsInPage: await page.locator("[data-row]").count(),
    };
    await page.close();
  }
  await browser.close();
  server.stop();
  return figures;
}

/** From the key to the end of the script it causes, and to the frame that shows the letter. */
async function keyToLetter(page: Page, letter: string, i: number): Promise<{ script: number; painted: number }> {
  if (i % 2 === 0) await page.keyboard.press("ArrowDown");
  await page.waitForTimeout(60);
  await page.evaluate(() => {
    const state = window as unknown as { result: Promise<{ script: number; painted: number }> };
    state.result = new Promise((resolve) => {
      addEventListener(
        "keydown",
        () => {
          const begun = performance.now();
          let script = 0;
          // Heard last, so its microtask runs behind the one in which the page draws what the key did.
          addEventListener("keydown", () => queueMicrotask(() => (script = performance.now() - begun)), { once: true });
          requestAnimationFrame(() => setTimeout(() => resolve({ script, painted: performance.now() - begun })));
        },
        { once: true, capture: true },
      );
    });
  });
  await page.keyboard.press(letter);
  return page.evaluate(() => (window as unknown as { result: Promise<{ script: number; painted: number }> }).result);
}

async function scrollThrough(page: Page) {
  return page.evaluate(async () => {
    const frame = document.querySelector("[role=grid]");
    if (!frame) throw new Error("There is no grid.");
    const long: number[] = [];
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ entryTypes: ["longtask"] });
    const times: number[] = [];
    let last = performance.now();
    frame.scrollTop = 0;
    while (frame.scrollTop + frame.clientHeight < frame.scrollHeight - 2) {
      frame.scrollTop += 600;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      times.push(performance.now() - last);
      last = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    observer.disconnect();
    times.sort((a, b) => a - b);
    return {
      frames: times.length,
      median: Math.round(times[times.length >> 1] ?? 0),
      longest: Math.round(times.at(-1) ?? 0),
      longTasks: long.length,
      longestTask: Math.round(Math.max(0, ...long)),
    };
  });
}

async function pasteBlock(page: Page, rows: number, columns: number) {
  const times: number[] = [];
  let requests = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/commands")) requests += 1;
  });
  await page.keyboard.press("Control+Home");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
  const runs = 6;
  for (let run = 0; run < runs; run++) {
    const painted = await page.evaluate(
      ({ rows, columns, run }) => {
        const letters = ["C", "I", "R", ""];
        const block = Array.from({ length: rows }, (_, r) =>
          Array.from({ length: columns }, (_, c) => letters[(r + c + run) % 4]).join("\t"),
        ).join("\n");
        const data = new DataTransfer();
        data.setData("text/plain", block);
        const begun = performance.now();
        document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        return new Promise<number>((resolve) =>
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun))),
        );
      },
      { rows, columns, run },
    );
    times.push(painted);
    await page.waitForTimeout(900);
  }
  return { ...figureOf(times.slice(1)), requestsEach: requests / runs };
}
