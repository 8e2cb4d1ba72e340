import { createEngagement, expect, test } from "./app";

/** One of the two is on another day than UTC at any time: 12 hours behind it, or 14 ahead. */
for (const timezoneId of ["Etc/GMT+12", "Pacific/Kiritimati"]) {
  test.describe(`read in ${timezoneId}`, () => {
    test.use({ timezoneId });
    test("today is the reader's own: a role given from today is held at once, and one that is ended is held no longer", async ({ app, page }) => {
      const today = new Intl.DateTimeFormat("en-CA", { timeZone: timezoneId, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());
      await createEngagement(page, app, `Perch ${timezoneId}`, "Portside IT");
      await page.getByRole("link", { name: "People", exact: true }).click();
      await page.getByRole("link", { name: `Add a person of Perch ${timezoneId}` }).click();
      const form = page.getByRole("complementary", { name: "Add a person" });
      await expect(form.locator("[name=lastVerified]")).toHaveValue(today);
      await form.getByLabel("Name", { exact: true }).fill("Priya Shah");
      await form.getByRole("button", { name: "Add the person" }).click();
      const priya = page.getByRole("complementary", { name: "Priya Shah" });
      await expect(priya.getByLabel("Since")).toHaveValue(today);
      await expect(priya.getByRole("button", { name: "Verified today" })).toHaveCount(0);
      await priya.getByLabel("Give a role").selectOption({ label: "IT lead (vacant)" });
      await priya.getByRole("button", { name: "Give" }).click();
      await expect(priya.getByRole("button", { name: "End IT lead" })).toBeVisible();
      await priya.getByRole("button", { name: "End IT lead" }).click();
      await expect(priya.getByText("No role.")).toBeVisible();
    });
  });
}
