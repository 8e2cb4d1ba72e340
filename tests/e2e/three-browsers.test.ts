import { cardOf, columnOf, createEngagement, expect, expectAccessible, letIn, OWNER, saved, test } from "./app";

const DUTY = "Run switches and wireless, including firmware";

test("two sides in browsers of their own: the client's owner edits and agrees, a viewer only sees, and who is removed loses access and keeps what was not sent", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const client = await letIn(page, browser, { name: "Tom Okafor", side: "Northwind" });
  const viewer = await letIn(page, browser, { name: "Vera Viewer", side: "Harbour IT", permission: "Viewer" });

  // The client's owner moves a duty and agrees; the offers are those of that side.
  await cardOf(client, DUTY).focus();
  await client.keyboard.press("m");
  await client.getByRole("button", { name: /Give to Northwind/ }).click();
  await expect(columnOf(client, "Northwind").getByRole("article", { name: DUTY })).toBeVisible();
  await saved(client);
  await cardOf(client, DUTY).focus();
  await client.keyboard.press("Enter");
  const agreement = client.getByRole("region", { name: "Agreement" });
  await agreement.getByRole("button", { name: "Agree" }).click();
  await expect(agreement.getByText("Agreed", { exact: true })).toHaveCount(1);
  await saved(client);

  // A viewer sees it, is offered nothing that changes it, and is refused where they ask all the same.
  await viewer.reload();
  await expect(columnOf(viewer, "Northwind").getByRole("article", { name: DUTY })).toBeVisible();
  await expect(viewer.getByRole("link", { name: /^Publish/ })).toHaveCount(0);
  await expect(viewer.getByRole("button", { name: "Add duty" })).toHaveCount(0);
  const forced = await viewer.request.post(viewer.url().replace("/board", "/commands"), {
    data: { baseRevision: 0, steps: [{ id: "step-1", commands: [{ type: "duty.delete", dutyId: "net-04" }] }] },
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(forced.status()).toBe(403);

  // A second editor of the client's side works on; its owner takes the access away.
  const editor = await letIn(client, browser, { name: "Eve Editor", side: "Northwind", permission: "Editor" });
  await client.goto(client.url().replace(/\/board.*/, "/access"));
  await client.getByRole("button", { name: "Change access of Eve Editor" }).click();
  await client.getByRole("menuitem", { name: /Take access away/ }).click();
  await client.getByRole("button", { name: "Take access away" }).click();
  await expect(client.getByText("Eve Editor has no access any more.")).toBeVisible();
  await cardOf(editor, DUTY).focus();
  await editor.keyboard.press("m");
  await editor.getByRole("button", { name: /Give to Harbour IT/ }).click();
  await expect(editor.getByText("No access, 1 edit kept")).toBeVisible();
  await editor.getByRole("button", { name: "Show them" }).click();
  await expect(editor.getByRole("textbox", { name: "Edits that were not stored" })).toHaveValue(new RegExp(DUTY));
  await expectAccessible(editor);
  const gone = await editor.goto(editor.url());
  expect(gone?.status()).toBe(404);

  // What happened stands in the record.
  await client.goto(client.url().replace("/access", "/record"));
  await expect(client.getByText(/Took Eve Editor's access away/)).toBeVisible();
  await expect(client.getByText(/^Joined the client's side as owner, invited by/)).toBeVisible();
  await expect(client.getByText(OWNER.name).first()).toBeVisible();
  for (const other of [client, viewer, editor]) await other.context().close();
});

test("edits wait through a session that ended elsewhere and are sent after signing in again", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Southwind", "Harbour IT", "net");
  const client = await letIn(page, browser, {
    name: "Sven Client",
    email: "sven@southwind.example",
    side: "Southwind",
  });
  await client.context().clearCookies();
  await cardOf(client, DUTY).focus();
  await client.keyboard.press("m");
  await client.getByRole("button", { name: /Give to Southwind/ }).click();
  await expect(client.getByText("Signed out, 1 edit kept")).toBeVisible();
  client.once("dialog", (dialog) => void dialog.accept());
  await client.getByRole("link", { name: "Sign in" }).click();
  await expect(client.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await client.getByLabel("E-mail").fill("sven@southwind.example");
  await client.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await client.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(columnOf(client, "Southwind").getByRole("article", { name: DUTY })).toBeVisible();
  await saved(client);
  await client.reload();
  await expect(columnOf(client, "Southwind").getByRole("article", { name: DUTY })).toBeVisible();
  await client.context().close();
});
