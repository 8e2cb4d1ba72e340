import { alive, createEngagement, expect, expectAccessible, test } from "./app";

const POST = { headers: { "sec-fetch-site": "same-origin" } };

test("from the first day one list says what signing needs: on the findings, before publishing and on the version, which isn't sent before", async ({
  app,
  page,
}, info) => {
  await createEngagement(page, app, "Quillon", "Harbour IT");
  const matrix = page.url().replace(/\/board.*/, "");
  const list = page.getByRole("region", { name: "What signing needs" });
  const vacant = list.getByText(/^\d roles do or answer for duties and nobody holds them: /);
  await page.goto(`${matrix}/findings`);
  await alive(page);
  await expect(page.getByText("could be signed as they stand")).toHaveCount(0);
  await expect(list.getByText("2 of 5 are there.")).toBeVisible();
  await expect(vacant).toBeVisible();
  await expect(list.getByText(/^Nobody is known who could sign for Quillon\./)).toBeVisible();
  await expect(list.getByText(/^Nobody is known who could sign for Harbour IT\./)).toHaveCount(0);
  const told = await vacant.textContent();
  await expectAccessible(page);
  await page.screenshot({ path: info.outputPath("findings.png") });

  await page.goto(`${matrix}/publish`);
  await alive(page);
  await expect(vacant).toHaveText(told ?? "");
  await expectAccessible(page);
  await page.screenshot({ path: info.outputPath("publish.png") });
  await page.getByLabel("Reason for this version").fill("First split");
  await page.getByLabel("Review date").fill("2099-03-01");
  await page.getByRole("button", { name: "Publish version 1" }).click();

  await expect(page.getByRole("heading", { name: "Version 1, proposed" })).toBeVisible();
  await expect(vacant).toHaveText(told ?? "");
  await expect(list.getByText("3 of 5 are there.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send for signing" })).toBeDisabled();
  await expectAccessible(page);
  await page.screenshot({ path: info.outputPath("version.png") });

  // Each thing is a link to where it is done; by keys alone.
  await list.getByRole("link", { name: "Name the holders" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "People", exact: true })).toBeVisible();
  const { matrix: draft } = (await (await page.request.get(`${matrix}/draft?since=-1`)).json()) as {
    matrix: {
      parties: { id: string; kind: string }[];
      roles: { id: string; partyId: string }[];
      duties: { letters: Record<string, string[]> }[];
    };
  };
  const acting = new Set(
    draft.duties.flatMap(({ letters }) =>
      Object.entries(letters).flatMap(([roleId, held]) => (held.includes("A") || held.includes("R") ? [roleId] : [])),
    ),
  );
  for (const party of draft.parties) {
    const id = crypto.randomUUID();
    await page.request.post(`${matrix}/people`, {
      ...POST,
      form: {
        intent: "add",
        id,
        side: party.kind,
        name: `Holder of ${party.kind}`,
        email: party.kind === "client" ? "otto@quillon.example" : "",
      },
    });
    for (const role of draft.roles.filter((one) => one.partyId === party.id && acting.has(one.id)))
      await page.request.post(`${matrix}/holders`, {
        ...POST,
        form: { intent: "hold", roleId: role.id, personId: id, since: "2026-01-01" },
      });
  }
  await page.goto(`${matrix}/versions/1`);
  await expect(list.getByText("All of it is there.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send for signing" })).toBeEnabled();
});

test("on a phone the list reads well, and an empty matrix has nothing to sign", async ({ app, page }, info) => {
  await createEngagement(page, app, "Rill", "Harbour IT", "gov");
  const matrix = page.url().replace(/\/board.*/, "");
  const { duties } = (await (await page.request.get(`${matrix}/export/json`)).json()) as { duties: { id: string }[] };
  await page.request.post(`${matrix}/commands`, {
    ...POST,
    data: {
      baseRevision: 0,
      steps: [{ id: crypto.randomUUID(), commands: duties.map(({ id: dutyId }) => ({ type: "duty.delete", dutyId })) }],
    },
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${matrix}/findings`);
  await alive(page);
  const list = page.getByRole("region", { name: "What signing needs" });
  await expect(list.getByText("There are no duties yet. Write down the first one.")).toBeVisible();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: info.outputPath("phone.png") });
});
