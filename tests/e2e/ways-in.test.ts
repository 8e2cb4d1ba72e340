import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { partsOf } from "../support/mail-server";
import { createEngagement, expect, expectAccessible, letIn, OWNER, test } from "./app";

/** The newest message to an address, once the folder that stands in for a mail server has it. */
async function kept(outbox: string, address: string, subject: string): Promise<string> {
  const find = () =>
    readdirSync(outbox)
      .map((name) => readFileSync(path.join(outbox, name), "utf8"))
      .find((raw) => raw.includes(`To: ${address}`) && raw.includes(`Subject: ${subject}`));
  await expect.poll(find, { timeout: 20_000 }).toBeTruthy();
  return partsOf(find() ?? "").body;
}

/** Nothing for axe to find and nothing wider than the window. With PICTURES, a folder, a picture of each size and theme. */
async function looksRight(page: Page, name: string): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    for (const colorScheme of process.env.PICTURES ? (["dark", "light"] as const) : []) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(process.env.PICTURES ?? "", `${name}-${width}-${colorScheme}.png`) });
    }
  }
}

test("the first link to an address says what opened the account before, and an owner signs somebody out by keyboard", async ({
  page,
  app,
  browser,
}) => {
  test.slow();
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const email = "sam.okoro@harbour.example";
  const opened = await letIn(page, browser, { name: "Sam Okoro", email, permission: "Editor", side: "Harbour IT" });

  // Whoever has the address asks for a link: the account was opened by a link shown on screen.
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const theirs = await context.newPage();
  await theirs.goto(`${app.url}/sign-in/by-mail`);
  await theirs.getByLabel("E-mail", { exact: true }).fill(email);
  await theirs.getByRole("button", { name: "Make the link" }).click();
  await expect(theirs.getByRole("button", { name: "Make the link" })).toBeHidden();
  await theirs.goto(
    /http:\S+\/sign-in\/link\?token=\w+/.exec(await kept(app.outbox, email, "Sign in to Demarc"))?.[0] ?? "",
  );
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(
    theirs.getByText("Your address is confirmed: the link that was made for it signed you in."),
  ).toBeVisible();
  await expect(theirs.getByText("If you didn't set it, choose a new one: that ends every session.")).toBeVisible();
  await expect(theirs.getByText("by a link, since")).toBeVisible();
  await expect(theirs.getByText("by password, since")).toBeVisible();
  await looksRight(theirs, "email-confirmed");
  expect(await kept(app.outbox, email, "Your address for Demarc is confirmed")).toContain("choose a new password");
  await opened.reload();
  await expect(opened.getByRole("region", { name: /^Unassigned, / })).toBeVisible();

  await page.goto(page.url().replace(/\/board.*/, "/access"));
  const more = page.getByRole("button", { name: "Change access of Sam Okoro" });
  await expect(more).toBeEnabled();
  await more.click();
  await expectAccessible(page);
  await page.getByRole("menuitem", { name: "Sign them out…" }).press("Enter");
  await expect(page.getByRole("dialog", { name: "Sign Sam Okoro out" })).toBeVisible();
  await looksRight(page, "sign-out-dialog");
  await page.keyboard.press("Escape");
  await opened.reload();
  await expect(opened.getByRole("region", { name: /^Unassigned, / })).toBeVisible();
  await more.press("Enter");
  await page.getByRole("menuitem", { name: "Sign them out…" }).press("Enter");
  await page.getByRole("button", { name: "Sign them out" }).press("Enter");
  await expect(
    page.getByText("Sam Okoro is signed out everywhere. No mail is sent from here, so tell them yourself."),
  ).toBeVisible();
  await looksRight(page, "signed-out");
  for (const signedOut of [opened, theirs]) {
    await signedOut.reload();
    await expect(signedOut.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  }
  expect(await kept(app.outbox, email, "You were signed out of Demarc")).toContain(OWNER.name);
  await page.getByRole("link", { name: "The record" }).click();
  await expect(page.getByText("Ended every session of Sam Okoro.")).toBeVisible();
});
