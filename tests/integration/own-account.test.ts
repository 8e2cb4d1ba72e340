import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { queueMail } from "~/db/mail-store.server";
import { openAccount, signIn } from "~/services/who/accounts.server";
import { changeAccount } from "~/services/account/change-account.server";
import { inviteSomebody } from "~/services/access/invitations.server";
import { confirmEmailChange, ownAccount } from "~/services/account/own-account.server";
import { ownData } from "~/services/account/own-data.server";
import { openSignInLink, requestLink } from "~/services/account/sign-in-links.server";
import { requestReset, resetPassword } from "~/services/account/passwords.server";
import { ABrowser } from "../support/browsers";
import { aMatrix } from "../support/matrices";
import { startPost, type Post } from "../support/post";
import { recordOfPerson } from "../support/records";
import { anEngagement } from "../support/stored";

const PASSWORD = "four quiet words here";
const WRONG = { fields: { current: "This is not your password. Try again." } };
let post: Post;
beforeAll(async () => {
  post = await startPost();
});
afterAll(() => post.stop());

type Person = { userId: string; email: string; browser: ABrowser };

async function aPerson(name: string): Promise<Person> {
  const browser = new ABrowser();
  const email = `${crypto.randomUUID()}@people.example`;
  const { userId, cookies } = await openAccount(
    { name, email, password: PASSWORD },
    async () => null,
    browser.caller,
    new Date(),
  );
  await write((tx) => tx.user.update({ where: { id: userId }, data: { emailVerified: true } }));
  browser.keep(cookies);
  return { userId, email, browser };
}

/** The same person signed in once more. */
async function elsewhere(email: string, userAgent?: string, password = PASSWORD): Promise<ABrowser> {
  const browser = new ABrowser(userAgent);
  browser.keep((await signIn({ email, password }, browser.caller, new Date())).cookies);
  return browser;
}

async function change({ browser }: { browser: ABrowser }, form: Record<string, string>) {
  const done = await changeAccount(await browser.me(), form, browser.caller, new Date());
  browser.keep(done.cookies);
  return done;
}

const tokenOf = (link: string | null | undefined) => new URL(link ?? "").searchParams.get("token") ?? "";
const sessionOf = (browser: ABrowser) =>
  /demarc\.session_token=([^.;]+)/.exec(decodeURIComponent(browser.cookie))?.[1] ?? "";

describe("name and password", () => {
  it("a name is changed, an empty one is not", async () => {
    const person = await aPerson("Maya");
    await expect(change(person, { intent: "name", name: "  " })).rejects.toMatchObject({
      fields: { name: expect.stringMatching(/empty/) },
    });
    await change(person, { intent: "name", name: " Maya Lindqvist " });
    expect(await person.browser.me()).toMatchObject({ name: "Maya Lindqvist" });
  });

  it("a changed password ends every other session, and this one goes on under a new secret", async () => {
    const person = await aPerson("Maya");
    const other = await elsewhere(person.email);
    const before = sessionOf(person.browser);
    await expect(
      change(person, { intent: "password", current: "not the password", password: "five other words go here" }),
    ).rejects.toMatchObject(WRONG);
    await expect(change(person, { intent: "password", current: PASSWORD, password: "short" })).rejects.toMatchObject({
      fields: { password: expect.stringMatching(/5 characters/) },
    });
    expect(await other.actor()).not.toBeNull();
    await change(person, { intent: "password", current: PASSWORD, password: "five other words go here" });
    expect([await other.actor(), sessionOf(person.browser) === before]).toEqual([null, false]);
    expect(await person.browser.me()).toMatchObject({ email: person.email });
    expect(await read.session.count({ where: { token: before } })).toBe(0);
    await expect(elsewhere(person.email)).rejects.toMatchObject({ code: "invalid" });
    await elsewhere(person.email, undefined, "five other words go here");
    expect((await post.collect(person.email)).map(({ subject }) => subject)).toEqual([
      "Your Demarc password was changed",
    ]);
    expect(await recordOfPerson(person.userId)).toContainEqual({
      event: "account.password-changed",
      detail: { how: "changed" },
    });
  });

  it("nobody guesses the password from a session left open", async () => {
    const person = await aPerson("Maya");
    for (let tries = 0; tries < 10; tries += 1)
      await expect(
        change(person, { intent: "password", current: "not the password", password: "five other words go here" }),
      ).rejects.toMatchObject({ code: "invalid" });
    await expect(change(person, { intent: "deleted", current: PASSWORD })).rejects.toMatchObject({ code: "too-many" });
  });
});

