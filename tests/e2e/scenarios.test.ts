import type { Page } from "@playwright/test";
import { alive, createEngagement, expect, expectAccessible, letIn, saved, test, type App } from "./app";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

const panel = (page: Page) => page.getByRole("region", { name: "Try a scenario" });
const said = (page: Page) => panel(page).getByRole("status");
const calls = (page: Page) => panel(page).getByRole("list", { name: "Who is called when" }).getByRole("listitem");
const show = (page: Page) => panel(page).getByRole("button", { name: "Show who is called" });

/** The escalation page of a new engagement with the starting paths. */
async function withPaths(page: Page, app: App, client: string): Promise<void> {
  await createEngagement(page, app, client, "Tarnbrook IT", "inc", "bck");
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Escalation" }).click();
  await page.getByRole("button", { name: "Start from eight paths" }).click();
  await expect(page.getByRole("radio")).toHaveCount(8);
  await saved(page);
}

/** Adds somebody of the provider who is behind a role in some hours. */
async function holder(page: Page, app: App, roleId: string, fields: Record<string, string>): Promise<void> {
  const people = page.url().replace(/escalation.*/, "people");
  const post = async (form: Record<string, string>) => {
    const headers = { "sec-fetch-site": "same-origin" };
    const answer = await page.request.post(new URL(people, app.url).href, { form, headers, maxRedirects: 0 });
    expect(answer.status(), await answer.text()).toBe(302);
  };
  const id = crypto.randomUUID();
  await post({ intent: "add", id, side: "provider", phoneNumber0: "020 7946 0123", timeZone: "UTC", ...fields });
  await post({ intent: "hold", roleId, personId: id });
}

/** Chooses a moment by the keyboard alone. */
async function ask(page: Page, day: string, time: string): Promise<void> {
  await panel(page).getByLabel(/^Day/).fill(day);
  await panel(page).getByLabel("Time", { exact: true }).fill(time);
  await panel(page).getByLabel("Time zone").fill("UTC");
  await page.keyboard.press("Enter");
}

