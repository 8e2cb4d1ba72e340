import type { Page } from "@playwright/test";
import { createEngagement, expect, expectAccessible, saved, test } from "./app";

const tab = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const clauses = (page: Page) => page.getByRole("list", { name: "Clauses" });
const titles = (page: Page) => clauses(page).getByRole("listitem").locator("button:not([aria-haspopup])");

test("a schedule's wording is read as it is printed, edited, struck, moved and taken back by keys alone", async ({
  page,
  app,
}) => {
  await createEngagement(page, app, "Ashdown", "Merrow IT", "gov");
  await tab(page, "Wording").click();
  await expect(titles(page)).toHaveText([
    "What this schedule belongs to",
    "How to read the matrix",
    "What “done when” and targets are",
    "Order of precedence",
    "Changes",
    "Disagreements",
    "Term and review",
    "No rights of third parties",
    "Authority to sign",
  ]);
  await expect(clauses(page)).toContainText("a schedule to the agreement between Ashdown and Merrow IT");
  await expectAccessible(page);

  // edited: a field is chosen by key, an unknown one is refused with those there are
  const changes = page.getByRole("button", { name: "Changes", exact: true });
  await changes.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Changes" });
  const text = dialog.getByRole("textbox", { name: "Text" });
  await text.fill("Nothing changes without a signed version. Ask ");
  await dialog.getByText("Fields that the text may have").press("Enter");
  await dialog.getByRole("button", { name: /Insert \{clientLead\}/ }).press("Enter");
  await expect(text).toHaveValue("Nothing changes without a signed version. Ask {clientLead}");
  await page.keyboard.type(" or {nobody}.");
  await page.keyboard.press("Control+Enter");
  await expect(dialog.getByText(/has \{nobody\}, which is no field\. The fields are \{client\}/)).toBeVisible();
  await expectAccessible(page);
  await text.fill("Nothing changes without a signed version. Ask {clientLead}.");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(changes).toBeFocused();
  await expect(clauses(page)).toContainText("Ask IT lead.");
  await expect(clauses(page).getByText("Standard, changed")).toBeVisible();

  // moved with the focus
  await page.keyboard.press("Alt+ArrowUp");
  await expect(titles(page).nth(3)).toHaveText("Changes");
  await expect(changes).toBeFocused();

  // back to the standard text, struck and restored from the menu
  const menu = page.getByRole("button", { name: "More for the clause Changes" });
  const choose = async (item: string) => {
    await menu.press("Enter");
    await page.getByRole("menuitem", { name: item, exact: true }).press("Enter");
  };
  await choose("Back to the standard text");
  await expect(clauses(page)).toContainText("Talks, tickets, e-mails");
  await choose("Strike");
  await expect(clauses(page).getByText("Struck.")).toBeVisible();
  await choose("Restore");
  await expect(clauses(page).getByText("Struck.")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(clauses(page).getByText("Struck.")).toBeVisible();

  // one of one's own: refused without a text, then added
  await page.getByRole("button", { name: "Add a clause…" }).press("Enter");
  const adding = page.getByRole("dialog", { name: "New clause" });
  await adding.getByRole("textbox", { name: "Title" }).fill("Subcontractors");
  await page.keyboard.press("Enter");
  await expect(adding.getByRole("alert")).toContainText("The clause's text is empty");
  await expectAccessible(page);
  await adding.getByRole("textbox", { name: "Text" }).fill("{provider} names each subcontractor.");
  await adding.getByRole("button", { name: "Add", exact: true }).press("Enter");
  await expect(clauses(page)).toContainText("Merrow IT names each subcontractor.");
  await saved(page);
  await page.reload();
  await expect(titles(page).last()).toHaveText("Subcontractors");
  await expect(clauses(page).getByText("Struck.")).toBeVisible();
  await tab(page, "Activity").click();
  await expect(page.getByText("The clause Subcontractors").first()).toBeVisible();

  // a term taken out makes a finding, which leads back
  await tab(page, "Wording").click();
  const terms = page.getByRole("list", { name: "Defined terms" });
  await terms.getByRole("button", { name: "Target", exact: true }).press("Delete");
  await expect(terms.getByRole("button", { name: "Target", exact: true })).toHaveCount(0);
  await page.getByRole("link", { name: /^Findings/ }).click();
  await expect(page.getByText(/“target” isn't defined\. It stands in/)).toBeVisible();
});

test("a matrix without wording gets the standard one in one step, which one undo takes out, and a party its legal details", async ({
  page,
  app,
}) => {
  await createEngagement(page, app, "Ashdown", "Merrow IT", "gov");
  await tab(page, "Wording").click();
  for (const list of ["Clauses", "Defined terms"]) {
    const names = page.getByRole("list", { name: list }).getByRole("listitem").locator("button:not([aria-haspopup])");
    await expect(names.first()).toBeVisible();
    for (let left = await names.count(); left > 0; left -= 1) {
      await names.first().press("Delete");
      await expect(names).toHaveCount(left - 1);
    }
  }
  await expectAccessible(page);
  const put = page.getByRole("button", { name: "Put the standard clauses in" });
  await put.press("Enter");
  await expect(titles(page)).toHaveCount(9);
  await page.keyboard.press("Control+z");
  await expect(put).toBeVisible();

  await tab(page, "Parties and roles").click();
  const client = page.getByRole("region", { name: "Client: Ashdown" });
  await client.locator("summary").press("Enter");
  await client.getByLabel("Legal name").fill("Ashdown Bakeries Limited");
  await client.getByLabel("Address").fill("12 Mill Lane\nAshdown");
  await page.keyboard.press("Control+Enter");
  await expect(client.getByText("Ashdown Bakeries Limited, 12 Mill Lane, Ashdown")).toBeVisible();
  await expectAccessible(page);
  await saved(page);
  await page.reload();
  await expect(client.getByText("Ashdown Bakeries Limited, 12 Mill Lane, Ashdown")).toBeVisible();
});
