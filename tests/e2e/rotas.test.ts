import type { Page } from "@playwright/test";
import { createEngagement, expect, expectAccessible, test } from "./app";

const panel = (page: Page, name: string) => page.getByRole("complementary", { name });
const nextTurns = (page: Page) => panel(page, "Rota of IT lead").getByRole("region", { name: "Next turns" });
const dayFrom = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** An engagement with two people of the client, one the deputy of the other, who holds a role. Opens the page of people. */
async function withPeople(page: Page, url: string) {
  await page.getByRole("link", { name: "People", exact: true }).click();
  await expect(page.getByText("Nobody yet.").first()).toBeVisible();
  const people = new URL(page.url()).pathname;
  const post = async (form: Record<string, string>) => {
    const answer = await page.request.post(`${url}${people}`, {
      form,
      headers: { "sec-fetch-site": "same-origin" },
      maxRedirects: 0,
    });
    expect(answer.status(), await answer.text()).toBe(302);
  };
  const [ann, ben] = [crypto.randomUUID(), crypto.randomUUID()];
  const person = { intent: "add", side: "client", timeZone: "Europe/London", phoneNumber0: "020 7946 0123" };
  await post({ ...person, id: ben, name: "Ben Okafor" });
  await post({ ...person, id: ann, name: "Ann Shah", deputyId: ben });
  await page.reload();
  await page.getByRole("link", { name: "Ann Shah" }).click();
  await panel(page, "Ann Shah").getByLabel("Give a role").selectOption({ label: "IT lead (vacant)" });
  await panel(page, "Ann Shah").getByRole("button", { name: "Give" }).click();
  await expect(panel(page, "Ann Shah").getByRole("link", { name: "Rota of IT lead" })).toBeVisible();
  return people;
}