describe("the address", () => {
  it("counts once the new one confirms it; the one before is told, and its links end", async () => {
    const person = await aPerson("Maya");
    const fresh = `${crypto.randomUUID()}@people.example`;
    await expect(
      change(person, { intent: "email-asked", email: fresh, current: "not the password" }),
    ).rejects.toMatchObject(WRONG);
    await change(person, { intent: "email-asked", email: fresh.toUpperCase(), current: PASSWORD });
    await requestReset(person.email, person.browser.caller);
    const reset = tokenOf((await post.collect(person.email))[0]?.link);
    expect((await person.browser.me()).email).toBe(person.email);
    const token = tokenOf((await post.collect(fresh))[0]?.link);
    await confirmEmailChange(token, new ABrowser().caller, new Date());
    expect((await person.browser.me()).email).toBe(fresh);
    const told = await post.collect(person.email);
    expect(told.map(({ subject }) => subject)).toEqual(["Your address for Demarc was changed"]);
    expect(told[0]?.body).toContain(fresh);
    await expect(
      resetPassword(reset, "five other words go here", person.browser.caller, new Date()),
    ).rejects.toMatchObject({ code: "invalid" });
    await expect(confirmEmailChange(token, person.browser.caller, new Date())).rejects.toMatchObject({
      message: expect.stringMatching(/for one change/),
    });
    expect(await recordOfPerson(person.userId)).toContainEqual({
      event: "account.email-changed",
      detail: { from: person.email, to: fresh },
    });
    await elsewhere(fresh);
  });

  it("is shown to be theirs by confirming it, and a link sent there takes nothing of the account away", async () => {
    const person = await aPerson("Maya");
    await write((tx) => tx.user.update({ where: { id: person.userId }, data: { emailVerified: false } }));
    const fresh = `${crypto.randomUUID()}@people.example`;
    await change(person, { intent: "email-asked", email: fresh, current: PASSWORD });
    await confirmEmailChange(tokenOf((await post.collect(fresh))[0]?.link), person.browser.caller, new Date());
    expect(await recordOfPerson(person.userId)).toContainEqual({
      event: "account.email-confirmed",
      detail: { by: "change" },
    });
    await requestLink(fresh, new ABrowser().caller);
    expect(
      (await openSignInLink(tokenOf((await post.collect(fresh))[0]?.link), new ABrowser().caller, new Date()))
        .confirmed,
    ).toBe(false);
    expect((await person.browser.me()).email).toBe(fresh);
    await elsewhere(fresh);
  });

  it("isn't changed by a link from before a new password: whoever asked for it may be who the password shuts out", async () => {
    const person = await aPerson("Maya");
    const theirs = `${crypto.randomUUID()}@people.example`;
    await change(person, { intent: "email-asked", email: theirs, current: PASSWORD });
    const token = tokenOf((await post.collect(theirs))[0]?.link);
    await requestReset(person.email, person.browser.caller);
    await resetPassword(
      tokenOf((await post.collect(person.email))[0]?.link),
      "five other words go here",
      new ABrowser().caller,
      new Date(),
    );
    await expect(confirmEmailChange(token, new ABrowser().caller, new Date())).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/^This link doesn't confirm an address any more/),
    });
    expect(await read.user.findUniqueOrThrow({ where: { id: person.userId }, select: { email: true } })).toEqual({
      email: person.email,
    });
  });

  it("that somebody has already is answered alike and changes nothing, now or later", async () => {
    const [person, other] = [await aPerson("Maya"), await aPerson("Priya")];
    await change(person, { intent: "email-asked", email: other.email, current: PASSWORD });
    expect(await post.collect(other.email)).toEqual([]);
    const fresh = `${crypto.randomUUID()}@people.example`;
    await change(person, { intent: "email-asked", email: fresh, current: PASSWORD });
    const token = tokenOf((await post.collect(fresh))[0]?.link);
    await write((tx) => tx.user.update({ where: { id: other.userId }, data: { email: fresh } }));
    await expect(confirmEmailChange(token, person.browser.caller, new Date())).rejects.toMatchObject({
      code: "invalid",
    });
    expect((await person.browser.me()).email).toBe(person.email);
  });

  it("is not confirmed by a made-up link, nor while another account is signed in", async () => {
    const [person, other] = [await aPerson("Maya"), await aPerson("Priya")];
    const fresh = `${crypto.randomUUID()}@people.example`;
    await change(person, { intent: "email-asked", email: fresh, current: PASSWORD });
    const token = tokenOf((await post.collect(fresh))[0]?.link);
    const [head, body] = token.split(".");
    for (const forged of ["", "x", `${head}.${body}.${"A".repeat(43)}`])
      await expect(confirmEmailChange(forged, person.browser.caller, new Date())).rejects.toMatchObject({
        code: "invalid",
      });
    await expect(confirmEmailChange(token, other.browser.caller, new Date())).rejects.toMatchObject({
      message: expect.stringMatching(/signed in with another account/),
    });
    expect((await person.browser.me()).email).toBe(person.email);
  });
});

