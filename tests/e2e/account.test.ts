import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { CLIENT_SECRET, startDirectory, type Directory } from "../support/directory";
import { partsOf, startMailServer, type MailServer } from "../support/mail-server";
import { codeOf } from "../support/totp";
import { createEngagement, expect, expectAccessible, OWNER, setUp, startApp, test as base, type Owned } from "./app";

type World = { mail: MailServer; directory: Directory };

/** The application with a mail server and a directory, both in processes or servers of their own. */
const test = base.extend<object, { world: World; app: Owned }>({
  world: [
    async ({}, use) => {
      const mail = await startMailServer();
      const directory = await startDirectory([`http://localhost:${PORT}/auth/callback/northwind`]);
      await use({ mail, directory });
      await mail.stop();
      await directory.stop();
    },
    { scope: "worker" },
  ],
  app: [
    async ({ browser, world }, use) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-e2e-"));
      const app = await startApp(folder, PORT, {
        SMTP_URL: world.mail.url,
        MAIL_FROM: "Demarc <demarc@example.com>",
        OIDC_NORTHWIND_ISSUER: world.directory.issuer,
        OIDC_NORTHWIND_CLIENT_ID: "northwind",
        OIDC_NORTHWIND_CLIENT_SECRET: CLIENT_SECRET,
        OIDC_NORTHWIND_LABEL: "Northwind’s directory",
      });
      await use({ ...app, owner: await setUp(browser, app.url), outbox: path.join(folder, "outbox") });
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  storageState: async ({}, provide) => provide({ cookies: [], origins: [] }),
});

// A directory knows beforehand where it sends people back to.
const PORT = 20_000 + (process.pid % 10_000);
const NEW_PASSWORD = "five other words go here";
let password = OWNER.password;

async function signIn(page: Page, url: string, typed = password): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("E-mail", { exact: true }).fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(typed);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const signedIn = (page: Page) => expect(page.getByRole("button", { name: `Account: ${OWNER.name}` })).toBeVisible();

/** The link of the newest mail to the owner, once it has arrived. */
async function mailedLink({ mail }: World, pattern: RegExp): Promise<string> {
  const find = () => mail.received.flatMap(({ raw }) => pattern.exec(partsOf(raw).body) ?? []).at(-1);
  await expect.poll(find, { timeout: 20_000 }).toBeTruthy();
  const link = find() ?? "";
  mail.received.length = 0;
  return link;
}

/** Nothing for axe to find and nothing wider than the window, on a desk and on a phone. With PICTURES, a folder, a picture of each in each theme. */
async function looksRight(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    for (const colorScheme of process.env.PICTURES ? (["dark", "light"] as const) : []) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({
        path: path.join(process.env.PICTURES ?? "", `${name}-${width}-${colorScheme}.png`),
        fullPage: true,
      });
    }
  }
  if (size) await page.setViewportSize(size);
}

test("a wrong password is said in the form, the right one leads on to where somebody was going", async ({
  page,
  app,
}) => {
  await page.goto(`${app.url}/engagements/new?start=blank`);
  await expect(page.getByText("Sign in to go on where you were.")).toBeVisible();
  await looksRight(page, "sign-in");
  // By keyboard alone: the first field has the focus, and Enter sends.
  await page.keyboard.type(OWNER.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type("something else entirely");
  await page.keyboard.press("Enter");
  await expect(page.getByText("The e-mail address or the password is not right.")).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await looksRight(page, "sign-in-wrong");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/engagements\/new\?start=blank$/);
});

test("forms tell a password manager what they hold", async ({ page, app }) => {
  const filled = () =>
    page
      .locator("input:not([type=hidden])")
      .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).autocomplete));
  await page.goto(`${app.url}/sign-in`);
  expect(await filled()).toEqual(["username", "current-password"]);
  await page.goto(`${app.url}/reset-password?token=x`);
  expect(await filled()).toEqual(["new-password"]);
  await signIn(page, app.url);
  await signedIn(page);
  await page.goto(`${app.url}/account`);
  expect(await filled()).toEqual([
    "name",
    "username",
    "email",
    "current-password",
    "username",
    "current-password",
    "new-password",
    "username",
    "off",
    "current-password",
  ]);
});

