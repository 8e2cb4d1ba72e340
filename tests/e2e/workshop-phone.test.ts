import { alive, createEngagement, expect, expectAccessible, letIn, test } from "./app";
import { addPath, admitAll, answer, aPhone, byDigits, joinLink, lead, PHONE } from "./workshop-led";

test("a guest by digits waits, proposes, seals, changes it, and sees the reveal; a host confirms it on their phone", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const led = await lead(page, app);
  const tom = await letIn(page, browser, { name: "Tom Okafor", side: "Northwind" });
  await led.ask({ type: "open" });

  // Wrong digits are said where they were typed.
  const ruth = await aPhone(browser);
  await ruth.goto(`${app.url}/join`);
  await expect(ruth.getByLabel("Six digits")).toBeFocused();
  await expectAccessible(ruth);
  await ruth.getByLabel("Six digits").fill("12");
  await ruth.getByRole("button", { name: "Go on" }).click();
  await expect(ruth.getByText("This opens no workshop.")).toBeVisible();
  await expect(ruth.getByLabel("Six digits")).toBeFocused();
  await byDigits(ruth, led, "Ruth Brandt", "Northwind");
  await expectAccessible(ruth);
  await admitAll(led);
  await expect(ruth.getByRole("heading", { name: "Onboarding" })).toBeVisible();
  await expectAccessible(ruth);

  // A member comes in as themselves and takes the free seat.
  await tom.setViewportSize(PHONE);
  await tom.goto(`${app.url}/workshop/${led.id}`);
  await expectAccessible(tom);
  await tom.getByRole("button", { name: "Come in" }).click();
  await tom.getByRole("link", { name: "Room" }).click();
  await tom.getByRole("button", { name: "Speak for Northwind" }).click();
  await expect(tom.getByText("Speaks for Northwind")).toBeVisible();
  await expectAccessible(tom);
  await tom.getByRole("link", { name: "Now", exact: true }).click();

  await led.ask({ type: "go", itemId: "i1" });
  const seal = ruth.getByRole("button", { name: "Seal my answer" });
  await expect(seal).toBeDisabled();
  await ruth
    .getByRole("group", { name: /Who answers/ })
    .getByText("Northwind")
    .click();
  await ruth
    .getByRole("group", { name: /Who does/ })
    .getByText("Harbour IT")
    .click();
  await ruth.getByLabel("A reason for the room").fill("They have the night shift.");
  await expectAccessible(ruth);
  await seal.click();
  await expect(ruth.getByRole("heading", { name: "Sealed" })).toBeVisible();
  await expect(ruth.getByText("Northwind answers, Harbour IT does it.")).toBeVisible();
  await expectAccessible(ruth);
  await ruth.reload();
  await alive(ruth);
  await ruth.getByRole("button", { name: "Change my answer" }).click();
  await ruth
    .getByRole("group", { name: /Who answers/ })
    .getByText("Harbour IT")
    .click();
  await seal.click();
  await expect(ruth.getByText("Harbour IT answers, Harbour IT does it.")).toBeVisible();

  // The host seals for the party, so that nobody else of it is waited for.
  await tom
    .getByRole("group", { name: /Who answers/ })
    .getByText("Northwind")
    .click();
  await tom
    .getByRole("group", { name: /Who does/ })
    .getByText("Northwind")
    .click();
  await tom.getByLabel(/Seal it for Northwind/).check();
  await tom.getByRole("button", { name: "Seal for Northwind" }).click();
  await expect(tom.getByRole("heading", { name: "Sealed for Northwind" })).toBeVisible();
  await led.ask({
    type: "seal",
    itemId: "i1",
    forParty: true,
    proposal: { choice: { kind: "split", does: [led.provider], answers: led.provider }, reason: "" },
  });
  for (const phone of [ruth, tom]) await expect(phone.getByText(/^Overlap/).first()).toBeVisible();
  await expectAccessible(ruth);

  await led.ask({
    type: "settle",
    itemId: "i1",
    settlement: { kind: "split", does: [led.client], answers: led.client, boundary: "" },
    terms: null,
  });
  await expect(ruth.getByText("Waiting for Tom Okafor, for Northwind")).toBeVisible();
  await expect(ruth.getByRole("button", { name: /Confirm/ })).toHaveCount(0);
  await expectAccessible(tom);
  const number = (await led.look()).current?.settling?.number;
  await led.ask({ type: "confirm", itemId: "i1", number });
  await tom.getByRole("button", { name: "Confirm for Northwind" }).click();
  for (const phone of [ruth, tom])
    await expect(phone.getByRole("heading", { name: "Agreed by both parties" })).toBeVisible();
  await tom.context().close();
  await ruth.context().close();
});

