import type { Page } from "@playwright/test";
import { createEngagement, expect, expectAccessible, letIn, saved, test } from "./app";

const grid = (page: Page) => page.getByRole("grid", { name: "Responsibility matrix" });
const row = (page: Page, code: string) => page.getByRole("row", { name: new RegExp(`^${code} `) });

async function openMatrix(page: Page) {
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  await expect(grid(page)).toBeVisible();
  await grid(page).focus();
}

/** The active cell as a screen reader is told it. */
async function activeName(page: Page): Promise<string> {
  const id = await grid(page).getAttribute("aria-activedescendant");
  return (
    (await page.locator(`[id="${id}"]`).getAttribute("aria-label")) ?? (await page.locator(`[id="${id}"]`).innerText())
  );
}

test("letters are set, moved, cleared and undone by keys alone", async ({ app, page }) => {
  await createEngagement(page, app, "Keyhaven", "Portside IT", "gov");
  await openMatrix(page);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await activeName(page)).toMatch(/GOV-01/);
  await page.keyboard.press("ArrowRight");
  expect(await activeName(page)).toMatch(/^IT lead, Keyhaven: answers and does\. GOV-01/);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("a");
  expect(await activeName(page)).toMatch(/^IT team, Keyhaven: answers\. /);
  await expect(page.getByRole("status").filter({ hasText: "A moved here" })).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  expect(await activeName(page)).toMatch(/^IT lead, Keyhaven: does\. /);
  await page.keyboard.press("Control+z");
  expect(await activeName(page)).toMatch(/^IT lead, Keyhaven: answers and does\. /);
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Delete");
  expect(await activeName(page)).toMatch(/^IT team, Keyhaven: nothing\. GOV-02/);
  await page.keyboard.press("Control+z");
  expect(await activeName(page)).toMatch(/^IT team, Keyhaven: is asked\. GOV-02/);
  await saved(page);
});

test("a row is renamed in place, moved, opened and left by keys alone", async ({ app, page }) => {
  await createEngagement(page, app, "Rowan", "Portside IT", "gov");
  await openMatrix(page);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("F2");
  await page.keyboard.type("Keep the matrix honest");
  await page.keyboard.press("Enter");
  await expect(row(page, "GOV-01")).toContainText("Keep the matrix honest");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("row").nth(4)).toContainText("GOV-01");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: "Duty GOV-01" });
  await expect(drawer).toBeFocused();
  expect(page.url()).toContain("duty=");
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(grid(page)).not.toBeFocused();
});

test("what is copied from a matrix and pasted into an empty one has the same letters; what isn't letters is named first", async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await createEngagement(page, app, "Copley", "Portside IT");
  await openMatrix(page);
  const before = await (await page.request.get(page.url().replace(/\/matrix.*/, "/export/json"))).json();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Delete");
  await saved(page);
  const emptied = await (await page.request.get(page.url().replace(/\/matrix.*/, "/export/json"))).json();
  expect(emptied.duties.every((duty: { letters: object }) => Object.keys(duty.letters).length === 0)).toBe(true);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+v");
  await expect(page.getByRole("status").filter({ hasText: "Pasted" })).toBeVisible();
  await saved(page);
  const after = await (await page.request.get(page.url().replace(/\/matrix.*/, "/export/json"))).json();
  expect(after.duties.map((duty: { letters: object }) => duty.letters)).toEqual(
    before.duties.map((duty: { letters: object }) => duty.letters),
  );

  await page.evaluate(() => navigator.clipboard.writeText("a/r\tQuarterly, by the desk\nR,a\tc"));
  await page.keyboard.press("Control+v");
  const dialog = page.getByRole("dialog", { name: "Not all of this fits" });
  await expect(dialog).toContainText("Row 1, column 2: “Quarterly, by the desk”");
  await dialog.getByRole("button", { name: "Paste nothing" }).click();
  const untouched = await (await page.request.get(page.url().replace(/\/matrix.*/, "/export/json"))).json();
  expect(untouched).toEqual(after);
});

