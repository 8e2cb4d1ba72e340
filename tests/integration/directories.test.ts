import { afterAll, describe, expect, it, vi } from "vitest";
import { CLIENT_SECRET, startDirectory, walkThrough, type DirectoryAnswer } from "../support/directory";
import { startSilentServer } from "../support/mail-server";

// The settings are read once, when the application is loaded: the directory comes first, and the next file loads it anew.
vi.resetModules();
const HOME = "http://localhost:3000";
const callback = (id: string) => `${HOME}/auth/callback/${id}`;
const directory = await startDirectory(["northwind", "harbour-it", "entra"].map(callback));
const outward = await startDirectory([callback("outward")], { CLAIMS_IN_USERINFO: "yes" });
const silent = await startSilentServer();
const setUp = (name: string, issuer: string, more: Record<string, string> = {}) => {
  const values: Record<string, string> = {
    ISSUER: issuer,
    CLIENT_ID: name.toLowerCase().replaceAll("_", "-"),
    CLIENT_SECRET,
    ...more,
  };
  for (const [key, value] of Object.entries(values)) vi.stubEnv(`OIDC_${name}_${key}`, value);
};
setUp("NORTHWIND", `${directory.issuer}/`, { LABEL: "Northwind’s directory" });
setUp("HARBOUR_IT", directory.issuer, { DOMAINS: "harbour.example, @Harbour-IT.example" });
setUp("ENTRA", directory.issuer, { DOMAINS: "people.example", TRUST_EMAIL: "yes" });
setUp("OUTWARD", outward.issuer);
setUp("SILENT", silent.url.replace("smtp:", "http:"));
setUp("GONE", "http://127.0.0.1:9");

const { read, write } = await import("~/db/client.server");
const { openAccount } = await import("~/services/who/accounts.server");
const { changeAccount } = await import("~/services/account/change-account.server");
const { beginWithDirectory, directoryChoices, finishWithDirectory } =
  await import("~/services/account/directories.server");
const { acceptInvitation, inviteSomebody } = await import("~/services/access/invitations.server");
const { matrixFor } = await import("~/services/who/matrix-access.server");
const { ABrowser } = await import("../support/browsers");
const { aMatrix } = await import("../support/matrices");
const { recordOfPerson } = await import("../support/records");
const { anEngagement } = await import("../support/stored");
type Browser = InstanceType<typeof ABrowser>;

afterAll(async () => {
  vi.unstubAllEnvs();
  vi.resetModules();
  await Promise.all([directory.stop(), outward.stop(), silent.stop()]);
});

const anAddress = (domain = "people.example") => `${crypto.randomUUID()}@${domain}`;
const claims = (email: string, more: Record<string, unknown> = {}) => ({
  email,
  email_verified: true,
  name: "Maya Lindqvist",
  ...more,
});

async function aPerson(email = anAddress()) {
  const browser = new ABrowser();
  const { userId } = await openAccount(
    { name: "Maya", email, password: "four quiet words here" },
    async () => null,
    browser.caller,
    new Date(),
  );
  await write((tx) => tx.user.update({ where: { id: userId }, data: { emailVerified: true } }));
  return { userId, email };
}

/** Signs in with a directory that says this; gives where the browser ends. */
async function through(
  id: string,
  said: DirectoryAnswer,
  { browser = new ABrowser(), next = "/" }: { browser?: Browser; next?: string } = {},
) {
  await (id === "outward" ? outward : directory).says(said);
  const begun = await beginWithDirectory(id, next, browser.caller, new Date());
  browser.keep(begun.cookies);
  const back = await walkThrough(begun.to, callback(id));
  const end = await finishWithDirectory(id, back.search, browser.caller, new Date());
  browser.keep(end.cookies);
  return { browser, to: end.to, back };
}

const refused = (id: string, reason: string, next?: string) =>
  `/sign-in/refused?with=${id}${next ? `&next=${encodeURIComponent(next)}` : ""}&error=${reason}`;

