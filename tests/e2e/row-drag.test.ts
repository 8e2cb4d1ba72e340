import type { Page } from "@playwright/test";
import { createEngagement, expect, saved, test } from "./app";

const grid = (page: Page) => page.getByRole("grid", { name: "Responsibility matrix" });
const row = (page: Page, code: string) => page.getByRole("row", { name: new RegExp(`\\b${code}\\b`) });
const told = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

async function openMatrix(page: Page) {
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  await expect(grid(page)).toBeVisible();
}

async function boxOf(page: Page, code: string) {
  const box = await row(page, code).boundingBox();
  if (!box) throw new Error(`${code} isn't on screen.`);
  return box;
}

/** Takes a row by its grip and moves the hand a little, so that it is carried. */
async function grip(page: Page, code: string) {
  const box = await boxOf(page, code);
  await page.mouse.move(box.x + 12, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 14, box.y + box.height / 2 + 8, { steps: 2 });
}

/** The codes of a domain's duties in the order they stand in the draft. */
async function order(page: Page, prefix: string, domain = prefix.toLowerCase()): Promise<string[]> {
  await saved(page);
  const draft = await (await page.request.get(page.url().replace(/\/matrix(\?.*)?$/, "/export/json"))).json();
  return draft.duties
    .filter(({ domainId }: { domainId: string }) => domainId === domain)
    .map(({ code }: { code: string }) => code);
}

test("a row is dragged by its grip within its domain, in one step that is said and undone", async ({ app, page }) => {
  await createEngagement(page, app, "Dragley", "Portside IT", "gov");
  await openMatrix(page);
  const before = await order(page, "GOV");
  await grip(page, "GOV-01");
  const target = await boxOf(page, "GOV-03");
  await page.mouse.move(200, target.y + target.height - 6, { steps: 4 });
  await page.mouse.up();
  await expect(told(page, "GOV-01 moved within")).toBeVisible();
  expect((await order(page, "GOV")).slice(0, 3)).toEqual(["GOV-02", "GOV-03", "GOV-01"]);
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("Control+z");
  expect(await order(page, "GOV")).toEqual(before);

  // Escape puts it back, and a press without a drag opens the row's menu.
  await grip(page, "GOV-02");
  await page.mouse.move(200, target.y + target.height * 2, { steps: 4 });
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await order(page, "GOV")).toEqual(before);
  expect(page.url()).not.toContain("duty=");
  await row(page, "GOV-04").getByRole("button", { name: "Move GOV-04" }).click();
  await expect(page.getByRole("menuitem", { name: "Move down" })).toBeVisible();
});

test("a row is carried far with the rows moving along, into another domain", async ({ app, page }) => {
  await createEngagement(page, app, "Farley", "Portside IT");
  await openMatrix(page);
  await grip(page, "GOV-02");
  const frame = await grid(page).boundingBox();
  if (!frame) throw new Error("There is no grid.");
  await page.mouse.move(200, frame.y + frame.height - 70, { steps: 4 });
  await expect.poll(() => row(page, "IAM-03").count()).toBe(1);
  await page.mouse.move(200, frame.y + frame.height / 2, { steps: 2 });
  // Away from the edge the rows stand still again.
  await page.mouse.up();
  await expect(told(page, /^GOV-02 moved to /)).toBeVisible();
  const draft = await (await page.request.get(page.url().replace(/\/matrix(\?.*)?$/, "/export/json"))).json();
  expect(draft.duties.find((duty: { code: string }) => duty.code === "GOV-02").domainId).not.toBe("gov");
  await page.keyboard.press("Control+z");
  expect((await order(page, "GOV")).slice(0, 2)).toEqual(["GOV-01", "GOV-02"]);
});

test("every selected duty goes along, into a folded domain by its heading", async ({ app, page }) => {
  await createEngagement(page, app, "Foldham", "Portside IT", "gov", "sup");
  await openMatrix(page);
  await page.getByRole("gridcell", { name: /^Service desk and user support/ }).click();
  await page
    .getByRole("gridcell", { name: /GOV-01/ })
    .first()
    .click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await grip(page, "GOV-02");
  const heading = await page.getByRole("gridcell", { name: /^Service desk and user support/ }).boundingBox();
  if (!heading) throw new Error("The heading isn't on screen.");
  await page.mouse.move(200, heading.y + 15, { steps: 6 });
  await page.mouse.up();
  await expect(told(page, "3 duties moved to Service desk and user support")).toBeVisible();
  expect((await order(page, "SUP")).slice(-3)).toEqual(["GOV-01", "GOV-02", "GOV-03"]);
  await page.keyboard.press("Control+z");
  expect((await order(page, "GOV")).slice(0, 3)).toEqual(["GOV-01", "GOV-02", "GOV-03"]);
});

test("a finger on the grip drags without waiting", async ({ app, browser }) => {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, hasTouch: true });
  const page = await context.newPage();
  await createEngagement(page, app, "Touchley", "Portside IT", "gov");
  await openMatrix(page);
  const from = await boxOf(page, "GOV-01");
  const to = await boxOf(page, "GOV-04");
  const cdp = await context.newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: { x: number; y: number }[]) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", { x: from.x + 12, y: from.y + from.height / 2 });
  await touch("touchMove", { x: from.x + 14, y: from.y + from.height });
  await touch("touchMove", { x: from.x + 40, y: to.y + to.height - 5 });
  await touch("touchEnd");
  await expect(told(page, "GOV-01 moved within")).toBeVisible();
  expect((await order(page, "GOV")).slice(0, 4)).toEqual(["GOV-02", "GOV-03", "GOV-04", "GOV-01"]);
  await context.close();
});