test("both sides agree, a change of the terms opens their marks again, and undo brings them back", async ({
  app,
  page,
  browser,
}) => {
  await createEngagement(page, app, "Agnes", "Portside IT", "gov");
  const client = await letIn(page, browser, { name: "Agnes Owner", side: "Agnes" });
  await openMatrix(client);
  await client.keyboard.press("ArrowDown");
  await client.keyboard.press("Enter");
  await client.getByRole("region", { name: "Agreement" }).getByRole("button", { name: "Agree" }).click();
  await saved(client);
  await client.context().close();
  await page.reload();
  await openMatrix(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const agreement = page.getByRole("region", { name: "Agreement" });
  await agreement.getByRole("button", { name: "Agree" }).click();
  await expect(agreement.getByText("Agreed", { exact: true })).toHaveCount(2);
  await page.getByLabel("Boundary note").fill("The desk logs it; the lead decides.");
  await page.getByLabel("Boundary note").blur();
  await expect(agreement.getByText(/Open again/)).toHaveCount(2);
  await expect(
    agreement.getByText(
      /Open again: The boundary note is now “The desk logs it; the lead decides\.”; it was .+, by .+ on /,
    ),
  ).toHaveCount(2);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(agreement.getByText("Agreed", { exact: true })).toHaveCount(2);
  await saved(page);
});

test("the matrix reads well to tools in both themes, and prints whole", async ({ app, page }) => {
  await createEngagement(page, app, "Axel", "Portside IT");
  await openMatrix(page);
  await expectAccessible(page);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", /^20\d$/);
  await expect(grid(page)).toHaveAttribute("aria-colcount", "9");
  expect(await page.getByRole("row").count()).toBeLessThan(60);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("[data-printed] tbody tr")).toHaveCount(201);
  await expect(page.getByRole("grid")).toBeHidden();
});

test("a role's menu says what would be lost, and a click in its dialog stays there", async ({ app, page }) => {
  await createEngagement(page, app, "Rolf", "Portside IT", "gov");
  await openMatrix(page);
  const address = page.url();
  await page
    .getByRole("columnheader", { name: /^IT lead,/ })
    .getByRole("button")
    .click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete IT lead?" });
  await expect(dialog).toContainText(/letters would be the last of their kind/);
  await dialog
    .getByText(/GOV-01/)
    .first()
    .click();
  expect(page.url()).toBe(address);
  await dialog.getByRole("button", { name: "Delete the role" }).click();
  await expect(page.getByRole("columnheader", { name: /^IT lead,/ })).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("columnheader", { name: /^IT lead, Rolf, lead/ })).toBeVisible();
});

test("the sheet for a workshop asks each duty's question, and prints with room for what is decided", async ({
  page,
  app,
}) => {
  await createEngagement(page, app, "Keyhaven", "Harbour IT");
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  await page.getByRole("link", { name: "Workshop sheet" }).click();
  await expect(page.getByRole("heading", { name: "Workshop sheet" })).toBeVisible();
  const row = (name: RegExp) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  await expect(row(/^GOV-01/)).toContainText(
    "Who may propose an edit between reviews, and who must agree before it counts?",
  );
  await expect(row(/^GOV-02/)).toBeVisible();
  await page.getByText("First workshop", { exact: true }).click();
  await expect(row(/^GOV-02/)).toHaveCount(0);
  await page.getByLabel("Domain").selectOption({ label: "Identity and access" });
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Identity and access"]);
  await expect(page.getByRole("link", { name: "Matrix", exact: true })).toHaveAttribute("aria-current", "page");
  await page.goto(`${page.url().split("/workshop-sheet")[0]}/matrix?duty=iam-03`);
  const question = page.getByLabel("Workshop question");
  await expect(question).toHaveValue("Who tells Harbour IT, and how fast must it go for a hostile leaver?");
  await question.fill("Who tells Harbour IT?");
  await question.blur();
  await saved(page);
  await page.goto(`${page.url().split("/matrix?")[0]}/workshop-sheet?domain=iam`);
  await expect(row(/^IAM-03/)).toContainText("Who tells Harbour IT?");
});