describe("a directory", () => {
  it("signs in whoever has an account with the address it has verified, and keeps none of its tokens", async () => {
    const { userId, email } = await aPerson();
    const sub = crypto.randomUUID();
    const { browser, to } = await through(
      "northwind",
      { sub, claims: claims(email.toUpperCase()) },
      { next: "/library?x=1" },
    );
    expect(to).toBe("/library?x=1");
    expect(await browser.actor()).toMatchObject({ userId, name: "Maya", secondFactor: true });
    expect(
      await write((tx) =>
        tx.account.findFirst({
          where: { userId, providerId: "northwind" },
          select: { accountId: true, accessToken: true, refreshToken: true, idToken: true },
        }),
      ),
    ).toEqual({ accountId: sub, accessToken: null, refreshToken: null, idToken: null });
    const again = await through("northwind", { sub, claims: claims(email) });
    expect([again.to, (await again.browser.me()).userId]).toEqual(["/", userId]);
    expect((await recordOfPerson(userId)).map(({ event, detail }) => [event, detail])).toEqual([
      ["account.directory-linked", { directory: "Northwind’s directory" }],
      ["session.opened", { method: "directory" }],
      ["session.opened", { method: "directory" }],
    ]);
    expect(
      await read.session.findMany({ where: { userId, method: "directory" }, select: { ipAddress: true } }),
    ).toContainEqual({ ipAddress: browser.address });
  });

  it("that opens an account from then on is told by mail to whoever had it before, once", async () => {
    const { email } = await aPerson();
    const sub = crypto.randomUUID();
    for (const time of ["first", "again"])
      expect([time, (await through("northwind", { sub, claims: claims(email) })).to]).toEqual([time, "/"]);
    expect(await read.outgoingMail.findMany({ where: { to: email }, select: { subject: true } })).toEqual([
      { subject: "A new way in to your Demarc account" },
    ]);
  });

  it("neither opens nor changes an account whose address nobody has shown to be theirs", async () => {
    const { userId, email } = await aPerson();
    await write((tx) => tx.user.update({ where: { id: userId }, data: { emailVerified: false } }));
    const ways = () =>
      read.user.findUniqueOrThrow({
        where: { id: userId },
        select: {
          emailVerified: true,
          accounts: { select: { id: true, providerId: true } },
          sessions: { select: { id: true } },
        },
      });
    const before = await ways();
    const { to, browser } = await through("northwind", { sub: crypto.randomUUID(), claims: claims(email) });
    expect([to, await browser.actor(), await ways()]).toEqual([
      refused("northwind", "account_not_linked"),
      null,
      before,
    ]);
  });

  it("that tells addresses only when asked for them again is heard too", async () => {
    const { userId, email } = await aPerson();
    const { browser } = await through("outward", { sub: crypto.randomUUID(), claims: claims(email) });
    expect((await browser.actor())?.userId).toBe(userId);
  });

  it("counts as a second factor where an engagement asks for one", async () => {
    const person = await aPerson();
    const { browser } = await through("northwind", { sub: crypto.randomUUID(), claims: claims(person.email) });
    const me = await browser.me();
    const { engagementId, matrixId } = await anEngagement(me, aMatrix());
    await write((tx) => tx.engagement.update({ where: { id: engagementId }, data: { requireTwoFactor: true } }));
    expect(await matrixFor(read, me, matrixId, "read")).toMatchObject({ requireTwoFactor: true });
    await expect(matrixFor(read, { ...me, secondFactor: false }, matrixId, "read")).rejects.toMatchObject({
      code: "second-factor",
    });
  });

  it("opens no account by itself", async () => {
    const email = anAddress();
    const { browser, to } = await through("northwind", { sub: crypto.randomUUID(), claims: claims(email) });
    expect([to, await browser.actor(), await read.user.count({ where: { email } })]).toEqual([
      refused("northwind", "signup_disabled"),
      null,
      0,
    ]);
  });

  it.each([
    ["no address", "northwind", {}, "email_not_found"],
    ["something that is no address", "northwind", { email: "maya", email_verified: true }, "email_not_found"],
    ["an address it has not verified", "northwind", { email_verified: false }, "email_not_verified"],
    ["an address it says nothing about", "northwind", { email_verified: undefined }, "email_not_verified"],
    ["an address of a domain it may not name", "harbour-it", {}, "domain_not_allowed"],
  ])("that tells %s signs nobody in", async (what, id, said, reason) => {
    const { email } = await aPerson();
    const { browser, to } = await through(id, {
      sub: crypto.randomUUID(),
      claims: what === "no address" ? { name: "Maya" } : claims(email, said),
    });
    expect([to, await browser.actor()]).toEqual([refused(id, reason), null]);
  });

  it("may name the domains it is allowed, whole", async () => {
    const { userId, email } = await aPerson(anAddress("harbour-it.example"));
    expect(
      (await (await through("harbour-it", { sub: crypto.randomUUID(), claims: claims(email) })).browser.actor())
        ?.userId,
    ).toBe(userId);
    for (const domain of ["evil-harbour.example", "harbour.example.evil.example", "sub.harbour.example"]) {
      const other = await aPerson(anAddress(domain));
      expect((await through("harbour-it", { sub: crypto.randomUUID(), claims: claims(other.email) })).to).toBe(
        refused("harbour-it", "domain_not_allowed"),
      );
    }
  });

  it("whose operator vouches for its addresses needs not say that they are verified", async () => {
    const { userId, email } = await aPerson();
    const { browser } = await through("entra", { sub: crypto.randomUUID(), claims: { email } });
    expect((await browser.actor())?.userId).toBe(userId);
    const other = await aPerson(anAddress("elsewhere.example"));
    expect((await through("entra", { sub: crypto.randomUUID(), claims: { email: other.email } })).to).toBe(
      refused("entra", "domain_not_allowed"),
    );
  });

  it("that gives somebody's address to somebody else signs nobody in", async () => {
    const [first, second] = [await aPerson(), await aPerson()];
    const sub = crypto.randomUUID();
    await through("northwind", { sub, claims: claims(first.email) });
    const newcomer = await through("northwind", { sub: crypto.randomUUID(), claims: claims(first.email) });
    expect([newcomer.to, await newcomer.browser.actor()]).toEqual([refused("northwind", "linked_elsewhere"), null]);
    const moved = await through("northwind", { sub, claims: claims(second.email) });
    expect([moved.to, await moved.browser.actor()]).toEqual([refused("northwind", "linked_elsewhere"), null]);
    const renamed = await through("northwind", { sub, claims: claims(anAddress()) });
    expect((await renamed.browser.actor())?.email).toBe(first.email);
  });

  it("that refuses, or whose answer comes late, twice or in another browser, signs nobody in", async () => {
    const { email } = await aPerson();
    const said = { sub: crypto.randomUUID(), claims: claims(email) };
    expect((await through("northwind", { ...said, trouble: "denied" }, { next: "/library" })).to).toBe(
      refused("northwind", "access_denied", "/library"),
    );
    const { browser, back } = await through("northwind", said);
    expect((await finishWithDirectory("northwind", back.search, browser.caller, new Date())).to).toBe(
      refused("northwind", "state_mismatch"),
    );
    const begun = await beginWithDirectory("northwind", "/", browser.caller, new Date());
    const other = await walkThrough(begun.to, callback("northwind"));
    const stranger = new ABrowser();
    const end = await finishWithDirectory("northwind", other.search, stranger.caller, new Date());
    stranger.keep(end.cookies);
    expect([end.to, await stranger.actor()]).toEqual([refused("northwind", "state_mismatch"), null]);
    browser.keep(begun.cookies);
    const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 11 * 60_000);
    expect((await finishWithDirectory("northwind", other.search, browser.caller, new Date())).to).toMatch(
      /error=state_mismatch$/,
    );
    clock.mockRestore();
    expect((await finishWithDirectory("northwind", "", browser.caller, new Date())).to).toBe(
      refused("northwind", "state_not_found"),
    );
  });

  it("that is down, breaks off or says nothing is told apart from nobody's fault, and holds up nobody else", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const broken = await through("northwind", {
      sub: crypto.randomUUID(),
      claims: claims(anAddress()),
      trouble: "broken",
    });
    expect([broken.to, await broken.browser.actor()]).toEqual([refused("northwind", "invalid_code"), null]);
    const browser = new ABrowser();
    expect((await beginWithDirectory("gone", "/", browser.caller, new Date())).to).toBe(refused("gone", "unreachable"));
    const began = performance.now();
    const waiting = beginWithDirectory("silent", "/", browser.caller, new Date());
    const { browser: meanwhile } = await through("northwind", {
      sub: crypto.randomUUID(),
      claims: claims((await aPerson()).email),
    });
    expect(await meanwhile.actor()).not.toBeNull();
    expect((await waiting).to).toBe(refused("silent", "unreachable"));
    expect(performance.now() - began).toBeLessThan(20_000);
    const lines = log.mock.calls.map(([line]) => String(line));
    expect(lines.every((line) => line.startsWith("Directory "))).toBe(true);
    expect(lines.some((line) => line.startsWith("Directory silent: it does not answer"))).toBe(true);
    log.mockClear();
  });

  it("that isn't set up is not there", async () => {
    expect(directoryChoices().map(({ id, label }) => [id, label])).toEqual([
      ["entra", "Entra"],
      ["gone", "Gone"],
      ["harbour-it", "Harbour it"],
      ["northwind", "Northwind’s directory"],
      ["outward", "Outward"],
      ["silent", "Silent"],
    ]);
    const { caller } = new ABrowser();
    for (const id of ["", "credential", "google"]) {
      await expect(beginWithDirectory(id, "/", caller, new Date())).rejects.toMatchObject({ code: "not-found" });
      await expect(finishWithDirectory(id, "?code=1&state=2", caller, new Date())).rejects.toMatchObject({
        code: "not-found",
      });
    }
  });
});