test("a guest by link reads and proposes beforehand, and what they type outlives a reload, a lost network and the room going on", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "iam");
  const led = await lead(page, app, 4);
  const ines = await aPhone(browser);
  await ines.goto(await joinLink(led));
  await ines.getByLabel("Your name").fill("<img src=x onerror=alert(1)> Ines");
  await ines.context().setOffline(true);
  await ines.getByRole("radio", { name: "Northwind" }).check();
  await ines.getByRole("button", { name: "Ask to come in" }).click();
  await expect(ines.getByText("The server can't be reached.")).toBeVisible();
  await expect(ines.getByLabel("Your name")).toHaveValue("<img src=x onerror=alert(1)> Ines");
  await ines.context().setOffline(false);
  await ines.getByRole("button", { name: "Ask to come in" }).click();
  await expect(ines.getByText("as <img src=x onerror=alert(1)> Ines").first()).toBeVisible();
  await admitAll(led);

  await ines.getByRole("navigation").getByRole("link", { name: "All items" }).click();
  await ines.getByRole("link", { name: /IAM-02/ }).click();
  await expect(ines.getByText("Done when")).toBeVisible();
  await expectAccessible(ines);
  await ines.getByRole("button", { name: "Not sure" }).click();
  await expect(ines.getByRole("heading", { name: "Sealed" })).toBeVisible();
  await ines.goBack();
  await expect(ines.getByRole("link", { name: /IAM-02.*You sealed/ })).toBeVisible();
  await expectAccessible(ines);

  await led.ask({ type: "open" }, { type: "go", itemId: "i1" });
  await ines.getByRole("link", { name: "Now", exact: true }).click();
  await answer(ines, "Northwind", "Northwind");
  await ines.getByLabel("A reason for the room").fill("We know them.");
  await ines.reload();
  await alive(ines);
  await expect(ines.getByLabel("A reason for the room")).toHaveValue("We know them.");
  await expect(ines.getByRole("radio", { name: "Northwind" })).toBeChecked();

  // Offline, the seal is kept with its choice, also through the page being loaded anew.
  await ines.route("**/asked", (route) => route.abort());
  await ines.getByRole("button", { name: "Seal my answer" }).click();
  await expect(ines.getByText(/kept on this device/)).toBeVisible();
  await ines.reload();
  await expect(ines.getByText(/kept on this device/)).toBeVisible();
  await expectAccessible(ines);
  expect((await led.look()).current?.seats.filter(({ sealed }) => sealed)).toEqual([]);
  await ines.unroute("**/asked");
  await expect(ines.getByRole("heading", { name: "Sealed" })).toBeVisible();
  expect((await led.look()).current?.seats.filter(({ sealed }) => sealed)).toHaveLength(1);
  expect(await ines.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("demarc.")))).toEqual([]);

  // The room goes on while somebody types: they stay, are told, and nothing is lost.
  await led.ask({ type: "go", itemId: "i3" });
  await expect(ines.getByRole("heading", { name: /leaver/ })).toBeVisible();
  const reason = ines.getByLabel("A reason for the room");
  await reason.fill("In the middle of");
  await led.ask({ type: "go", itemId: "i4" });
  await expect(ines.getByText(/facilitator has gone on/)).toBeVisible();
  await expect(reason).toBeFocused();
  await expect(reason).toHaveValue("In the middle of");
  await expectAccessible(ines);
  await ines.getByRole("button", { name: "Go to what is talked about" }).click();
  await expect(reason).toHaveValue("");
  await ines.getByRole("navigation").getByRole("link", { name: "All items" }).click();
  await ines.getByRole("link", { name: /IAM-03.*Not sealed yet/ }).click();
  await expect(reason).toHaveValue("In the middle of");

  // A second tab is the same guest; what one seals shows in the other, and counts once.
  const second = await ines.context().newPage();
  await second.goto(`${app.url}/workshop/${led.id}`);
  await answer(second, "Harbour IT", "Harbour IT");
  await second.getByRole("button", { name: "Seal my answer" }).click();
  await expect(second.getByRole("heading", { name: "Sealed" })).toBeVisible();
  await ines.getByRole("link", { name: "Now", exact: true }).click();
  await expect(ines.getByText("Harbour IT answers, Harbour IT does it.")).toBeVisible();
  expect((await led.look()).current?.seats.filter(({ sealed }) => sealed)).toHaveLength(1);
  await second.close();

  // Revealed while one changes it: the reveal is shown, and what was typed is told.
  await ines.getByRole("button", { name: "Change my answer" }).click();
  await reason.fill("Too late");
  await led.ask({ type: "reveal", itemId: "i4" });
  await expect(ines.getByText(/revealed before you sealed/)).toBeVisible();
  await expect(ines.getByText(/Too late/)).toBeVisible();
  await expectAccessible(ines);

  await led.ask({ type: "end" });
  await expect(ines.getByRole("heading", { name: "This workshop has ended" })).toBeVisible();
  await expectAccessible(ines);
  await ines.reload();
  await expect(ines.getByRole("heading", { name: "This workshop has ended" })).toBeVisible();
  expect(await ines.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("demarc.")))).toEqual([]);
  await ines.context().close();
});

