import type { Browser, Page } from "@playwright/test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { alive, atRest, cardOf, createEngagement, expect, letIn, setUp, startApp, test, type App } from "./app";
import { answer, aPhone, PHONE } from "./workshop-led";

test.describe.configure({ timeout: 300_000 });

const CLIENT = "Halden Foods";
const PROVIDER = "Tarnbrook IT";
const PROJECTOR = { width: 1920, height: 1080 };

/** Prepares a workshop about five duties, and gives their texts and the link by which people join. */
async function prepare(page: Page): Promise<{ duties: string[]; link: string }> {
  await page.getByRole("link", { name: "Workshops" }).click();
  await page.getByLabel("Name of the workshop").fill("Onboarding workshop");
  await page.getByRole("button", { name: "Prepare the first workshop" }).click();
  await page.waitForURL(/\/workshops\/.+/);
  await alive(page);
  const duties: string[] = [];
  for (let n = 1; n <= 5; n++) {
    const box = page.getByRole("checkbox", { name: new RegExp(`IAM-0${n}`) });
    await box.check();
    duties.push((await page.locator("label", { has: box }).locator("bdi").textContent()) ?? "");
  }
  await expect(page.getByText("Plan saved", { exact: true })).toBeVisible();
  await page
    .getByRole("main")
    .getByText(/^People/)
    .click();
  return { duties, link: await page.getByLabel("Link to hand over").inputValue() };
}

/** A host comes in on a phone and takes the seat of their party. */
async function takeSeat(phone: Page, workshop: string, party: string): Promise<void> {
  await phone.setViewportSize(PHONE);
  await phone.goto(workshop);
  await alive(phone);
  await phone.getByRole("button", { name: "Come in" }).click();
  await phone.getByRole("link", { name: "Room" }).click();
  await phone.getByRole("button", { name: `Speak for ${party}` }).click();
  await expect(phone.getByText(`Speaks for ${party}`)).toBeVisible();
  await phone.getByRole("link", { name: "Now" }).click();
}

/** A guest says who they are at the door. */
async function atTheDoor(phone: Page, name: string, party: string, email = ""): Promise<void> {
  await phone.getByLabel("Your name").fill(name);
  await phone.getByRole("radio", { name: party }).check();
  await phone.getByLabel(/^E-mail/).fill(email);
  await phone.getByRole("button", { name: "Ask to come in" }).click();
  await expect(phone.getByRole("heading", { name: "Waiting to be let in" })).toBeVisible();
}

/** Seals who answers and who does it, with a reason. */
async function seal(phone: Page, answers: string, does: string, reason = ""): Promise<void> {
  await answer(phone, answers, does);
  await phone.getByLabel("A reason for the room").fill(reason);
  const button = phone.getByRole("button", { name: "Seal my answer" });
  await button.click();
  await expect(button).toHaveCount(0);
}

/** Takes the next step with Space. Right after a step it is taken for what stood there before, so that it comes later. */
async function nextStep(stage: Page): Promise<void> {
  await stage.waitForTimeout(700);
  await stage.keyboard.press("Space");
}

/** Chooses what an item is settled by. */
async function putOnTable(stage: Page, option: string): Promise<void> {
  await stage.keyboard.press(option);
  await expect(stage.getByRole("button", { name: /^Put it on the table/ })).toBeVisible();
  await nextStep(stage);
}

async function confirm(phone: Page, party: string): Promise<void> {
  await phone.getByRole("button", { name: `Confirm for ${party}` }).click();
}

/** The server is killed in the middle of things, and started again at the same address. */
async function killedAndStarted(app: App, folder: string): Promise<App> {
  await app.stop();
  return startApp(folder, Number(new URL(app.url).port));
}

async function signedInOwner(browser: Browser, app: App): Promise<Page> {
  const context = await browser.newContext({ storageState: await setUp(browser, app.url), viewport: PROJECTOR });
  return context.newPage();
}

