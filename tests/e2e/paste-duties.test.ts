import type { Page } from "@playwright/test";
import { alive, createEngagement, expect, expectAccessible, saved, test } from "./app";

const header = (page: Page, text: string) => page.getByRole("rowheader", { name: text });
const dialog = (page: Page) => page.getByRole("dialog", { name: "Which column is the duty?" });

/** The grid with the keys on the words of a duty. */
async function onDuty(page: Page, dutyId: string): Promise<void> {
  await page.goto(page.url().replace(/\/(board|matrix).*/, `/matrix?duty=${dutyId}`));
  await alive(page);
  await expect(page.getByRole("complementary", { name: /^Duty / })).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("grid").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowLeft");
}

test("a numbered list pasted where the duties stand becomes duties by its words, after asking, and one undo takes all away", async ({
  page,
  app,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  await onDuty(page, "net-04");
  await page.evaluate(() => navigator.clipboard.writeText("1.1\tWalk the cable ducts\n1.2\tLabel every socket"));
  await page.keyboard.press("Control+v");
  await expect(dialog(page).getByRole("listitem")).toHaveText(["Walk the cable ducts", "Label every socket"]);
  await expectAccessible(page);

  // Another column, by keys alone; nothing is pasted until it is said.
  await expect(dialog(page).getByLabel("The duty is in")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(dialog(page).getByRole("listitem")).toHaveText(["1.1", "1.2"]);
  await page.keyboard.press("Escape");
  await expect(header(page, "Walk the cable ducts")).toHaveCount(0);
  await expect(page.getByRole("grid")).toBeFocused();
  await page.keyboard.press("Control+v");
  await dialog(page).getByRole("button", { name: "Add 2 duties" }).press("Enter");
  await expect(header(page, "Walk the cable ducts")).toBeVisible();
  await expect(header(page, "Label every socket")).toBeVisible();
  await expect(header(page, "1.1")).toHaveCount(0);
  await saved(page);
  await page.keyboard.press("Control+z");
  await expect(header(page, "Walk the cable ducts")).toHaveCount(0);
  await expect(header(page, "Label every socket")).toHaveCount(0);
  await saved(page);
});

test("duties copied from a matrix keep their letters where they are pasted", async ({ page, app, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await createEngagement(page, app, "Eastwind", "Harbour IT", "net");
  await onDuty(page, "net-04");
  const lettersOf = (id: string) => page.locator(`[data-row="${id}"] [role=gridcell]`).allInnerTexts();
  const before = await lettersOf("net-04");
  expect(before.join("")).toMatch(/[AR]/);
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await expect(dialog(page).getByRole("checkbox", { name: /^Take the letters along/ })).toBeChecked();
  await dialog(page).getByRole("button", { name: "Add 1 duty" }).click();
  await saved(page);
  const rows = await page
    .locator("[data-row]:has([role=rowheader])")
    .evaluateAll((found) => found.map((row) => row.getAttribute("data-row") ?? ""));
  const copy = rows[rows.indexOf("net-04") + 1] ?? "";
  expect(copy).not.toMatch(/^net-/);
  expect(await lettersOf(copy)).toEqual(before);

  // As plain text, as it comes back from a spreadsheet, with the roles as a heading.
  await page.evaluate(() => navigator.clipboard.writeText("Duty\tIT lead\tService desk\nWalk the ducts\tA\tR"));
  await page.keyboard.press("Control+v");
  await expect(dialog(page).getByRole("checkbox", { name: "The first row names the columns" })).toBeChecked();
  await expect(dialog(page).getByRole("listitem")).toHaveText("Walk the ductsIT lead: A · Service desk: R");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await dialog(page).getByRole("button", { name: "Add 1 duty" }).click();
  await expect(page.getByRole("gridcell", { name: /^Service desk, .*: does\. .*Walk the ducts/ })).toBeVisible();
  await saved(page);
});