test("a rota is set up by keyboard, and days away move the turn to the deputy", async ({ app, page }) => {
  await createEngagement(page, app, "Perch", "Portside IT");
  const people = await withPeople(page, app.url);

  // from the person's own panel, with keys alone
  await panel(page, "Ann Shah").getByRole("link", { name: "Rota of IT lead" }).focus();
  await page.keyboard.press("Enter");
  const rota = panel(page, "Rota of IT lead");
  await expect(rota).toBeFocused();
  await expect(rota.getByLabel("Person of turn 1")).toHaveValue(/.+/);
  await rota.getByRole("button", { name: "Add a turn" }).focus();
  await page.keyboard.press("Enter");
  await expect(rota.getByLabel("Person of turn 2").locator("option:checked")).toHaveText("Ben Okafor");
  const earlier = rota.getByRole("button", { name: "Move turn 2 earlier" });
  await earlier.focus();
  await page.keyboard.press("Enter");
  await expect(rota.getByLabel("Person of turn 1").locator("option:checked")).toHaveText("Ben Okafor");
  await expect(rota.getByRole("button", { name: "Move turn 1 earlier" })).toBeFocused();
  await rota.getByRole("button", { name: "Move turn 1 later" }).focus();
  await page.keyboard.press("Enter");
  await expect(rota.getByLabel("Person of turn 1").locator("option:checked")).toHaveText("Ann Shah");
  await rota.getByRole("radio", { name: "Day" }).focus();
  await page.keyboard.press("Space");
  await rota.getByLabel("From", { exact: true }).fill(dayFrom(-4));

  // what isn't taken stays, with a sentence
  await rota.getByLabel("Time zone").fill("Europe/Londn");
  await page.keyboard.press("Enter");
  await expect(rota.getByText("There is no time zone “Europe/Londn”.")).toBeVisible();
  await expect(rota.getByLabel("Person of turn 2").locator("option:checked")).toHaveText("Ben Okafor");
  await rota.getByLabel("Time zone").fill("Europe/London");
  // The sentence is there before the page has loaded again, and until then the button takes no press.
  await expect(rota.getByRole("button", { name: "Save the rota" })).toBeEnabled();
  await rota.getByRole("button", { name: "Save the rota" }).focus();
  await page.keyboard.press("Enter");
  await expect(rota.getByText("Saved. The next turns are above.")).toBeVisible();
  await expect(nextTurns(page).getByRole("listitem")).toHaveCount(8);
  const names = nextTurns(page).getByText(/^(Ann Shah|Ben Okafor)$/);
  await expect(names).toHaveCount(8);
  const first = await names.first().textContent();
  await expect(names.nth(1)).toHaveText(first === "Ann Shah" ? "Ben Okafor" : "Ann Shah");
  await expectAccessible(page);

  // somebody else changes it meanwhile: what is in the form stays, and saving again puts it in place
  const value = (name: string) => rota.locator(`input[name="${name}"]`).inputValue();
  const overtaking = {
    intent: "rota",
    roleId: await value("roleId"),
    revision: await value("revision"),
    rota: await value("rota"),
  };
  const answer = await page.request.post(`${app.url}${people}`, {
    form: overtaking,
    headers: { "sec-fetch-site": "same-origin" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(302);
  await rota.getByLabel("Days of a turn").fill("2");
  await rota.getByRole("button", { name: "Save the rota" }).click();
  await expect(rota.getByText("The rota of IT lead was changed a moment ago.")).toBeVisible();
  await expect(rota.getByLabel("Days of a turn")).toHaveValue("2");
  await rota.getByRole("button", { name: "Save the rota" }).click();
  await expect(rota.getByText("Saved. The next turns are above.")).toBeVisible();
  await rota.getByLabel("Days of a turn").fill("1");
  await rota.getByRole("button", { name: "Save the rota" }).click();
  await expect(rota.getByText("Saved. The next turns are above.")).toBeVisible();

  // an override for a day
  await rota.getByRole("button", { name: "Add an override" }).click();
  await rota.getByLabel("From, day of override 1").fill(dayFrom(3));
  await rota.getByLabel("To, day of override 1").fill(dayFrom(3));
  await rota.getByRole("button", { name: "Save the rota" }).click();
  await expect(nextTurns(page).getByText("Declared off")).toBeVisible();
  await rota.getByRole("button", { name: "Remove override 1" }).click();
  await rota.getByRole("button", { name: "Save the rota" }).click();
  await expect(nextTurns(page).getByText("Declared off")).toBeHidden();

  // days away move the turn to the deputy
  await page.goto(`${app.url}${people}`);
  await page.getByRole("link", { name: "Ann Shah" }).click();
  const ann = panel(page, "Ann Shah");
  await ann.getByLabel("First day away").fill(dayFrom(-1));
  await ann.getByLabel("Last day away").fill(dayFrom(-2));
  await ann.getByRole("button", { name: "Add days away" }).click();
  await expect(ann.getByText("That is before the first day.")).toBeVisible();
  await ann.getByLabel("Last day away").fill(dayFrom(40));
  await ann.getByRole("button", { name: "Add days away" }).click();
  await expect(ann.getByText("Ben Okafor is called meanwhile.")).toBeVisible();
  await expectAccessible(page);
  await ann.getByRole("link", { name: "Rota of IT lead" }).click();
  await expect(nextTurns(page).getByText("Ben Okafor; Ann Shah is away").first()).toBeVisible();
  await expect(nextTurns(page).getByText("Ann Shah", { exact: true })).toHaveCount(0);

  // and back again
  await page.goto(`${app.url}${people}`);
  await page.getByText("On call: 1 rota").click();
  await expect(page.getByText("has a rota")).toBeVisible();
  await page.getByRole("link", { name: "Ann Shah" }).click();
  await ann.getByRole("button", { name: /^Remove: away/ }).click();
  await expect(ann.getByText("No days away are written down.")).toBeVisible();
  await ann.getByRole("link", { name: "Rota of IT lead" }).click();
  await rota.getByRole("button", { name: "Remove the rota" }).click();
  await expect(rota).toBeHidden();
  await expect(page.getByText("On call: no rota").first()).toBeVisible();
});

test("working hours are written by day, Monday's on the other days with one button, and stay where they can't be read", async ({
  app,
  page,
}) => {
  await createEngagement(page, app, "Perch", "Portside IT");
  await withPeople(page, app.url);
  await panel(page, "Ann Shah").getByRole("link", { name: "Edit" }).click();
  const form = panel(page, "Change Ann Shah");
  await form.getByLabel("Monday").fill("9-12:30, 13:00-17:00");
  await form.getByRole("button", { name: "Tuesday to Friday as on Monday" }).click();
  await expect(form.getByLabel("Friday")).toHaveValue("9-12:30, 13:00-17:00");
  await form.getByLabel("Saturday").fill("mornings");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("The hours of Saturday can't be read.")).toBeVisible();
  await expect(form.getByLabel("Saturday")).toBeFocused();
  await expect(form.getByLabel("Friday")).toHaveValue("9-12:30, 13:00-17:00");
  await expectAccessible(page);
  await form.getByLabel("Saturday").fill("");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(panel(page, "Ann Shah").getByText(/^Monday to Friday 09:00 to 12:30, 13:00 to 17:00/)).toBeVisible();
});