test("a scenario is chosen by the keyboard, its link shows the other party the same, and a drill of it is recorded", async ({
  page,
  app,
  browser,
}) => {
  await withPaths(page, app, "Halden Foods");
  await holder(page, app, "service-desk", { name: "Priya Nair", "week-sat": "00:00-06:00" });
  await page.reload();
  await panel(page).getByLabel("What happens").focus();
  await page.keyboard.type("A vendor wants");
  await expect(panel(page).getByText("Wednesday")).toBeVisible();
  await page.keyboard.press("Home");
  await expect(panel(page).getByText("Files on the shared drives can't be opened")).toBeVisible();
  await expect(panel(page).getByText("Saturday")).toBeVisible();
  await ask(page, "2027-01-09", "02:10");
  await expect(said(page)).toHaveText(/^1 call at once\. Nobody who may decide can be reached\. It breaks at /);
  await expect(page).toHaveURL(/path=s1/);
  await expect(page).toHaveURL(/scenario=ransomware&day=2027-01-09&time=02%3A10&zone=UTC/);
  await expect(calls(page).first()).toContainText(/02:10.*Priya Nair.*Service desk, Tarnbrook IT, by phone.*On shift/s);
  await expect(calls(page).nth(1)).toContainText(/Nobody.*No holder/s);
  // The ladder says it on the cards too: where nobody holds a role, and where nobody is there at that moment.
  const card = (role: string) => page.getByRole("button", { name: new RegExp(`^${role} (?!at level)`) }).first();
  await expect(card("Engineer")).toContainText("Nobody holds this role");
  await expect(card("Service desk")).not.toContainText("Nobody");
  await ask(page, "2027-01-10", "02:10");
  await expect(card("Service desk")).toContainText("Nobody on Sun 10 Jan 2027, 02:10");
  await ask(page, "2027-01-09", "02:10");
  await expect(card("Service desk")).not.toContainText("Nobody");
  await expect(calls(page).last()).toContainText("Last resort");
  await expect(panel(page).getByRole("heading", { name: "Which duties apply" })).toBeVisible();
  await panel(page).getByText("The whole in words").press("Enter");
  await expect(panel(page).getByText(/^Ransomware is spreading, Sat 9 Jan 2027, 02:10 \(UTC\)/)).toBeVisible();
  await expect(panel(page)).not.toContainText("7946");
  await expectAccessible(page);
  await page.setViewportSize(PHONE);
  await expectAccessible(page);
  // On a phone the panel stands under the ladder, and nothing is wider than the screen.
  const below = await panel(page).evaluate(
    (one) =>
      one.getBoundingClientRect().top > (document.querySelector("[data-level]")?.getBoundingClientRect().top ?? 0),
  );
  expect(below).toBe(true);
  expect(await page.evaluate(() => document.body.scrollWidth <= window.innerWidth)).toBe(true);
  await page.setViewportSize(DESK);

  // The other party opens the link and sees the same, without asking again.
  const other = await letIn(page, browser, { name: "Helen Marsh", side: "Halden Foods" });
  await other.goto(page.url());
  await expect(said(other)).toHaveText((await said(page).textContent()) ?? "");
  await expect(calls(other)).toHaveText(await calls(page).allTextContents());

  // A drill begins with the scenario and its moment.
  await panel(other).getByRole("link", { name: "Record a drill" }).press("Enter");
  await expect(other.getByRole("textbox", { name: "Scenario" })).toHaveValue("Ransomware is spreading");
  await other.getByRole("button", { name: "Record the drill" }).click();
  await expect(other.getByText("Write down who took part, one name a line.")).toBeVisible();
  await other.getByLabel("Who took part").fill("Helen Marsh\nPriya Nair");
  await other.getByLabel("What was learned").fill("Nobody at Halden decides at night.");
  await other.getByRole("textbox", { name: "Change 1" }).fill("Name a decision-maker on call");
  await other.getByLabel("Who sees to it").fill("IT lead");
  await other.getByLabel("By", { exact: true }).fill("2026-11-01");
  await other.getByRole("button", { name: "Another change" }).press("Enter");
  await expect(other.getByRole("textbox", { name: "Change 2" })).toBeFocused();
  await expectAccessible(other);
  await other.setViewportSize(PHONE);
  await expectAccessible(other);
  await other.setViewportSize(DESK);
  await other.context().setOffline(true);
  await other.getByRole("button", { name: "Record the drill" }).click();
  await expect(other.getByText("The server can't be reached. Nothing was saved")).toBeVisible();
  await other.context().setOffline(false);
  await other.getByRole("button", { name: "Record the drill" }).click();
  const drill = other.getByRole("article", { name: "Ransomware is spreading" });
  await expect(drill).toContainText("IT lead, was due by 1 Nov 2026");
  await expectAccessible(other);
  await other.setViewportSize(PHONE);
  await expectAccessible(other);
  await other.setViewportSize(DESK);
  await drill.getByRole("link", { name: "Try it again" }).click();
  await expect(said(other)).toHaveText(/^1 call at once/);

  // The first party reads it on the record and before it publishes, and says what is done.
  await page.goto(page.url().replace(/escalation.*/, "record"));
  await expect(
    page.getByText(/^Recorded the drill “Ransomware is spreading”.*Took part: Helen Marsh, Priya Nair/),
  ).toBeVisible();
  await page.getByRole("link", { name: "Publish version 1" }).click();
  const before = page.getByRole("region", { name: "What this version holds" });
  await expect(before.getByText("One thing that they said should change isn't done yet.")).toBeVisible();
  await expect(before.getByText("Name a decision-maker on call")).toBeVisible();
  await expectAccessible(page);
  await before.getByRole("link", { name: "Ransomware is spreading" }).click();
  await expect(page.getByRole("link", { name: "Correct" })).toHaveCount(0);
  await page.getByRole("button", { name: "Done: Name a decision-maker on call" }).press("Enter");
  await expect(page.getByText(/^Done, says Maya Lindqvist/)).toBeVisible();
  await page.getByRole("link", { name: "Publish version 1" }).click();
  await expect(before.getByText("Everything that they said should change is done.")).toBeVisible();
  await other.context().close();
});

