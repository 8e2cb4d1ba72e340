import { createEngagement, expect, test } from "./app";

/** One of the two is on another day than UTC at any time: 12 hours behind it, or 14 ahead. */
for (const timezoneId of ["Etc/GMT+12", "Pacific/Kiritimati"]) {
  test.describe(`read in ${timezoneId}`, () => {
    test.use({ timezoneId });
    test("today is the reader's own: a role given from today is held at once, and one that is ended is held no longer", async ({
      app,
      page,
    }) => {
      const today = new Intl.DateTimeFormat("en-CA", {
        timeZone: timezoneId,
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
      }).format(new Date());
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
    test("the activity, the record and the version in force are headed by the reader's own day, whatever day it is in UTC", async ({
      app,
      page,
    }) => {
      const now = new Date();
      const inZone = (options: Intl.DateTimeFormatOptions) =>
        new Intl.DateTimeFormat("en-CA", { timeZone: timezoneId, ...options }).formatToParts(now);
      const part = (options: Intl.DateTimeFormatOptions, wanted: string) =>
        inZone(options).find(({ type }) => type === wanted)?.value ?? "";
      const day = part({ day: "2-digit" }, "day");
      const iso = [part({ year: "numeric" }, "year"), part({ month: "2-digit" }, "month"), day].join("-");
      await createEngagement(page, app, `Wren ${timezoneId}`, "Portside IT");
      await page.getByRole("link", { name: "Versions", exact: true }).click();
      await page.getByRole("link", { name: "Publish version 1" }).click();
      await page.getByLabel("Reason for this version").fill("First agreed split");
      await page.getByRole("button", { name: "Publish version 1" }).click();
      await expect(page.getByRole("heading", { name: /^Version 1/ }).first()).toBeVisible();
      await page.getByRole("link", { name: "Versions", exact: true }).click();
      await expect(page.getByLabel("In force on")).toHaveValue(iso);
      await expect(page.getByRole("region", { name: "In force" }).getByRole("status")).toHaveText(
        "Nothing is in force today: no version was agreed by then.",
      );
      await page.getByLabel("In force on").fill("2020-01-01");
      await expect(page).toHaveURL(new RegExp(`zone=${encodeURIComponent(timezoneId)}`.replaceAll("+", "\\+")));
      await expect(page.getByRole("region", { name: "In force" }).getByRole("status")).toHaveText(
        "Nothing was in force on that day: no version was agreed by then.",
      );
      const ways = { Activity: ["Activity"], Record: ["Access", "The record"] };
      for (const [name, links] of Object.entries(ways)) {
        for (const link of links) await page.getByRole("link", { name: link, exact: true }).click();
        await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
        await expect(page.getByRole("heading", { level: 2 })).toHaveText([
          new RegExp(`^${Number(day)} [A-Z][a-z]{2} ${iso.slice(0, 4)}$`),
        ]);
        await expect(page.getByRole("heading", { level: 2 }).locator("time")).toHaveAttribute("datetime", iso);
      }
    });
  });
}