test("a link by e-mail signs in with one press, and the answer tells nobody who has an account", async ({
  page,
  app,
  world,
}) => {
  await page.goto(`${app.url}/sign-in`);
  await page.getByRole("link", { name: "Sign in with a link" }).click();
  await expect(page.getByRole("heading", { name: "A link by e-mail" })).toBeVisible();
  await page.getByLabel("E-mail", { exact: true }).fill("nobody@northwind.example");
  await looksRight(page, "by-mail");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("If nobody@northwind.example has an account, a mail is on its way there.")).toBeVisible();
  await looksRight(page, "by-mail-sent");
  await page.goto(`${app.url}/sign-in/by-mail`);
  await page.getByLabel("E-mail", { exact: true }).fill(OWNER.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(`If ${OWNER.email} has an account, a mail is on its way there.`)).toBeVisible();
  const link = await mailedLink(world, /http:\S+\/sign-in\/link\?token=\w+/);
  // A program that looks through mail opens it first.
  expect((await fetch(link)).status).toBe(200);
  await page.goto(link);
  await looksRight(page, "open-link");
  await page.keyboard.press("Enter");
  await signedIn(page);
  await page.context().clearCookies();
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("This link doesn't sign in any more")).toBeVisible();
  await looksRight(page, "open-link-over");
});

test("a forgotten password is replaced by the link of a mail", async ({ page, app, world }) => {
  await page.goto(`${app.url}/sign-in`);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await page.getByLabel("E-mail", { exact: true }).fill(OWNER.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(/a mail is on its way/)).toBeVisible();
  await page.goto(await mailedLink(world, /http:\S+\/reset-password\?token=\w+/));
  await page.getByLabel("New password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("The password has 5 characters.")).toBeVisible();
  await looksRight(page, "reset-password");
  await page.getByLabel("New password", { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("Your new password is set")).toBeVisible();
  password = NEW_PASSWORD;
  await signIn(page, app.url);
  await signedIn(page);
});

test("a directory signs in, and says in a sentence why not", async ({ page, app, world }) => {
  await world.directory.says({ sub: "maya", claims: { email: OWNER.email, email_verified: false } });
  await page.goto(`${app.url}/sign-in?next=%2Faccount`);
  await page.getByRole("link", { name: "Sign in with Northwind’s directory" }).click();
  await expect(page.getByText("Northwind’s directory doesn't say that your e-mail address is verified.")).toBeVisible();
  await looksRight(page, "refused");
  await world.directory.says({ sub: "maya", claims: { email: OWNER.email, email_verified: true, name: OWNER.name } });
  await page.goto(`${app.url}/sign-in?next=%2Faccount`);
  await page.getByRole("link", { name: "Sign in with Northwind’s directory" }).click();
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  await expect(page.getByText("You also sign in with Northwind’s directory.")).toBeVisible();
  await expect(page.getByText("by directory, since")).toBeVisible();
});

test("an invitation leads through a directory and back, and an account goes once nobody depends on it", async ({
  page,
  app,
  world,
  browser,
}) => {
  test.slow();
  await signIn(page, app.url);
  await signedIn(page);
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  await page.goto(page.url().replace(/\/board.*/, "/access"));

  async function invited(side: RegExp, email: string, name: string) {
    const panel = page.getByRole("region", { name: side });
    await panel.getByLabel("E-mail").fill(email);
    await panel.getByRole("button", { name: "Invite" }).click();
    const link = await mailedLink(world, /http:\S+\/invitations\/[\w-]+/);
    const theirs = await (await browser.newContext()).newPage();
    await theirs.goto(link);
    await expect(theirs.getByRole("link", { name: "Go on with Northwind’s directory" })).toBeVisible();
    if (name === "Sam Okafor") await looksRight(theirs, "invitation");
    await world.directory.says({ sub: email, claims: { email, email_verified: true, name } });
    await theirs.getByRole("link", { name: "Go on with Northwind’s directory" }).click();
    await theirs.getByRole("button", { name: "Accept" }).click();
    await expect(theirs.getByRole("button", { name: `Account: ${name}` })).toBeVisible();
    await theirs.goto(`${app.url}/account`);
    await expect(theirs.getByText("Your directory looks after it.")).toBeVisible();
    if (name === "Sam Okafor") await looksRight(theirs, "account-directory");
    await theirs.getByRole("button", { name: "Delete the account…" }).click();
    await theirs.getByRole("button", { name: "Delete the account for good" }).click();
    return theirs;
  }

  const first = await invited(/^Northwind/, "sam@northwind.example", "Sam Okafor");
  await expect(
    first.getByRole("alert").filter({ hasText: "You are the last owner of your side in “Northwind and Harbour IT”." }),
  ).toBeFocused();
  await first.context().close();
  const second = await invited(/^Harbour IT/, "lee@harbour.example", "Lee Vance");
  await expect(second.getByText("Your account is deleted.")).toBeVisible();
  await second.context().close();
});

test("a second factor is set up, asked for, and leads into an engagement that asks for one", async ({
  page,
  app,
  browser,
}) => {
  test.slow();
  await signIn(page, app.url);
  await signedIn(page);
  await createEngagement(page, app, "Southwind", "Harbour IT", "net");
  const board = page.url();
  await page.goto(`${app.url}/account`);
  await page.getByRole("link", { name: "Set up a second factor" }).click();
  await looksRight(page, "two-factor-begin");
  await page.getByLabel("Your password").fill("not the password");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Go on" }).click();
  const secret = ((await page.locator("code").textContent()) ?? "").replaceAll(" ", "");
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("Check the clock of your phone")).toBeVisible();
  expect(((await page.locator("code").textContent()) ?? "").replaceAll(" ", "")).toBe(secret);
  await looksRight(page, "two-factor-set-up");
  await page.getByLabel("Code", { exact: true }).fill(codeOf(secret));
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("The second factor is on, and every other session has ended.")).toBeVisible();
  await looksRight(page, "recovery-codes");
  const codes = await page.locator("ul li").allTextContents();
  expect(codes).toHaveLength(10);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("demarc-recovery-codes.txt");
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.getByText("On. After your password we ask for a code")).toBeVisible();
  await page.goto(board.replace(/\/board.*/, "/access"));
  await page.getByRole("button", { name: "Ask everybody for it" }).click();
  await expect(page.getByText("Everybody needs a second factor here now.")).toBeVisible();
  await page.goto(`${app.url}/account/two-factor`);
  await looksRight(page, "two-factor-on");

  const other = await browser.newContext();
  const phone = await other.newPage();
  await signIn(phone, app.url);
  await expect(phone.getByRole("heading", { name: "Second factor" })).toBeVisible();
  expect(
    await phone
      .getByLabel("Code", { exact: true })
      .evaluate((field) => [(field as HTMLInputElement).autocomplete, (field as HTMLInputElement).inputMode]),
  ).toEqual(["one-time-code", "numeric"]);
  await phone.keyboard.type("000000");
  await phone.keyboard.press("Enter");
  await expect(phone.getByText("This code is not right. Check the clock of your phone")).toBeVisible();
  await looksRight(phone, "second-factor");
  await phone.getByRole("link", { name: "Use a recovery code" }).click();
  await looksRight(phone, "second-factor-recovery");
  await phone.getByLabel("Recovery code").fill(codes[0] ?? "");
  await phone.getByRole("button", { name: "Sign in" }).click();
  await signedIn(phone);
  await phone.goto(board);
  await expect(phone.getByRole("region", { name: /^Unassigned, / })).toBeVisible();
  await other.close();

  await page.goto(`${app.url}/account/two-factor`);
  const off = page.getByRole("region", { name: "Turn it off" });
  await off.getByLabel("Your password").fill(password);
  await off.getByLabel("Code or recovery code").fill(codes[1] ?? "");
  await off.getByRole("button", { name: "Turn the second factor off" }).click();
  await expect(page.getByText("The second factor is off.")).toBeVisible();
  await page.goto(board);
  await expect(page.getByText("This engagement asks for a second factor.")).toBeVisible();
  await looksRight(page, "asks-for-second-factor");
  await page.getByRole("link", { name: "Go to your account" }).click();
  await expect(page.getByRole("heading", { name: "Second factor" })).toBeInViewport();
});

