import { createEngagement, expect, expectAccessible, test } from "./app";

// What other files made is not among what these count.
test.use({ alone: "home" });

test("engagements are searched, filtered and sorted by mouse and keys, and the address keeps how", async ({
  app,
  page,
  browser,
}) => {
  for (const client of ["Ålesund Marine", "Brae Precision", "Casterly & Vane"])
    await createEngagement(page, app, client, "Tarnbrook IT", "net");
  await page.goto(app.url);
  const clients = () => page.getByRole("rowheader").locator("a").allInnerTexts();
  const count = page.getByRole("heading", { level: 1 });
  await expect(count).toHaveText("Engagements 3");

  // The heads of the table sort, so the field for it is a phone's alone. Page styles count over a primitive's by standing after them.
  await expect(page.getByLabel("Sort", { exact: true })).toBeHidden();
  await page.getByRole("link", { name: "Client", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Client", exact: true })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  expect(await clients()).toEqual(["Ålesund Marine", "Brae Precision", "Casterly & Vane"]);
  await page.getByRole("link", { name: "Client", exact: true }).press("Enter");
  await expect(page).toHaveURL(/sort=-client/);
  await expect.poll(clients).toEqual(["Casterly & Vane", "Brae Precision", "Ålesund Marine"]);

  await page.keyboard.press("/");
  await page.keyboard.type("brae");
  await expect.poll(clients).toEqual(["Brae Precision"]);
  await expect(count).toHaveText("Engagements 1 of 3");
  await expect(page).toHaveURL(/q=brae&sort=-client/);
  await page.keyboard.press("Escape");
  await expect.poll(clients).toHaveLength(3);

  await page.getByLabel("Show", { exact: true }).selectOption("With disputes");
  await expect(page.getByText("No engagement matches.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Show all 3" }).click();
  await expect.poll(clients).toHaveLength(3);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByLabel("Sort", { exact: true }).selectOption("By client");
  await expect.poll(clients).toEqual(["Ålesund Marine", "Brae Precision", "Casterly & Vane"]);
  await expectAccessible(page);

  // Without JavaScript the same form narrows the list.
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: app.owner });
  const plain = await context.newPage();
  await plain.goto(app.url);
  await plain.getByLabel("Find a client").fill("vane");
  await plain.getByRole("button", { name: "Show", exact: true }).click();
  await expect(plain.getByRole("rowheader")).toHaveCount(1);
  await context.close();
});
