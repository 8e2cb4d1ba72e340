import { createEngagement, expect, expectAccessible, letIn, saved, test } from "./app";

test("a warning on a reserved duty is the client's to accept and to open again, and the screen offers it to nobody else", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "gov");
  const matrix = page.url().replace(/\/board.*/, "");
  const client = await letIn(page, browser, { name: "Anna Northwind", side: "Northwind" });
  const { duties, roles } = (await (await page.request.get(`${matrix}/export/json`)).json()) as {
    duties: { id: string; code: string }[];
    roles: { id: string; partyId: string }[];
  };
  const [duty] = duties;
  if (!duty) throw new Error("The domain has duties.");
  const ask = roles.map(({ id }) => [id, ["C"]]);
  const commands = [
    { type: "duty.edit", dutyId: duty.id, set: { reserved: true } },
    {
      type: "duty.cells",
      dutyId: duty.id,
      cells: Object.fromEntries([...ask.slice(0, -1), [roles.at(-1)?.id ?? "", ["A", "R"]]]),
    },
  ];
  await client.request.post(`${matrix}/commands`, {
    data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] },
    headers: { "sec-fetch-site": "same-origin" },
  });
  const findings = `${matrix}/findings?severity=warning&duty=${duty.id}`;

  await page.goto(findings);
  const more = page.getByRole("button", { name: /^More for: / }).first();
  await more.click();
  await expect(page.getByRole("menuitem", { name: "Only Northwind accepts this" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expectAccessible(page);

  await client.goto(findings);
  await client
    .getByRole("button", { name: /^More for: / })
    .first()
    .click();
  await client.getByRole("menuitem", { name: "Accept with a reason…" }).click();
  await client.getByLabel("Why it is fine as it is").fill("We know it.");
  await client.getByRole("button", { name: "Accept", exact: true }).click();
  await saved(client);
  await client.getByText(/, accepted/).click();
  await expect(client.getByRole("button", { name: "Open again" })).toBeVisible();

  await page.reload();
  await page.getByText(/, accepted/).click();
  await expect(page.getByText("“We know it.”")).toBeVisible();
  await expect(page.getByRole("button", { name: "Open again" })).toHaveCount(0);

  // What was opened again comes back by an undo, with the words it was accepted in.
  await client.getByRole("button", { name: "Open again" }).click();
  await saved(client);
  await client.keyboard.press("Control+z");
  await saved(client);
  await page.reload();
  await page.getByText(/, accepted/).click();
  await expect(page.getByText("“We know it.”")).toBeVisible();
  if (process.env.SHOTS) {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const)
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${process.env.SHOTS}/findings-${width}-${colorScheme}.png` });
      }
  }
  await client.context().close();
});
