import type { Browser, Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test, type App } from "./app";
import { atTheDoor, prepareWorkshop, split } from "./workshop-room";

/** A facilitator leads from the projector by keyboard alone, while the others act on their own phones. */

test.describe.configure({ timeout: 240_000 });

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${target}.`);
}

const heading = (page: Page, name: string | RegExp) => page.getByRole("main").getByRole("heading", { name });
const primary = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

/** Presses Space once the black button says this. */
async function space(page: Page, says: string | RegExp): Promise<void> {
  await expect(primary(page, says)).toBeVisible();
  // A space right after a step is taken as meant for the step before.
  await page.waitForTimeout(600);
  await page.keyboard.press("Space");
}

/** Presses a key that asks for something, and waits for the answer: until then nothing else is asked. */
async function step(page: Page, key: string): Promise<void> {
  await Promise.all([page.waitForResponse((response) => response.url().endsWith("/asked")), page.keyboard.press(key)]);
}

/** An open workshop with Tom and Daniel let in, whose facilitator is the provider's host; all of it by keys. */
async function opened(ground: { page: Page; app: App; browser: Browser }, duties: number) {
  const { page, browser } = ground;
  const room = await prepareWorkshop(ground, { duties });
  await page.goto(`${room.address}/projector`);
  await expect(heading(page, "Onboarding workshop")).toBeVisible();
  await expect(page.getByText("Harbour IT has no host")).toBeVisible();
  await tabTo(page, primary(page, "Be the host of Harbour IT"));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Harbour IT has no host")).toBeHidden();
  await tabTo(page, page.getByRole("link", { name: "Skip to content" }));
  await page.keyboard.press("Enter");
  await space(page, /^Open the workshop/);
  await expect(primary(page, /^Begin/)).toBeVisible();
  const digits = page.getByRole("main").getByText(/^\d{3} \d{3}$/);
  await expect(digits).toBeVisible();
  const code = await digits.innerText();
  const tom = await atTheDoor(browser, room, code, "Tom Brandt", room.provider);
  const daniel = await atTheDoor(browser, room, code, "Daniel Okoro", room.client);
  await expect(page.getByText("2 people wait to be let in.")).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByText("2 people wait to be let in.")).toBeHidden();
  return { ...room, tom, daniel };
}

test("a whole workshop is led by keyboard alone: agreed, settled otherwise, parked, disputed, back, skip and reopen", async ({
  page,
  app,
  browser,
}) => {
  const room = await opened({ page, app, browser }, 5);
  const { client, provider, facilitator, ruth, tom, daniel, dutyIds, matrixId } = room;
  const byClient = split(client, client);
  const byProvider = split(provider, provider);
  await expectAccessible(page);
  await space(page, /^Begin/);

  // Agreed: revealed by itself, put on the table, and confirmed by both.
  await expect(page.getByText("duty 1 of 5")).toBeVisible();
  await expect(page.getByText("Everybody proposes on their own phone, in secret.")).toBeVisible();
  await space(page, /^Reveal/);
  await expect(page.getByRole("alert")).toContainText("Nobody has sealed a proposal yet.");
  await ruth.propose("i1", byProvider, "They always did.");
  await expect(page.getByRole("article", { name: "Northwind" })).toContainText("Waiting for Daniel Okoro");
  await expect(page.locator("body")).not.toContainText("They always did.");
  await expectAccessible(page);
  await daniel.propose("i1", byProvider);
  await facilitator.propose("i1", byProvider);
  await tom.propose("i1", byProvider);
  await expect(page.getByText("Agree: both sides see it the same way.", { exact: true })).toBeVisible();
  await expect(page.getByRole("article", { name: "Northwind" })).toContainText("“They always did.”");
  await space(page, /^Put it on the table/);
  await space(page, /^Confirm for Harbour IT/);
  await expect(page.getByText("Harbour IT confirmed")).toBeVisible();
  await ruth.ask({ type: "confirm", itemId: "i1", number: 1 });
  await expect(heading(page, "Settled")).toBeVisible();
  await expect(page.getByText("1 of 13 duties settled")).toBeVisible();
  await space(page, /^Go on Space/);

  // A gap: settled as shared, with a boundary note; the board changes under it.
  await expect(page.getByText("duty 2 of 5")).toBeVisible();
  await ruth.propose("i2", byProvider, "We send the form, Harbour closes it.");
  await daniel.propose("i2", byProvider);
  await facilitator.propose("i2", byClient);
  await tom.propose("i2", byClient, "We act when told.");
  await expect(page.getByText("Gap: each thinks the other owns it.", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("3");
  const note = page.getByRole("textbox", { name: /^Boundary/ });
  await expect(note).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Northwind starts the clock; pdt closes within an hour.");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(heading(page, "On the table")).toBeVisible();
  const edited = await page.request.post(`${app.url}/matrices/${matrixId}/commands`, {
    data: {
      baseRevision: 1_000,
      steps: [
        {
          id: crypto.randomUUID(),
          commands: [{ type: "duty.edit", dutyId: dutyIds[1], set: { doneWhen: "every account is closed" } }],
        },
      ],
    },
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(edited.status(), await edited.text()).toBe(200);
  await expect(page.getByText("This was changed on the board a moment ago")).toBeVisible();
  await space(page, /^Look again/);
  await expect(note).toHaveValue("Northwind starts the clock; pdt closes within an hour.");
  await space(page, /^Put it on the table/);
  await space(page, /^Confirm for Harbour IT/);
  await ruth.ask({ type: "confirm", itemId: "i2", number: 3 });
  await expect(heading(page, "Settled")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Northwind answers, both do");
  await space(page, /^Go on Space/);

  // Who is left out is said; then parked, reopened, skipped, gone back to, and parked again.
  await expect(page.getByText("duty 3 of 5")).toBeVisible();
  await ruth.propose("i3", byClient);
  await expect(page.getByText("3 people have not sealed yet. Revealing now leaves them out.")).toBeVisible();
  await space(page, /^Reveal/);
  await expect(page.getByText(/^Unclear: /)).toBeVisible();
  await page.keyboard.press("p");
  await expect(page.getByLabel("Who takes it up again")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type("Helen Marsh");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Parked")).toBeVisible();
  await expect(page.getByRole("complementary", { name: "The room" })).toContainText("Helen Marsh");
  await step(page, "r");
  await expect(page.getByText("Everybody proposes on their own phone, in secret.")).toBeVisible();
  await step(page, "s");
  await expect(page.getByText("duty 4 of 5")).toBeVisible();
  await step(page, "ArrowLeft");
  await expect(page.getByText("duty 3 of 5")).toBeVisible();
  await page.keyboard.press("p");
  await page.keyboard.type("Helen Marsh");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Parked")).toBeVisible();
  await space(page, /^Go on Space/);

  // Disputed: both positions begin with what was said.
  await expect(page.getByText("duty 4 of 5")).toBeVisible();
  await step(page, "t");
  await expect(primary(page, "Go on").first()).toBeVisible();
  await step(page, "t");
  await ruth.propose("i4", byClient, "It is our data.");
  await daniel.propose("i4", byClient);
  await facilitator.propose("i4", byProvider, "Our tools do it.");
  await tom.propose("i4", byProvider);
  await expect(page.getByText("Overlap: both claim it.", { exact: true })).toBeVisible();
  await page.keyboard.press("d");
  await expect(page.getByLabel("Northwind holds")).toBeFocused();
  await expect(page.getByLabel("Northwind holds")).toHaveValue("Northwind answers and does it. It is our data.");
  await expectAccessible(page);
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Put it on the table" }));
  await page.keyboard.press("Enter");
  await space(page, /^Confirm for Harbour IT/);
  await ruth.ask({ type: "confirm", itemId: "i4", number: 4 });
  await expect(heading(page, "Disputed")).toBeVisible();
  await space(page, /^Go on Space/);

  // The plan, the keys, and the end.
  await expect(page.getByText("duty 5 of 5")).toBeVisible();
  await page.keyboard.press("l");
  await expect(heading(page, "The plan")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  const end = page.getByRole("dialog", { name: "End the workshop?" });
  await expect(end).toContainText("2 settled, 1 parked, 1 disputed");
  await expect(end).toContainText("1 not settled");
  await expectAccessible(page);
  await tabTo(page, end.getByRole("button", { name: "End it" }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Onboarding workshop has ended")).toBeVisible();
  await expect(page.getByRole("link", { name: "Open the minutes" })).toBeVisible();
  await expectAccessible(page);
});

test("what was proposed beforehand is revealed together, agreed without talk, and the gap comes first", async ({
  page,
  app,
  browser,
}) => {
  const room = await prepareWorkshop({ page, app, browser }, { duties: 4 });
  const { client, provider, facilitator, ruth } = room;
  await page.goto(`${room.address}/projector`);
  await page.getByRole("button", { name: "Be the host of Harbour IT" }).click();
  await expect(page.getByText("Harbour IT has no host")).toBeHidden();
  const [mine, theirs] = [split(provider, provider), split(client, client)];
  for (const id of ["i1", "i3"]) {
    await ruth.propose(id, mine);
    await facilitator.propose(id, mine);
  }
  await ruth.propose("i2", theirs);
  await facilitator.propose("i2", mine);
  await ruth.propose("i4", mine);
  await facilitator.propose("i4", theirs);
  await page.getByRole("button", { name: /^Open the workshop/ }).click();
  await expect(primary(page, /^Begin/)).toBeVisible();
  await page.keyboard.press("o");
  await expect(heading(page, "Only differences")).toBeVisible();
  await space(page, /^Reveal them/);
  const differences = page.getByRole("region", { name: "Differences" }).getByRole("listitem");
  await expect(differences).toHaveCount(2);
  await expect(differences.first()).toContainText("Gap");
  await expect(differences.last()).toContainText("Overlap");
  await expectAccessible(page);
  await space(page, /^Put the agreed ones on the table/);
  await space(page, /^Confirm the agreed ones/);
  await expect(page.getByRole("region", { name: "On the table" }).getByRole("listitem")).toHaveCount(2);
  await ruth.ask({ type: "confirm", itemId: "i1", number: 1 }, { type: "confirm", itemId: "i3", number: 2 });
  await expect(page.getByText("2 of 13 duties settled")).toBeVisible();
  await space(page, /^Talk about the first/);
  await expect(page.getByText("Gap: each thinks the other owns it.", { exact: true })).toBeVisible();
  await expect(page.getByText("duty 4 of 4")).toBeVisible();
});

test("the stage on the facilitator's phone: the columns are stacked, and axe finds nothing", async ({
  page,
  app,
  browser,
}) => {
  const room = await prepareWorkshop({ page, app, browser }, { duties: 2 });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${room.address}/projector`);
  await page.getByRole("button", { name: /^Open the workshop/ }).click();
  await page.getByRole("button", { name: /^Begin/ }).click();
  await room.ruth.propose("i1", split(room.provider, room.provider), "x".repeat(300));
  await expect(page.getByText("0 of 0 sealed")).toBeHidden();
  await expect(page.getByRole("article", { name: "Harbour IT" })).toContainText("Nobody here yet");
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Reveal/ }).click();
  await expect(page.getByText(/^Unclear: /)).toBeVisible();
  await page.getByRole("button", { name: /Another split/ }).click();
  await expectAccessible(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);
});

test("a workshop without a plan says what to do, and one that was handed over is led from here no longer", async ({
  page,
  app,
  browser,
}) => {
  const room = await prepareWorkshop({ page, app, browser }, { duties: 0 });
  await page.goto(`${room.address}/projector`);
  await expect(page.getByText("Nothing is planned yet.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Plan the workshop" })).toBeVisible();
  await page.getByRole("button", { name: "More about Ruth Adler" }).click();
  await page.getByRole("menuitem", { name: /^Hand over/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByText("The projector is the facilitator's. Open the workshop as yourself.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Open the workshop as yourself" })).toBeVisible();
});