describe("an invitation", () => {
  async function invited(email: string) {
    const owner = await aPerson();
    const actor = { userId: owner.userId, name: "Maya", email: owner.email, secondFactor: false };
    const { engagementId, matrixId } = await anEngagement(actor, aMatrix());
    const { link } = await inviteSomebody(actor, matrixId, { email, side: "client", permission: "editor" }, new Date());
    return { here: new URL(link ?? "").pathname, engagementId, matrixId };
  }

  it("opens an account for exactly its address, through a directory, and leads back to itself", async () => {
    const email = anAddress();
    const { here, matrixId, engagementId } = await invited(email);
    const sub = crypto.randomUUID();
    const { browser, to } = await through("northwind", { sub, claims: claims(email) }, { next: here });
    expect(to).toBe(here);
    const me = await browser.me();
    expect(me).toMatchObject({ email, name: "Maya Lindqvist", secondFactor: true });
    expect(await acceptInvitation(me, here.split("/").at(-1) ?? "", browser.caller, new Date())).toBe(
      `/matrices/${matrixId}/board`,
    );
    expect(
      await read.member.findFirst({ where: { engagementId, userId: me.userId }, select: { permission: true } }),
    ).toEqual({ permission: "editor" });
    // There is no password yet: one can be set while the sign-in is fresh, and every other session ends.
    const other = (await through("northwind", { sub, claims: claims(email) })).browser;
    const { cookies } = await changeAccount(
      me,
      { intent: "password", password: "five other words go here" },
      browser.caller,
      new Date(),
    );
    browser.keep(cookies);
    expect([(await browser.me()).secondFactor, await other.actor()]).toEqual([true, null]);
    expect(
      await changeAccount(await browser.me(), { intent: "name", name: "Maya L" }, browser.caller, new Date()),
    ).toMatchObject({ done: "name" });
  });

  it("opens none for another address, nor once it was taken back", async () => {
    const [email, other] = [anAddress(), anAddress()];
    const { here, engagementId } = await invited(email);
    await invited(other);
    const foreign = await through("northwind", { sub: crypto.randomUUID(), claims: claims(other) }, { next: here });
    expect([foreign.to, await read.user.count({ where: { email: other } })]).toEqual([
      refused("northwind", "no_account", here),
      0,
    ]);
    await write((tx) => tx.invitation.updateMany({ where: { engagementId }, data: { revokedAt: new Date() } }));
    const late = await through("northwind", { sub: crypto.randomUUID(), claims: claims(email) }, { next: here });
    expect([late.to, await read.user.count({ where: { email } })]).toEqual([
      refused("northwind", "signup_disabled", here),
      0,
    ]);
  });

  it("an account without a password is deleted after a fresh sign-in alone", async () => {
    const email = anAddress();
    const { here } = await invited(email);
    const { browser } = await through("northwind", { sub: crypto.randomUUID(), claims: claims(email) }, { next: here });
    const me = await browser.me();
    await write((tx) =>
      tx.session.updateMany({ where: { userId: me.userId }, data: { createdAt: new Date(Date.now() - 16 * 60_000) } }),
    );
    await expect(changeAccount(me, { intent: "deleted" }, browser.caller, new Date())).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/too long ago/),
    });
    await expect(
      changeAccount(me, { intent: "password", password: "five other words go here" }, browser.caller, new Date()),
    ).rejects.toMatchObject({ code: "conflict" });
    await write((tx) => tx.session.updateMany({ where: { userId: me.userId }, data: { createdAt: new Date() } }));
    expect(await changeAccount(me, { intent: "deleted" }, browser.caller, new Date())).toMatchObject({ left: true });
  });
});
