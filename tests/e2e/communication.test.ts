import type { Page } from "@playwright/test";
import { alive, createEngagement, expect, expectAccessible, letIn, saved, test } from "./app";

const tab = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const conversations = (page: Page) => page.getByRole("list", { name: "Conversations" });
const names = (page: Page) => conversations(page).getByRole("listitem").locator("button:not([aria-haspopup])");

test("the communication plan starts from five conversations, is edited by keys, undone and kept, and shows who speaks with whom", async ({
  page,
  app,
}) => {
  await createEngagement(page, app, "Ashdown", "Merrow IT", "gov");
  await tab(page, "Communication").click();
  await expect(page.getByText("No conversation is agreed yet.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Start from five conversations" }).press("Enter");
  await expect(names(page)).toHaveText([
    "Weekly operations",
    "Monthly service review",
    "Quarterly business review",
    "Roadmap",
    "Security",
  ]);
  await expect(
    page.getByRole("table").getByRole("row", { name: /IT team.*Service desk.*Weekly operations/ }),
  ).toBeVisible();
  await expectAccessible(page);

  // by keys: moved with the focus, opened, written in, closed
  const review = page.getByRole("button", { name: "Monthly service review", exact: true });
  await review.focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(names(page).first()).toHaveText("Monthly service review");
  await expect(review).toBeFocused();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page.getByText("It is the first already.")).toBeVisible();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Monthly service review" });
  await dialog.getByLabel("How often").fill("Every second Tuesday");
  await dialog.getByLabel("How often").press("Enter");
  await dialog.getByLabel("What the client may not share").fill("Wages");
  await dialog.getByLabel("For the provider").selectOption({ label: "Engineer" });
  await expect(dialog.getByLabel("Led by")).toHaveValue("engineer");
  await expectAccessible(page);

  // a name that is refused says so beside it, and the window doesn't close over it
  await dialog.getByLabel("Name").fill("");
  await dialog.getByRole("button", { name: "Done", exact: true }).click();
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await expect(dialog.getByText(/The conversation’s name|The conversation's name/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog.getByLabel("Name")).toHaveValue("Monthly service review");
  await dialog.getByRole("button", { name: "Done", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(review).toBeFocused();
  await expect(conversations(page).getByText("Every second Tuesday")).toBeVisible();

  // deleted and brought back, where it stood
  await page.keyboard.press("Delete");
  await expect(review).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect(names(page).first()).toHaveText("Monthly service review");
  await page.getByRole("button", { name: "More for the conversation Roadmap" }).click();
  await page.getByRole("menuitem", { name: "Copy" }).click();
  await expect(names(page).nth(4)).toHaveText("Roadmap, copy");
  await page.getByLabel("New conversation").fill("Projects");
  await page.getByLabel("New conversation").press("Enter");
  await page.getByRole("dialog", { name: "Projects" }).getByRole("button", { name: "Done", exact: true }).click();
  await saved(page);
  await page.reload();
  await alive(page);
  await expect(names(page)).toHaveText([
    "Monthly service review",
    "Weekly operations",
    "Quarterly business review",
    "Roadmap",
    "Roadmap, copy",
    "Security",
    "Projects",
  ]);

  // what is missing is found, and its way out leads here
  await tab(page, "Findings")
    .or(page.getByRole("link", { name: /^Findings/ }))
    .first()
    .click();
  await page
    .getByRole("listitem")
    .filter({ hasText: "Nobody speaks for Ashdown and Merrow IT in Projects." })
    .getByRole("link", { name: "Open communication" })
    .click();
  await expect(page.getByRole("heading", { name: "Communication", exact: true })).toBeVisible();
});

test("authority and hours are agreed on one page, refuse what isn't an amount or a time beside the field, and go into what is published", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Ashdown", "Merrow IT", "gov");
  const matrix = page.url().replace(/\/board.*/, "");
  await tab(page, "Authority").click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Start from usual authorities" }).click();
  await page.getByRole("button", { name: "Start from usual actions" }).click();

  await page.getByRole("button", { name: "Order equipment and licences", exact: true }).click();
  let dialog = page.getByRole("dialog");
  await dialog.getByLabel("Up to").fill("five");
  await dialog.getByLabel("Condition").focus();
  await expect(dialog.getByText("Write a whole amount, such as 5000, or leave it empty.")).toBeVisible();
  await dialog.getByLabel("Up to").fill("5,000");
  await dialog.getByLabel("Condition").focus();
  await expect(dialog.getByText("Add its currency in three letters, as in EUR.")).toBeVisible();
  await dialog.getByLabel("Currency").fill("gbp");
  await dialog.getByRole("button", { name: "Done", exact: true }).click();
  await expect(page.getByRole("list", { name: "Who may approve what" }).getByText(/^5\s000 GBP$/)).toBeVisible();

  await page.getByLabel("New system off limits").fill("Oven controllers");
  await page.getByLabel("New system off limits").press("Enter");
  await page.getByRole("dialog").getByLabel("Reason").fill("A stop spoils the bread.");
  await page.getByRole("dialog").getByRole("button", { name: "Done", exact: true }).click();

  await page.getByRole("button", { name: "Agree the hours of Ashdown" }).click();
  dialog = page.getByRole("dialog", { name: "Working hours of Ashdown" });
  await dialog.getByLabel("Time zone").fill("Europe/Londn");
  await dialog.getByLabel("Saturday").fill("7-13");
  await expect(dialog.getByText(/Europe\/Londn/)).toBeVisible();
  await dialog.getByLabel("Time zone").fill("Europe/London");
  await dialog.getByLabel("Sunday").fill("9-25");
  await dialog.getByLabel("Day", { exact: true }).focus();
  await expect(dialog.getByLabel("Sunday")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Sunday").fill("");
  await dialog.getByRole("button", { name: "Add holiday" }).click();
  await expect(dialog.getByText("Choose a day first.")).toBeVisible();
  await dialog.getByLabel("Day", { exact: true }).fill("2026-12-25");
  await dialog.getByLabel("Holiday", { exact: true }).fill("Christmas Day");
  await dialog.getByLabel("Holiday", { exact: true }).press("Enter");
  await expect(dialog.getByRole("button", { name: "Take 25 Dec 2026 out" })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Done", exact: true }).click();
  await expect(page.getByRole("region", { name: "Working hours of Ashdown" })).toContainText("Saturday07:00 to 13:00");

  await page.getByRole("button", { name: "Add time off duty" }).click();
  await expect(page.getByText("Choose a role first.")).toBeVisible();
  await page.getByLabel("Role of a new time off duty").selectOption({ label: "IT team" });
  await page.getByRole("button", { name: "Add time off duty" }).click();
  await page.getByRole("dialog").getByLabel("Sunday").fill("00:00 to 24:00");
  await page.getByRole("dialog").getByRole("button", { name: "Done", exact: true }).click();
  await expect(page.getByRole("list", { name: "Times off duty" })).toContainText("Sunday 00:00 to 24:00");
  await expectAccessible(page);
  await page.goto(`${matrix}/communication`);
  await alive(page);
  await page.getByRole("button", { name: "Start from five conversations" }).click();
  await saved(page);

  // a viewer reads all of it, and is offered nothing that changes it
  const viewer = await letIn(page, browser, { name: "Vera", side: "Merrow IT", permission: "Viewer" });
  await viewer.goto(`${matrix}/authority`);
  await alive(viewer);
  await expect(viewer.getByText("Oven controllers", { exact: true })).toBeVisible();
  await expect(viewer.getByRole("button", { name: /^(Add|Edit|Delete|More for)/ })).toHaveCount(0);
  await viewer.getByRole("button", { name: "Open the hours of Ashdown" }).click();
  await expect(viewer.getByRole("dialog").getByText("Christmas Day")).toBeVisible();
  await expect(viewer.getByRole("dialog").getByRole("textbox")).toHaveCount(0);
  await viewer.goto(`${matrix}/communication`);
  await alive(viewer);
  await viewer.getByRole("button", { name: "Weekly operations", exact: true }).press("Delete");
  await viewer.getByRole("button", { name: "Weekly operations", exact: true }).click();
  await expect(viewer.getByRole("dialog").getByText("Open tickets older than a week")).toBeVisible();
  await expectAccessible(viewer);
  await viewer.context().close();

  await page.goto(`${matrix}/publish`);
  await alive(page);
  await page.getByLabel("Reason for this version").fill("First agreed split");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("heading", { name: /Version 1/ }).first()).toBeVisible();
  const text = await (await page.request.get(`${matrix}/versions/1/export/md`)).text();
  for (const words of [
    "Who may approve what",
    "GBP",
    "Oven controllers",
    "Christmas Day",
    "Call first",
    "Communication plan",
    "Open tickets older than a week",
    "Times off duty",
  ])
    expect(text).toContain(words);

  // on a phone
  await page.setViewportSize({ width: 390, height: 844 });
  for (const at of ["communication", "authority"]) {
    await page.goto(`${matrix}/${at}`);
    await alive(page);
    expect(await page.evaluate(() => document.querySelector("main")?.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  }
});