test("nobody seals for another, after the reveal or after being sent away, and guessed digits are stopped with a sentence", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const led = await lead(page, app);
  await led.ask({ type: "open" }, { type: "go", itemId: "i1" });
  const ruth = await aPhone(browser);
  await byDigits(ruth, led, "Ruth", "Northwind");
  const seal = { type: "seal", itemId: "i1", forParty: false, proposal: { choice: { kind: "not-sure" }, reason: "" } };
  const asked = async (...all: unknown[]) => {
    const response = await ruth.request.post(`${app.url}/workshop/${led.id}/asked`, {
      data: { asked: all },
      headers: { "sec-fetch-site": "same-origin" },
    });
    return `${response.status()} ${await response.text()}`;
  };
  expect(await asked(seal)).toContain("You aren't let in yet.");
  await admitAll(led);
  const me = (await led.look()).yours?.participantId;
  expect(await asked({ ...seal, by: me })).toMatch(/^400/);
  expect(await asked({ ...seal, participantId: me })).toMatch(/^400/);
  expect(await asked({ ...seal, forParty: true })).toContain("Only your party's host proposes for the party.");
  expect((await led.look()).current?.seats.some(({ sealed }) => sealed)).toBe(false);
  expect(await asked({ type: "confirm", itemId: "i1", number: 1 })).toContain("The hosts of both sides confirm");
  expect(await asked({ type: "reveal", itemId: "i1" }, { type: "take-over" })).toContain('"rejected":[{"index":0');

  await led.ask(seal, { type: "reveal", itemId: "i1" });
  await expect(ruth.getByText(/^Unclear/).first()).toBeVisible();
  expect(await asked(seal)).toContain("This was revealed a moment ago");

  await led.ask({ type: "go", itemId: "i2" });
  await answer(ruth, "Northwind", "Northwind");
  const seat = (await led.look()).room?.people.find(({ label }) => label === "Ruth");
  await led.ask({ type: "refuse", participantId: seat?.participantId });
  await expect(ruth.getByRole("heading", { name: "You aren't in this workshop any more" })).toBeVisible();
  await expectAccessible(ruth);
  expect(await asked({ ...seal, itemId: "i2" })).toMatch(/^404/);
  await ruth.reload();
  await expect(ruth.getByRole("heading", { name: /There is no such workshop/ })).toBeVisible();
  await expectAccessible(ruth);

  const guess = (code: string) =>
    ruth.request.post(`${app.url}/join`, { form: { code }, headers: { "sec-fetch-site": "same-origin" } });
  const code = (await led.look()).door?.code ?? "";
  for (let i = 0; i < 60; i++) await guess(String((Number(code) + 1 + i) % 1_000_000).padStart(6, "0"));
  await ruth.goto(`${app.url}/join`);
  await ruth.getByLabel("Six digits").fill(code);
  await ruth.getByRole("button", { name: "Go on" }).click();
  await expect(ruth.getByText("Too many tries. Wait 15 minutes, then try again.")).toBeVisible();
  await expectAccessible(ruth);
  app.forgetTries();
  await ruth.context().close();
});

