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

/** On a board of 1,000: frames over 50 ms while a card is dragged across, and the time from key or drop to the painted result. */
export async function benchBrowser() {
  const [board] = await seed(await benchOwner(), [1_000]);
  const server = await startServer();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH || undefined, args: ARGS });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.context().addCookies(await ownersCookie(server.url));
  // The compiler of this file marks functions with a helper that the page doesn't have.
  await page.addInitScript("globalThis.__name = (named) => named");
  await page.goto(`${server.url}/matrices/${board?.matrixId ?? ""}/board`);
  await page.locator("[data-duty]").first().waitFor();
  await page.waitForTimeout(1_500);
  const frames = await dragAcross(page);
  const keys = [];
  for (let i = 0; i < 10; i++) keys.push(await keyMove(page, i % 2 === 0 ? "ArrowRight" : "ArrowLeft"));
  await browser.close();
  server.stop();
  return { duties: 1_000, drag: frames, keyToPaint: figureOf(keys) };
}

async function dragAcross(page: Page) {
  await page.evaluate(() => {
    const watch = { times: [] as number[], last: performance.now(), on: true };
    (window as unknown as { watch: typeof watch }).watch = watch;
    const frame = (now: number) => {
      watch.times.push(now - watch.last);
      watch.last = now;
      if (watch.on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const card = await page.locator("[data-duty]").first().boundingBox();
  const target = await page.locator("[data-column]").last().boundingBox();
  if (!card || !target) throw new Error("The board shows no card or no column.");
  await page.mouse.move(card.x + 40, card.y + 15);
  await page.mouse.down();
  for (let i = 1; i <= 60; i++) {
    await page.mouse.move(card.x + 40 + ((target.x + 60 - card.x - 40) * i) / 60, card.y + 15 + i * 2);
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
  await page.waitForTimeout(400);
  const times = await page.evaluate(() => {
    const { watch } = window as unknown as { watch: { times: number[]; on: boolean } };
    watch.on = false;
    return watch.times.slice(2);
  });
  return {
    ...figureOf(times),
    framesOver50: times.filter((time) => time > 50).length,
    longest: Math.round(Math.max(...times)),
  };
}

/** Lifts the first card with Space, chooses a column, drops it; measures from the drop key to the frame after the result. */
async function keyMove(page: Page, arrow: string): Promise<number> {
  const card = page.locator("[data-duty]").first();
  await card.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press(arrow);
  await page.evaluate(() => {
    const state = window as unknown as { painted: Promise<number> };
    state.painted = new Promise((resolve) => {
      addEventListener(
        "keydown",
        (event) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp))),
        { once: true, capture: true },
      );
    });
  });
  await page.keyboard.press("Space");
  const painted = await page.evaluate(() => (window as unknown as { painted: Promise<number> }).painted);
  await page.waitForTimeout(250);
  return painted;
}
