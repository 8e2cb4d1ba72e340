import type { BrowserContext, Page } from "@playwright/test";
import { atRest, createEngagement, expect, saved, test } from "./app";

const grid = (page: Page) => page.getByRole("grid", { name: "Responsibility matrix" });
const told = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });
/** Some proxies let no stream through. Windows then hear of each other when they are looked at again, or send an edit. */
const withoutStream = (context: BrowserContext) => context.route(/\/live\?/, (route) => route.abort());
/** The window is looked at again, which is when it catches up with the others. */
const lookAgain = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event("focus")));

async function openMatrix(page: Page) {
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  await expect(grid(page)).toBeVisible();
  await atRest(page);
}

async function otherWindow(page: Page, context: BrowserContext): Promise<Page> {
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(grid(other)).toBeVisible();
  await atRest(other);
  return other;
}

/** Puts the keys into a cell of the first domain, rows and columns counted from its first duty. */
async function toCell(page: Page, row: number, column: number) {
  await grid(page).focus();
  await page.keyboard.press("Control+Home");
  for (let i = 0; i < row + 2; i++) await page.keyboard.press("ArrowDown");
  for (let i = 0; i <= column; i++) await page.keyboard.press("ArrowRight");
}

const cell = (page: Page, name: RegExp) => page.getByRole("gridcell", { name });

test("two people in the same cell: both windows end alike, and the first can't take the second's letter away", async ({
  app,
  page,
  context,
}) => {
  await createEngagement(page, app, "Twinham", "Portside IT", "gov");
  await openMatrix(page);
  const other = await otherWindow(page, context);
  await toCell(page, 0, 2);
  await page.keyboard.press("c");
  await saved(page);
  await toCell(other, 0, 2);
  await other.keyboard.press("r");
  await saved(other);
  await expect(cell(other, /^Leadership, .*: does\. GOV-01/)).toBeVisible();
  await lookAgain(page);
  await expect(cell(page, /^Leadership, .*: does\. GOV-01/)).toBeVisible();
  await grid(page).focus();
  await page.keyboard.press("Control+z");
  await expect(told(page, /can't be taken back: the same part has been changed since/)).toBeVisible();
  await expect(cell(page, /^Leadership, .*: does\. GOV-01/)).toBeVisible();
});

test("a row deleted under an open drawer: said on the next edit, the rest of the window's work stays", async ({
  app,
  page,
  context,
}) => {
  await withoutStream(context);
  await createEngagement(page, app, "Deleham", "Portside IT", "gov");
  await openMatrix(page);
  const other = await otherWindow(page, context);
  await page.goto(`${page.url()}?duty=gov-02`);
  const drawer = page.getByRole("complementary", { name: "Duty GOV-02" });
  await expect(drawer.getByLabel("Boundary note")).toBeVisible();
  await toCell(other, 1, 0);
  await other.keyboard.press("m");
  await other.getByRole("menuitem", { name: "Delete" }).click();
  await saved(other);
  await drawer.getByLabel("Boundary note").fill("The lead decides, the desk drafts.");
  await drawer.getByLabel("Boundary note").blur();
  const kept = page.getByRole("region", { name: /was deleted meanwhile/ });
  await expect(kept).toContainText("The lead decides, the desk drafts.");
  await expect(page.getByRole("heading", { name: "This duty isn't here" })).toBeVisible();
  await kept.getByRole("button", { name: "Leave it" }).click();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await toCell(page, 1, 2);
  await page.keyboard.press("c");
  await expect(cell(page, /^Leadership, .*: is asked\. GOV-03/)).toBeVisible();
  await saved(page);
});

test("a role merged while somebody types in it: said, and nothing else lost", async ({ app, page, context }) => {
  await withoutStream(context);
  await createEngagement(page, app, "Mergeby", "Portside IT", "gov");
  await openMatrix(page);
  const other = await otherWindow(page, context);
  await other
    .getByRole("columnheader", { name: /^IT team,/ })
    .getByRole("button")
    .click();
  await other.getByRole("menuitem", { name: /^Merge/ }).click();
  await other
    .getByRole("dialog")
    .getByRole("button", { name: /IT lead/ })
    .click();
  await expect(other.getByRole("columnheader", { name: /^IT team,/ })).toHaveCount(0);
  await saved(other);
  await toCell(page, 0, 1);
  await page.keyboard.press("r");
  await expect(told(page, /^Not done: That role was deleted/)).toBeVisible();
  await expect(page.getByRole("columnheader", { name: /^IT team,/ })).toHaveCount(0);
  await toCell(page, 2, 1);
  await page.keyboard.press("c");
  await expect(cell(page, /^Leadership, .*: is asked\. GOV-03/)).toBeVisible();
});

test("a paste that doesn't fit, isn't letters or is huge says so and pastes nothing by itself", async ({
  app,
  page,
}) => {
  await createEngagement(page, app, "Pasteley", "Portside IT", "gov");
  await openMatrix(page);
  const paste = (text: string, times = 1) =>
    page.evaluate(
      ([piece, count]) => {
        const data = new DataTransfer();
        data.setData("text/plain", String(piece).repeat(Number(count)));
        document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      },
      [text, times] as const,
    );
  const dialog = page.getByRole("dialog", { name: "Not all of this fits" });
  await toCell(page, 0, 6);
  await paste("A\tR\tC\n");
  await expect(dialog).toContainText("1 column would be left out");
  await dialog.getByRole("button", { name: "Paste nothing" }).click();

  await toCell(page, 0, 0);
  await paste("Z\tSee the note on page four\tc");
  await expect(dialog).toContainText("2 cells are not letters");
  await expect(dialog).toContainText("Row 1, column 1: “Z”");
  await dialog.getByRole("button", { name: "Paste the other cell" }).click();
  await expect(cell(page, /^Leadership, .*: is asked\. GOV-01/)).toBeVisible();

  await grid(page).focus();
  await paste("A\t", 2_000_000);
  await expect(told(page, /The clipboard holds too much to be a block of letters/)).toBeVisible();
  await paste("");
  await expect(told(page, /The clipboard holds no cells/)).toBeVisible();
});