test("the form at the door works without scripts", async ({ page, app, browser }) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const led = await lead(page, app);
  await led.ask({ type: "open" });
  const plain = await aPhone(browser, { javaScriptEnabled: false });
  const code = (await led.look()).door?.code ?? "";
  await plain.goto(`${app.url}/join`);
  await plain.getByLabel("Six digits").fill("000");
  await plain.getByRole("button", { name: "Go on" }).click();
  await expect(plain.getByText("This opens no workshop.")).toBeVisible();
  await plain.getByLabel("Six digits").fill(code);
  await plain.getByRole("button", { name: "Go on" }).click();
  await plain.getByLabel("Your name").fill("Ruth");
  await plain.getByLabel(/E-mail/).fill("nonsense");
  await plain.getByRole("radio", { name: "Harbour IT" }).check();
  await plain.getByRole("button", { name: "Ask to come in" }).click();
  await expect(plain.getByLabel(/E-mail/)).toHaveAttribute("aria-invalid", "true");
  await expect(plain.getByLabel("Your name")).toHaveValue("Ruth");
  await plain.getByLabel(/E-mail/).fill("");
  await plain.getByRole("button", { name: "Ask to come in" }).click();
  await expect(plain.getByRole("heading", { name: "Waiting to be let in" })).toBeVisible();
  await plain.context().close();
});