describe("sessions", () => {
  it("are listed with their device and address, this one first, and end one by one or together", async () => {
    const person = await aPerson("Maya");
    const phone = await elsewhere(
      person.email,
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    );
    const desk = await elsewhere(
      person.email,
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    );
    const { sessions } = await ownAccount(await person.browser.me(), person.browser.caller, new Date());
    expect(sessions.map(({ device, address, here, method }) => [device, address, here, method])).toEqual([
      ["Firefox on Linux", person.browser.address, true, "password"],
      ["Edge on Windows", desk.address, false, "password"],
      ["Safari on iPhone", phone.address, false, "password"],
    ]);
    await change(person, { intent: "session", session: sessions[1]?.id ?? "" });
    expect([await desk.actor(), (await phone.actor())?.email]).toEqual([null, person.email]);
    await expect(change(person, { intent: "session", session: sessions[1]?.id ?? "" })).rejects.toMatchObject({
      code: "conflict",
    });
    await change(person, { intent: "others" });
    expect([await phone.actor(), (await person.browser.me()).email]).toEqual([null, person.email]);
    expect(
      (await recordOfPerson(person.userId))
        .filter(({ event }) => event === "session.ended")
        .map(({ detail }) => detail),
    ).toEqual([{ device: "Edge on Windows" }, { others: true }]);
  });

  it("of somebody else can't be ended", async () => {
    const [person, other] = [await aPerson("Maya"), await aPerson("Priya")];
    const theirs = await read.session.findFirst({ where: { userId: other.userId }, select: { id: true } });
    await expect(change(person, { intent: "session", session: theirs?.id ?? "" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await other.browser.actor()).not.toBeNull();
  });
});

describe("one's own data", () => {
  it("is downloaded without a secret in it", async () => {
    const person = await aPerson("Maya");
    await anEngagement(await person.browser.me(), aMatrix());
    await change(person, { intent: "password", current: PASSWORD, password: "five other words go here" });
    const file = await ownData(await person.browser.me(), new Date());
    const text = new TextDecoder().decode(file.bytes);
    const data = JSON.parse(text) as {
      profile: object;
      signIn: object[];
      sessions: object[];
      access: object[];
      record: object[];
    };
    expect(data).toMatchObject({
      profile: { name: "Maya", email: person.email },
      signIn: [{ way: "password" }],
      sessions: [{ ipAddress: person.browser.address }],
      access: [{ side: "client", permission: "owner" }],
      record: [{ event: "account.password-changed" }],
    });
    expect(text).not.toContain(sessionOf(person.browser));
    const account = await write((tx) => tx.account.findFirstOrThrow({ where: { userId: person.userId } }));
    expect(text).not.toContain(account.password);
  });

  it("goes with the account: access, sessions, invitations and waiting mail end; the record keeps the name", async () => {
    const [person, heir] = [await aPerson("Maya"), await aPerson("Priya")];
    const { engagementId, matrixId } = await anEngagement(await person.browser.me(), aMatrix());
    const kept = await change(person, { intent: "deleted", current: PASSWORD }).catch((error: unknown) => error);
    expect(kept).toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^You are the last owner of your side in “.+ and .+”\. Make somebody else/),
    });
    await write((tx) =>
      tx.member.create({ data: { engagementId, userId: heir.userId, side: "client", permission: "owner" } }),
    );
    await inviteSomebody(
      await person.browser.me(),
      matrixId,
      { email: "guest@people.example", side: "client", permission: "viewer" },
      new Date(),
    );
    await write((tx) =>
      queueMail(tx, {
        to: person.email,
        subject: "Waiting",
        text: "Waiting",
        kind: "waiting",
        at: new Date(Date.now() + 3_600_000),
      }),
    );
    await expect(change(person, { intent: "deleted", current: "" })).rejects.toMatchObject(WRONG);
    await expect(change(person, { intent: "deleted", current: "not the password" })).rejects.toMatchObject(WRONG);
    expect(await change(person, { intent: "deleted", current: PASSWORD })).toMatchObject({ left: true });
    expect(await read.user.findUnique({ where: { id: person.userId } })).toBeNull();
    expect([
      await read.member.count({ where: { userId: person.userId } }),
      await read.session.count({ where: { userId: person.userId } }),
      await read.account.count({ where: { userId: person.userId } }),
      await read.outgoingMail.count({ where: { to: person.email } }),
      await read.invitation.count({ where: { invitedById: person.userId, revokedAt: null } }),
    ]).toEqual([0, 0, 0, 0, 0]);
    expect(
      await read.recordEntry.findMany({
        where: { actorId: person.userId, event: { in: ["member.left", "account.deleted"] } },
        orderBy: { event: "asc" },
        select: { event: true, actorName: true },
      }),
    ).toEqual([
      { event: "account.deleted", actorName: "Maya" },
      { event: "member.left", actorName: "Maya" },
    ]);
    await expect(elsewhere(person.email)).rejects.toMatchObject({ code: "invalid" });
  });

  it("stays while the installation stands in one's name, until it is handed to somebody one works with", async () => {
    const [person, heir, stranger] = [await aPerson("Maya"), await aPerson("Priya"), await aPerson("Sam")];
    await write((tx) =>
      tx.installation.create({ data: { id: "here", ownerId: person.userId, createdAt: new Date() } }),
    );
    const { engagementId } = await anEngagement(await heir.browser.me(), aMatrix());
    await write((tx) =>
      tx.member.create({ data: { engagementId, userId: person.userId, side: "client", permission: "viewer" } }),
    );
    await expect(change(person, { intent: "deleted", current: PASSWORD })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/stands in your name/),
    });
    for (const email of [stranger.email, "nobody@people.example", person.email])
      await expect(change(person, { intent: "handed-over", heir: email, current: PASSWORD })).rejects.toMatchObject({
        fields: { heir: expect.stringMatching(/^Nobody you share/) },
      });
    await expect(
      change(stranger, { intent: "handed-over", heir: heir.email, current: PASSWORD }),
    ).rejects.toMatchObject({ code: "invalid" });
    await change(person, { intent: "handed-over", heir: heir.email, current: PASSWORD });
    expect((await ownAccount(await heir.browser.me(), heir.browser.caller, new Date())).ownsInstallation).toBe(true);
    expect(await change(person, { intent: "deleted", current: PASSWORD })).toMatchObject({ left: true });
  });

  it("an intent that there isn't is refused", async () => {
    const person = await aPerson("Maya");
    for (const intent of ["", "toString", "elsewhere"])
      await expect(change(person, { intent })).rejects.toMatchObject({ code: "invalid" });
  });
});