test("a facilitator and four phones go through five duties, the server killed in between, to minutes, the board and a version", async ({
  browser,
}) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-workshop-"));
  let app = await startApp(folder);
  const stage = await signedInOwner(browser, app);
  await createEngagement(stage, app, CLIENT, PROVIDER, "iam");
  const board = stage.url();
  const daniel = await letIn(stage, browser, { name: "Daniel Okafor", side: CLIENT });
  const priya = await letIn(stage, browser, { name: "Priya Nair", side: PROVIDER });
  const { duties, link } = await prepare(stage);
  await stage.getByRole("link", { name: "Open the stage" }).click();
  await stage.waitForURL(/\/projector$/);
  await alive(stage);
  const workshop = stage.url().replace("/projector", "");

  // One guest comes by the link of the QR code before it begins, one by the digits once it is open.
  const luis = await aPhone(browser);
  await luis.goto(app.url + new URL(link).pathname);
  await atTheDoor(luis, "Luis Ortega", PROVIDER);
  await nextStep(stage);
  const digits = await stage
    .getByLabel(/^Digits to join/)
    .first()
    .textContent();
  const ruth = await aPhone(browser);
  await ruth.goto(`${app.url}/join`);
  await ruth.getByLabel("Six digits").fill(digits ?? "");
  await ruth.getByRole("button", { name: "Go on" }).click();
  await atTheDoor(ruth, "Ruth Brandt", CLIENT, "ruth@halden.example");
  await expect(stage.getByText("2 people wait to be let in.")).toBeVisible();
  await stage.keyboard.press("a");
  for (const guest of [ruth, luis])
    await expect(guest.getByRole("heading", { name: "Waiting to be let in" })).toHaveCount(0);
  await takeSeat(daniel, workshop, CLIENT);
  await takeSeat(priya, workshop, PROVIDER);
  const [leaver = "", second = "", third = "", fourth = "", fifth = ""] = duties;
  const title = (text: string) => stage.getByRole("heading", { level: 1, name: text });

  // 1. Both sides see it the same way.
  await nextStep(stage);
  await expect(title(leaver)).toBeVisible();
  for (const phone of [daniel, ruth, priya]) await seal(phone, CLIENT, CLIENT);
  await expect(stage.getByText("Luis Ortega has not sealed yet.", { exact: false })).toBeVisible();
  await seal(luis, CLIENT, CLIENT, "They know who starts on Monday.");
  await expect(stage.getByText(/^Agree/).first()).toBeVisible();
  await expect(ruth.getByText(/^Agree/).first()).toBeVisible();
  await putOnTable(stage, "1");
  await confirm(daniel, CLIENT);
  await expect(stage.getByText(`${CLIENT} confirmed`)).toBeVisible();
  await confirm(priya, PROVIDER);
  await expect(ruth.getByRole("heading", { name: "Agreed by both parties" })).toBeVisible();
  await nextStep(stage);

  // 2. A gap: each thinks the other owns it. Settled as shared, with the boundary in one line.
  await expect(title(second)).toBeVisible();
  for (const phone of [daniel, ruth]) await seal(phone, PROVIDER, PROVIDER, "We send the form, they close it.");
  for (const phone of [priya, luis]) await seal(phone, CLIENT, CLIENT, "We act when told.");
  await expect(stage.getByText(/^Gap/).first()).toBeVisible();
  await stage.keyboard.press("3");
  await expect(stage.getByLabel(/^Boundary/)).toBeFocused();
  await stage.keyboard.press("Control+a");
  await stage.keyboard.type("Halden starts the clock; Tarnbrook closes within the hour.");
  await stage.keyboard.press("Enter");
  await confirm(daniel, CLIENT);
  await confirm(priya, PROVIDER);
  await expect(luis.getByRole("heading", { name: "Agreed by both parties" })).toBeVisible();
  await nextStep(stage);

  // 3. An overlap. The server is killed while two of four have sealed, and nobody has to do anything again.
  await expect(title(third)).toBeVisible();
  await seal(ruth, CLIENT, CLIENT, "It has always been ours.");
  await seal(luis, PROVIDER, PROVIDER, "It is in the offer.");
  app = await killedAndStarted(app, folder);
  await expect(ruth.getByRole("heading", { name: "Sealed" })).toBeVisible();
  await ruth.reload();
  await expect(ruth.getByText("It has always been ours.")).toBeVisible();
  await seal(daniel, CLIENT, CLIENT);
  await seal(priya, PROVIDER, PROVIDER);
  await expect(stage.getByText(/^Overlap/).first()).toBeVisible();
  await putOnTable(stage, "2");
  await confirm(priya, PROVIDER);
  await confirm(daniel, CLIENT);
  await expect(ruth.getByRole("heading", { name: "Agreed by both parties" })).toBeVisible();
  await nextStep(stage);

  // 4. Parked, before everybody has sealed.
  await expect(title(fourth)).toBeVisible();
  await stage.keyboard.press("p");
  await stage.getByLabel("Who takes it up again").fill("Helen Marsh");
  await stage.keyboard.press("Enter");
  await expect(stage.getByRole("dialog")).toHaveCount(0);
  await nextStep(stage);

  // 5. Disputed: both positions are kept.
  await expect(title(fifth)).toBeVisible();
  for (const phone of [daniel, ruth]) await seal(phone, PROVIDER, PROVIDER, "The offer says so.");
  for (const phone of [priya, luis]) await seal(phone, CLIENT, CLIENT, "The offer excludes it.");
  await expect(stage.getByText(/^Gap/).first()).toBeVisible();
  await stage.keyboard.press("d");
  await stage.getByRole("dialog").getByRole("button", { name: "Put it on the table" }).click();
  await confirm(daniel, CLIENT);
  await confirm(priya, PROVIDER);
  await expect(ruth.getByRole("heading", { name: /disputed/i }).first()).toBeVisible();

  await nextStep(stage);
  await stage.getByRole("dialog").getByRole("button", { name: "End it" }).click();
  await expect(ruth.getByText(/has ended/).first()).toBeVisible();
  await stage.goto(`${workshop}/minutes`);
  await alive(stage);
  const minutes = stage.getByRole("main");
  for (const text of [
    ...duties,
    "Ruth Brandt",
    "Luis Ortega",
    "Daniel Okafor",
    "Priya Nair",
    "Halden starts the clock; Tarnbrook closes within the hour.",
    "Helen Marsh",
    "The offer says so.",
    "The offer excludes it.",
    "They know who starts on Monday.",
  ])
    await expect(minutes.getByText(text).first()).toBeVisible();
  // Mail is sent on its own after what it tells of.
  const minutesFor = () =>
    readdirSync(path.join(folder, "outbox"))
      .map((name) => readFileSync(path.join(folder, "outbox", name), "utf8"))
      .filter((mail) => /^To: ruth@halden\.example/m.test(mail) && /^Subject: Minutes: /m.test(mail)).length;
  await expect.poll(minutesFor, { timeout: 60_000 }).toBe(1);

  // The board has the letters and both marks, and a version is published from it.
  await stage.setViewportSize({ width: 1440, height: 900 });
  await stage.goto(board);
  await alive(stage);
  await expect(stage.getByRole("region", { name: /^Shared, / }).getByRole("article", { name: second })).toContainText(
    "Halden starts the clock",
  );
  for (const [text, owner] of [
    [leaver, CLIENT],
    [third, PROVIDER],
  ] as const)
    await expect(
      stage.getByRole("region", { name: new RegExp(`^${owner}, `) }).getByRole("article", { name: text }),
    ).toBeVisible();
  await cardOf(stage, second).focus();
  await stage.keyboard.press("Enter");
  await expect(stage.getByRole("region", { name: "Agreement" }).getByText("Agreed", { exact: true })).toHaveCount(2);
  await atRest(stage);
  await stage.getByRole("link", { name: "Publish version 1" }).click();
  await expect(stage.getByLabel("Reason for this version")).toHaveValue(/^Onboarding workshop, .*: 3 duties agreed/);
  await stage.getByRole("button", { name: "Publish version 1" }).click();
  await expect(stage.getByRole("heading", { name: /Version 1/ }).first()).toBeVisible();
  for (const one of [ruth, luis, daniel, priya, stage]) await one.context().close();
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});
