import type { Browser, Page } from "@playwright/test";
import { alive, cardOf, createEngagement, expect, expectAccessible, saved, test, type Owned } from "./app";

const NOTE = "Boundary note";

/** A second browser at the same address, where the same person is somebody else. */
async function another(browser: Browser, app: Owned, url: string): Promise<Page> {
  const context = await browser.newContext({ storageState: app.owner, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await alive(page);
  return page;
}

async function openDuty(page: Page, dutyId: string): Promise<void> {
  await page.goto(page.url().replace(/\/(board|matrix|parties).*/, `/matrix?duty=${dutyId}`));
  await alive(page);
  await expect(note(page)).toBeVisible();
}

async function write(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: label, exact: true });
  await field.fill(text);
  await field.press("Tab");
  await saved(page);
}

const note = (page: Page) => page.getByRole("textbox", { name: NOTE, exact: true });
const choice = (page: Page) => page.locator('[aria-label*="changed meanwhile"]:visible');

test("two write one boundary note: the second is shown both and chooses, and neither text is gone without a word", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  await openDuty(page, "net-04");
  const other = await another(browser, app, page.url());

  // Typed on the old text, left after somebody else saved another one.
  await note(page).fill("The desk runs it.");
  await write(other, NOTE, "The team runs it.");
  await expect(note(page)).toHaveValue("The desk runs it.");
  await note(page).press("Tab");
  await expect(choice(page)).toContainText("The boundary note of NET-04 was changed meanwhile.");
  await expect(choice(page)).toContainText("The team runs it.");
  await expect(choice(page)).toContainText("The desk runs it.");
  await expect(note(page)).toHaveValue("The team runs it.");
  await expect(page.getByText("Not done:")).toHaveCount(0);
  await expectAccessible(page);

  // The choice waits through a page loaded anew.
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await alive(page);
  await expect(choice(page)).toContainText("The desk runs it.");
  await choice(page).getByRole("button", { name: "Use mine" }).press("Enter");
  await expect(choice(page)).toHaveCount(0);
  await expect(note(page)).toHaveValue("The desk runs it.");
  await saved(page);
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect(note(page)).toHaveValue("The team runs it.");
  await saved(page);

  // Here the window hears of the other text while this one is still being written.
  await note(page).pressSequentially(" At night too.");
  await write(other, NOTE, "Nobody runs it.");
  await expect(note(page)).toHaveValue(/At night too/);
  await page.getByLabel("Done when").focus();
  await expect(choice(page)).toContainText("Nobody runs it.");
  await expect(choice(page)).toContainText("At night too.");
  await choice(page).getByRole("button", { name: "Keep it" }).press("Enter");
  await expect(choice(page)).toHaveCount(0);
  await expect(page.getByRole("main")).toBeFocused();
  await expect(note(page)).toHaveValue("Nobody runs it.");
  await page.reload();
  await alive(page);
  await expect(note(page)).toHaveValue("Nobody runs it.");
  await expect(choice(page)).toHaveCount(0);
  await other.context().close();
});

test("names, the words of a duty and titles are held to what their writer saw; left untouched they change nothing", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Eastwind", "Harbour IT", "net");
  const parties = page.url().replace(/\/board.*/, "/parties");
  await page.goto(parties);
  await alive(page);
  const other = await another(browser, app, parties);

  await page.getByLabel("Name of the client").fill("Eastwind plc");
  await write(other, "Name of the client", "Eastwind Ltd");
  await page.getByLabel("Name of the client").press("Enter");
  await expect(choice(page)).toContainText("Eastwind Ltd");
  await choice(page).getByRole("button", { name: "Use mine" }).click();
  await expect(page.getByLabel("Name of the client")).toHaveValue("Eastwind plc");
  await saved(page);

  // A text that is only looked at puts nothing back: here the field has the focus while the other window writes.
  await openDuty(page, "net-04");
  await page.getByRole("grid").focus();
  await page.keyboard.press("F2");
  const renaming = page.getByRole("textbox", { name: /^Text of / });
  await expect(renaming).toBeFocused();
  await openDuty(other, "net-04");
  await other.getByText("Text and description", { exact: true }).click();
  await write(other, "Duty", "Run the wires");
  await renaming.press("Enter");
  await page.reload();
  await expect(page.getByRole("rowheader", { name: /Run the wires/ })).toBeVisible();

  // And one that was typed anew is shown beside the other.
  await alive(page);
  await page.getByRole("grid").focus();
  await page.keyboard.press("F2");
  await renaming.fill("Run the radios");
  await write(other, "Duty", "Run all of it");
  await renaming.press("Enter");
  await expect(choice(page)).toContainText("Run all of it");
  await expect(choice(page)).toContainText("Run the radios");
  await other.context().close();
});

test("a text for a duty that somebody deleted meanwhile stays to be copied", async ({ page, app, browser }) => {
  await createEngagement(page, app, "Westwind", "Harbour IT", "net");
  await openDuty(page, "net-04");
  const other = await another(browser, app, page.url());
  await note(page).fill("The desk runs it.");
  await other.getByRole("button", { name: "Delete duty" }).click();
  await saved(other);
  const gone = page.locator('[aria-label*="deleted meanwhile"]:visible');
  await expect(gone).toContainText("The desk runs it.");
  await expect(gone.getByRole("button", { name: "Use mine" })).toHaveCount(0);
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Board" }).click();
  await cardOf(page, "Run switches and wireless, including firmware").focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: /Give to Westwind/ }).click();
  await saved(page);
  await expect(gone).toContainText("The desk runs it.");
  await gone.getByRole("button", { name: "Leave it" }).click();
  await expect(gone).toHaveCount(0);
  await other.context().close();
});

test("on a phone both texts and the choice are in the drawer that covers the page", async ({ page, app, browser }) => {
  await createEngagement(page, app, "Midwind", "Harbour IT", "net");
  await page.setViewportSize({ width: 390, height: 844 });
  await openDuty(page, "net-04");
  const other = await another(browser, app, page.url());
  await note(page).fill("The desk runs it.");
  await write(other, NOTE, "The team runs it.");
  await note(page).press("Tab");
  const drawer = page.getByRole("complementary", { name: "Duty NET-04" });
  await expect(drawer.getByRole("group", { name: /changed meanwhile/ })).toContainText("The team runs it.");
  await expectAccessible(page);
  await drawer.getByRole("button", { name: "Use mine" }).click();
  await expect(note(page)).toHaveValue("The desk runs it.");
  await expect(choice(page)).toHaveCount(0);
  await other.context().close();
});
