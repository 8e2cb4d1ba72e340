import path from "node:path";
import type { Page } from "@playwright/test";
import { createEngagement, expect, expectAccessible, OWNER, test } from "./app";

// What other files made is not among what these count.
test.use({ alone: "organisation" });

// The second goes on with the organisation of the first.
test.describe.configure({ mode: "serial" });

/** Nothing for axe to find and nothing wider than the window, on a desk and on a phone. With PICTURES, a folder, a picture of each in each theme. */
async function lookAt(page: Page, name: string): Promise<void> {
  for (const [device, size] of [
    ["desk", { width: 1440, height: 900 }],
    ["phone", { width: 390, height: 844 }],
  ] as const) {
    await page.setViewportSize(size);
    await expectAccessible(page);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      `${name} on a ${device}`,
    ).toBeLessThanOrEqual(0);
    for (const colorScheme of process.env.PICTURES ? (["light", "dark"] as const) : []) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(process.env.PICTURES ?? "", `${name}-${device}-${colorScheme}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
}

const partOf = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Parts of the organisation" }).getByRole("link", { name });

test("a provider sets up its organisation, lets a colleague in, says which client they see, and starts the next from a preset", async ({
  page,
  browser,
  app,
}) => {
  test.setTimeout(240_000);
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const board = page.url();

  await page.getByRole("button", { name: `Account: ${OWNER.name}` }).press("Enter");
  await page.getByRole("menuitem", { name: "Organisation" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Set up your organisation" })).toBeVisible();
  await lookAt(page, "set-up");
  await page.getByRole("button", { name: "Set it up" }).click();
  await expect(page.getByText("The organisation's name is empty.")).toBeVisible();
  await expect(page.getByLabel("Name of the organisation")).toBeFocused();
  await page.keyboard.type("Harbour IT");
  await page.keyboard.press("Enter");
  await expect(
    page.getByText("Harbour IT is set up, and you are its owner. One engagement of yours is its client now."),
  ).toBeVisible();

  // A colleague, in a browser of their own.
  await partOf(page, "People").click();
  await page.getByLabel("Invite a colleague by e-mail").fill("sam.okoro@harbour.example");
  await page.keyboard.press("Enter");
  const link = await page.getByLabel("Link to hand over").inputValue();
  await lookAt(page, "people-waiting");
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    viewport: { width: 1440, height: 900 },
  });
  const sam = await context.newPage();
  await sam.goto(link);
  await expect(sam.getByText("Member: sees the clients they were given access to")).toBeVisible();
  await lookAt(sam, "invitation");
  await sam.getByLabel("Your name").fill("Sam Okoro");
  await sam.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await sam.getByRole("button", { name: "Create the account and accept" }).click();
  await expect(sam.getByRole("heading", { name: "Harbour IT" })).toBeVisible();
  await expect(sam.getByText("No clients yet")).toBeVisible();
  await lookAt(sam, "clients-none");

  // Which client they see, by keyboard alone.
  await partOf(page, "Clients").click();
  await page.getByRole("link", { name: "Change who sees Northwind" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Who of your people sees Northwind" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Change who sees Northwind" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByLabel("Access of Sam Okoro", { exact: true }).selectOption({ label: "Editor" });
  await page.getByRole("button", { name: "Save access of Sam Okoro" }).press("Enter");
  await expect(page.getByText("Sam Okoro is an editor for Northwind now.")).toBeVisible();
  await lookAt(page, "clients-open");
  await sam.reload();
  await sam.getByRole("link", { name: "Northwind" }).click();
  await expect(sam.getByRole("region", { name: /^Unassigned, / })).toBeVisible();

  // What worked here begins the next one.
  await sam.goto(sam.url().replace(/\/board.*/, "/matrices"));
  await sam.getByRole("button", { name: "Save as preset" }).press("Enter");
  await expect(sam.getByLabel("Name", { exact: true })).toBeFocused();
  await sam.keyboard.press("Enter");
  await expect(sam.getByText("The preset's name is empty.")).toBeVisible();
  await sam.keyboard.type("Manufacturing, two sites");
  await sam.getByLabel("What it is for (optional)").fill("Internal IT on site, everything else with us.");
  await lookAt(sam, "save-as-preset");
  await sam.getByRole("button", { name: "Save preset" }).click();
  await expect(sam.getByText("“Manufacturing, two sites” is among the presets of Harbour IT now.")).toBeVisible();
  await sam.goto(`${app.url}/engagements/new`);
  await expect(sam.getByLabel("Provider", { exact: true })).toHaveValue("Harbour IT");
  await sam.getByLabel("Client", { exact: true }).fill("Contoso");
  await sam.getByRole("radio", { name: "Manufacturing, two sites" }).check();
  await lookAt(sam, "new-engagement");
  await sam.getByRole("button", { name: "Create engagement" }).click();
  await expect(sam.getByRole("region", { name: /^Contoso, \d+ dut/ })).toBeVisible();

  await partOf(page, "Clients").click();
  await lookAt(page, "clients");
  await expect(page.getByRole("rowheader")).toHaveText(["Contoso", "Northwind"]);
  await page.getByLabel("Filter clients by name").fill("north");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("rowheader")).toHaveText(["Northwind"]);

  await partOf(page, "Presets").click();
  await page.getByRole("link", { name: "Rename Manufacturing, two sites" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Manufacturing");
  await lookAt(page, "presets-rename");
  await page.getByLabel("Name", { exact: true }).press("Enter");
  await expect(page.getByText("“Manufacturing” is saved.")).toBeVisible();
  await page.getByRole("link", { name: "Delete Manufacturing" }).click();
  await lookAt(page, "presets-delete");
  await page.getByRole("button", { name: "Delete it" }).click();
  await expect(page.getByText("No presets yet")).toBeVisible();
  await lookAt(page, "presets-none");

  // The last owner of a client's side can't be removed before somebody else is one.
  await partOf(page, "People").click();
  await page.getByRole("link", { name: "Remove Sam Okoro" }).click();
  await expect(page.getByText("Sam Okoro is the last owner of the provider's side for Contoso.")).toBeVisible();
  await lookAt(page, "people-refused");
  await partOf(page, "Clients").click();
  await page.getByRole("link", { name: "Change who sees Contoso" }).click();
  await page.getByLabel(`Access of ${OWNER.name}`, { exact: true }).selectOption({ label: "Owner" });
  await page.getByRole("button", { name: `Save access of ${OWNER.name}` }).click();
  await expect(page.getByText(`${OWNER.name} is an owner for Contoso now.`)).toBeVisible();
  await partOf(page, "People").click();
  await page.getByRole("link", { name: "Remove Sam Okoro" }).click();
  await lookAt(page, "people-remove");
  await page.getByRole("button", { name: "Remove Sam Okoro" }).click();
  await expect(
    page.getByText("Sam Okoro doesn't belong to Harbour IT any more, and has no access to 2 clients any more."),
  ).toBeVisible();
  await expect(page.getByText("Sam Okoro", { exact: true })).toHaveCount(0);
  await sam.goto(board);
  await expect(sam.getByText("There is no such matrix, or it isn't shared with you.")).toBeVisible();
  await context.close();
});

test("without script, an organisation is set up, its people invited and removed, and access given", async ({
  browser,
  app,
}) => {
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: app.owner });
  const page = await plain.newPage();
  await page.goto(`${app.url}/organisation`);
  await partOf(page, "People").click();
  await page.getByLabel("Invite a colleague by e-mail").fill("nobody");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("This is not an e-mail address.")).toBeVisible();
  await page.getByLabel("Invite a colleague by e-mail").fill("lena@harbour.example");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("lena@harbour.example is invited.")).toBeVisible();
  await page.getByRole("button", { name: "Take back the invitation for lena@harbour.example" }).click();
  await expect(page.getByText("The invitation for lena@harbour.example is taken back.")).toBeVisible();
  await partOf(page, "Clients").click();
  await page.getByRole("link", { name: "Change who sees Northwind" }).click();
  await page.getByLabel(`Access of ${OWNER.name}`, { exact: true }).selectOption({ label: "Viewer" });
  await page.getByRole("button", { name: `Save access of ${OWNER.name}` }).click();
  await expect(
    page.getByText("Each side keeps at least one owner. Make somebody else of this side an owner first."),
  ).toBeVisible();
  await plain.close();
});
