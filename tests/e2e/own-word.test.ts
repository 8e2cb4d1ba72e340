import { createEngagement, expect, expectAccessible, letIn, saved, test } from "./app";

test("each side's word is its own on screen too: disputes, rulings and what is reserved", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "gov");
  const matrix = page.url().replace(/\/board.*/, "");
  const client = await letIn(page, browser, { name: "Anna Northwind", side: "Northwind" });
  const { duties } = (await (await page.request.get(`${matrix}/export/json`)).json()) as {
    duties: { id: string; code: string }[];
  };
  const [first, second] = duties;
  if (!first || !second) throw new Error("The domain has duties.");
  const agreement = (of: typeof page) => of.getByRole("region", { name: "Agreement" });

  for (const { id } of [first, second]) {
    await client.goto(`${matrix}/matrix?duty=${id}`);
    await agreement(client).getByRole("button", { name: "Dispute" }).click();
    await client.getByLabel("How Northwind sees it").fill("We do this ourselves.");
    await agreement(client).getByRole("button", { name: "Dispute" }).click();
    await saved(client);
  }

  // A ruling that the other side has confirmed is not one's own to take back.
  await page.goto(`${matrix}/matrix?duty=${first.id}`);
  await page.getByRole("button", { name: "Write the ruling" }).click();
  await page.getByLabel("What was ruled", { exact: true }).fill("The desk does it by day.");
  await page.getByLabel("Why", { exact: true }).fill("It is nearer.");
  await page.getByLabel("By whom", { exact: true }).fill("Mira Holm");
  await page.getByRole("button", { name: "Save the ruling" }).click();
  await page.getByRole("button", { name: "Confirm the ruling" }).click();
  await saved(page);
  await client.goto(`${matrix}/matrix?duty=${first.id}`);
  await expect(agreement(client)).toContainText("Only Harbour IT takes this ruling back.");
  await agreement(client).getByRole("button", { name: "Confirm the ruling" }).click();
  await expect(agreement(client)).toContainText("It counts.");
  await agreement(client).getByRole("button", { name: "Take back our confirmation" }).click();
  await expect(agreement(client)).toContainText("Confirmed by Harbour IT; it counts once both confirm.");
  await saved(client);
  await client.getByText("Cover and kind").click();
  await expect(client.getByRole("checkbox", { name: /^Reserved/ })).toBeEnabled();
  await page.reload();
  await page.getByText("Cover and kind").click();
  await expect(page.getByRole("checkbox", { name: /^Reserved/ })).toBeDisabled();

  // A dispute outlives its duty: each side closes it for itself alone, or brings the duty back.
  await page.request.post(`${matrix}/commands`, {
    data: {
      baseRevision: 0,
      steps: [{ id: crypto.randomUUID(), commands: [{ type: "duty.delete", dutyId: second.id }] }],
    },
    headers: { "sec-fetch-site": "same-origin" },
  });
  await page.goto(`${matrix}/findings?severity=blocker`);
  await expect(page.getByText(`${second.code} `).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Close it for Northwind" })).toHaveCount(0);
  await page.getByRole("button", { name: "Close it for Harbour IT" }).click();
  await expect(page.getByText("Harbour IT has closed the dispute.")).toBeVisible();
  await saved(page);
  await expectAccessible(page);
  await client.goto(`${matrix}/findings?severity=blocker`);
  await client.getByRole("button", { name: /^More for: / }).click();
  await expect(client.getByRole("menuitem", { name: "Bring it back" })).toBeVisible();
  await client.keyboard.press("Escape");
  await client.getByRole("button", { name: "Close it for Northwind" }).click();
  await expect(client.getByText("was deleted while it was disputed")).toHaveCount(0);
  await saved(client);
  await client.context().close();
});