test("sessions are seen and ended, and what is kept can be taken along", async ({ page, app, browser }) => {
  await signIn(page, app.url);
  await signedIn(page);
  const other = await browser.newContext({
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
  });
  const phone = await other.newPage();
  await signIn(phone, app.url);
  await signedIn(phone);
  await page.goto(`${app.url}/account`);
  const sessions = page.getByRole("region", { name: "Sessions" });
  await expect(sessions.getByRole("listitem").first()).toContainText("this one");
  await looksRight(page, "account");
  await sessions.getByRole("button", { name: /^End Safari on iPhone/ }).click();
  await expect(page.getByText("The session has ended.")).toBeVisible();
  await phone.reload();
  await expect(phone.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await other.close();
  await page.getByLabel("Your name").fill("Maya L.");
  await page.getByRole("button", { name: "Change the name" }).click();
  await expect(page.getByText("Your name is changed.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Account: Maya L." })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download as JSON" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("demarc-my-data.json");
  // The installation stands in this name, so the account can only be handed on.
  await expect(page.getByRole("button", { name: "Delete the account…" })).toHaveCount(0);
  const data = page.getByRole("region", { name: "Your data" });
  await data.getByLabel("Hand it over to").fill("nobody@northwind.example");
  await data.getByLabel("Your password").fill(password);
  await data.getByRole("button", { name: "Hand over" }).click();
  await expect(data.getByText("Nobody you share an engagement with has this address.")).toBeVisible();
  await looksRight(page, "account-stays");
});