test("an answer isn't shown as that to another question, and without a connection the last one is kept with its moment", async ({
  page,
  app,
}) => {
  await withPaths(page, app, "Curlew Foods");
  await ask(page, "2027-01-09", "02:10");
  // Nobody holds a role yet: every level is passed over at once.
  await expect(said(page)).toHaveText(/^Nobody can be reached; what holds then: /);
  await expect(calls(page).first()).toContainText("nobody is reached, so the next one is called at once");

  // While the next answer is on its way, the one before isn't there.
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/scenario\?/, async (route) => {
    await held;
    await route.continue();
  });
  await ask(page, "2027-01-10", "10:00");
  await expect(said(page)).toHaveText("Working out who is called…");
  await expect(calls(page)).toHaveCount(0);
  release();
  await expect(
    panel(page).getByText(/^Ransomware is spreading, Sun 10 Jan 2027, 10:00, on the clocks of UTC/),
  ).toBeVisible();
  await page.unroute(/\/scenario\?/);

  await page.context().setOffline(true);
  await ask(page, "2027-01-11", "11:00");
  await expect(said(page)).toHaveText(/^You are offline/);
  await expect(
    panel(page).getByText("The last answer there was: Ransomware is spreading, Sun 10 Jan 2027, 10:00"),
  ).toBeVisible();
  await expect(panel(page).getByRole("link", { name: "Record a drill" })).toHaveCount(0);
  await page.context().setOffline(false);
  await show(page).press("Enter");
  await expect(panel(page).getByText(/^Ransomware is spreading, Mon 11 Jan 2027, 11:00, on/)).toBeVisible();

  // Back asks what was asked before, and the fields say the same.
  await page.goBack();
  await expect(panel(page).getByText(/^Ransomware is spreading, Sun 10 Jan 2027, 10:00, on/)).toBeVisible();
  await expect(panel(page).getByLabel(/^Day/)).toHaveValue("2027-01-10");
  await expect(panel(page).getByLabel("Time", { exact: true })).toHaveValue("10:00");

  // What changes the matrix makes the answer one of before.
  await page.getByRole("button", { name: "Add level" }).click();
  await page.getByRole("complementary").getByRole("button", { name: "Close" }).click();
  await expect(panel(page).getByText("The matrix was changed since. Press Show again.")).toBeVisible();
  await saved(page);
  await show(page).press("Enter");
  await expect(panel(page).getByText("The matrix was changed since. Press Show again.")).toHaveCount(0);
});

test("the path that is shown and a scenario of one's own are tried, and what can't be is said", async ({
  page,
  app,
}) => {
  await withPaths(page, app, "Whimbrel Foods");
  await page.getByRole("radiogroup", { name: "Escalation path" }).getByText("Security").click();
  await panel(page).getByLabel("What happens").selectOption({ label: "This path: Security" });
  await ask(page, "2027-01-11", "10:00");
  await expect(panel(page).getByText(/Path: Security\. Security was chosen\./)).toBeVisible();

  await panel(page).getByLabel("What happens").selectOption({ label: "One of your own" });
  await panel(page).getByLabel("In a few words").fill("The vault door stays open");
  await panel(page).getByLabel("Duties it is about").fill("INC-01, XYZ-99");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("alert")).toHaveText("There is no duty XYZ-99. Write codes as in IAM-03.");
  await panel(page).getByLabel("Duties it is about").fill("inc-01");
  await panel(page).getByLabel("Path").selectOption({ label: "S2" });
  await page.keyboard.press("Enter");
  await show(page).press("Enter");
  await expect(panel(page).getByText(/Path: S2\. S2 was chosen\./)).toBeVisible();
  await expect(panel(page).getByRole("link", { name: /^INC-01/ })).toBeVisible();
  await panel(page).getByRole("button", { name: "Show the path S2" }).click();
  await expect(page.getByRole("radio", { name: "S2" })).toBeChecked();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(panel(page).getByText(/Path: S2\. S2 was chosen\./)).toBeVisible();

  await panel(page).getByLabel("Time zone").fill("Europe/Londn");
  await show(page).press("Enter");
  await expect(panel(page).getByRole("alert")).toHaveText(/^There is no time zone “Europe\/Londn”/);
  // A link that somebody broke says what is wrong with it.
  await page.goto(page.url().replace(/day=[^&]*/, "day=soon"));
  await expect(said(page)).toHaveText(/^“soon” isn't a day/);
});

test("drills that nobody recorded are said to be none, and one is corrected and deleted by whoever recorded it", async ({
  page,
  app,
}) => {
  await withPaths(page, app, "Avocet Foods");
  await panel(page).getByRole("link", { name: "Drills that were recorded" }).click();
  await expect(page.getByText("No drill is recorded yet")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Try a scenario first" }).click();
  await expect(page.getByRole("heading", { name: "Try a scenario" })).toBeFocused();
  await page.goBack();
  await page.getByRole("link", { name: "Record a drill" }).click();
  await page.getByRole("textbox", { name: "Scenario" }).fill("The alarm rings");
  await page.getByLabel("Who took part").fill("Everybody");
  await page.getByRole("button", { name: "Record the drill" }).click();
  await page.getByRole("link", { name: "Correct" }).click();
  await page.getByRole("textbox", { name: "Scenario" }).fill("The alarm stays silent");
  await page.getByRole("button", { name: "Save the correction" }).click();
  await expect(page.getByRole("article", { name: "The alarm stays silent" })).toBeVisible();
  await page.getByRole("link", { name: "Delete" }).click();
  await expect(page.getByRole("button", { name: "Delete the drill" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByText("No drill is recorded yet")).toBeVisible();
  await page.getByRole("link", { name: "Activity" }).click();
  await expect(page.getByText(/^Deleted the drill “The alarm stays silent” of /)).toBeVisible();
  await alive(page);
});