test("a party's host lets its people in, confirms one item after another from the list, answers for a path and hands the seat on", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  await addPath(page);
  const led = await lead(page, app, 3);
  const tom = await letIn(page, browser, { name: "Tom Okafor", side: "Northwind" });
  const ida = await letIn(tom, browser, { name: "Ida Berg", side: "Northwind" });
  await led.ask({ type: "open" });
  for (const member of [tom, ida]) {
    await member.setViewportSize(PHONE);
    await member.goto(`${app.url}/workshop/${led.id}`);
    await member.getByRole("button", { name: "Come in" }).click();
    await member.getByRole("link", { name: "Room" }).click();
  }
  await tom.getByRole("button", { name: "Speak for Northwind" }).click();
  await expect(ida.getByText("Speaks for Northwind")).toBeVisible();
  await expect(ida.getByRole("button", { name: "Speak for Northwind" })).toHaveCount(0);

  const guests = await Promise.all([aPhone(browser), aPhone(browser), aPhone(browser)]);
  for (const [i, guest] of guests.entries()) await byDigits(guest, led, `Guest ${i + 1}`, "Northwind");
  await expect(ida.getByText(/wait to be let in/)).toHaveCount(0);
  await tom.getByRole("button", { name: "Send Guest 3 away" }).click();
  await expect(
    (guests[2] ?? page).getByRole("heading", { name: "You aren't in this workshop any more" }),
  ).toBeVisible();
  await tom.getByRole("button", { name: "Let all 2 in" }).click();
  for (const guest of guests.slice(0, 2)) await expect(guest.getByText("It has begun.")).toBeVisible();

  // What both see alike is confirmed from the list, one after another.
  const byProvider = (itemId: string) => ({
    type: "seal",
    itemId,
    forParty: true,
    proposal: { choice: { kind: "split", does: [led.client], answers: led.client }, reason: "" },
  });
  const settlement = { kind: "split", does: [led.client], answers: led.client, boundary: "" };
  for (const itemId of ["i1", "i2"])
    await led.ask(byProvider(itemId), { type: "reveal", itemId }, { type: "settle", itemId, settlement, terms: null });
  for (const { itemId, settling } of (await led.look()).plan)
    if (settling) await led.ask({ type: "confirm", itemId, number: settling.number });
  await expect(tom.getByRole("link", { name: "All items 2 to confirm" })).toBeVisible();
  await tom.getByRole("link", { name: "All items 2 to confirm" }).click();
  await expectAccessible(tom);
  await tom
    .getByRole("region", { name: /NET-01/ })
    .getByRole("button", { name: "Confirm for Northwind" })
    .click();
  await expect(tom.getByRole("heading", { name: "For you to confirm: 1" })).toBeVisible();
  await tom
    .getByRole("region", { name: /NET-02/ })
    .getByRole("button", { name: "Confirm for Northwind" })
    .click();
  await expect(tom.getByRole("heading", { name: "2 of 4 settled" })).toBeVisible();

  // Whoever saw another settlement confirms nothing.
  await led.ask({ type: "go", itemId: "i3" }, byProvider("i3"), { type: "reveal", itemId: "i3" });
  await led.ask({ type: "settle", itemId: "i3", settlement, terms: null });
  await tom.getByRole("link", { name: "Now", exact: true }).click();
  await expect(tom.getByRole("button", { name: "Confirm for Northwind" })).toBeVisible();
  await tom.route("**/asked", async (route) => {
    await led.ask({ type: "settle", itemId: "i3", settlement: { ...settlement, boundary: "Other" }, terms: null });
    await route.continue();
  });
  await tom.getByRole("button", { name: "Confirm for Northwind" }).click();
  await expect(tom.getByText("The facilitator changed it a moment ago.")).toBeVisible();
  await expect(tom.getByText("Boundary: Other")).toBeVisible();
  await tom.unroute("**/asked");
  await expect(tom.getByText("Waiting for you, for Northwind")).toBeVisible();

  await led.ask({ type: "go", itemId: "i4" });
  await expect(tom.getByRole("group", { name: /What about this path/ })).toBeVisible();
  await tom.getByText("As it is written").click();
  await expectAccessible(tom);
  await tom.getByText("It has to change").click();
  await tom.getByRole("button", { name: "Seal my answer" }).click();
  await expect(tom.getByText("It has to change.")).toBeVisible();
  await tom.getByRole("button", { name: "Take back" }).click();
  await expect(tom.getByRole("radio", { name: "It has to change" })).toBeChecked();
  expect((await led.look()).current?.seats.some(({ sealed }) => sealed)).toBe(false);

  await tom.getByRole("link", { name: "Room" }).click();
  await tom.getByRole("button", { name: "Let Ida Berg speak for Northwind" }).click();
  await tom.getByRole("dialog").getByRole("button", { name: "Hand on" }).click();
  await expect(tom.getByRole("listitem").filter({ hasText: "Ida Berg" })).toContainText("Speaks for Northwind");

  // A second takes over, and everybody sees it.
  const idOf = async (name: string) =>
    (await led.look()).room?.people.find(({ label }) => label === name)?.participantId ?? "";
  await led.ask({ type: "second", participantId: await idOf("Tom Okafor"), may: true });
  await tom.getByRole("button", { name: "Take over" }).click();
  await tom.getByRole("dialog").getByRole("button", { name: "Take over" }).click();
  await expect(ida.getByRole("listitem").filter({ hasText: "Tom Okafor" })).toContainText("Leads the workshop");
  await ida.getByRole("button", { name: "Leave the workshop" }).click();
  await ida.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await expect(ida.getByRole("button", { name: "Come in" })).toBeVisible();
  await ida.getByRole("button", { name: "Come in" }).click();
  await expect(ida.getByRole("heading", { name: /in the room/ })).toBeVisible();
  for (const one of [tom, ida, ...guests]) await one.context().close();
});
