import { hashPassword as hashOfBetterAuth } from "better-auth/crypto";
import { randomBytes, scryptSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { env } from "~/env.server";
import { openAccount, signIn } from "~/services/who/accounts.server";
import { acceptWithNewAccount, inviteSomebody, resendInvitation } from "~/services/access/invitations.server";
import { openSignInLink, requestLink } from "~/services/account/sign-in-links.server";
import { requestReset, resetPassword } from "~/services/account/passwords.server";
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  proveSecondFactor,
  renewRecoveryCodes,
} from "~/services/account/second-factor.server";
import { ABrowser } from "../support/browsers";
import { aMatrix } from "../support/matrices";
import { startPost, type Post } from "../support/post";
import { recordOfPerson } from "../support/records";
import { anEngagement, aUser } from "../support/stored";
import { codeOf } from "../support/totp";

const PASSWORD = "four quiet words here";
let post: Post;
beforeAll(async () => {
  post = await startPost();
});
afterAll(() => post.stop());

type Person = { userId: string; email: string; browser: ABrowser };

/** A person who came by an invitation shown on screen, signed in by password in a browser of their own: nobody has shown the address to be theirs. */
async function anInvited(name: string): Promise<Person> {
  const browser = new ABrowser();
  const email = `${crypto.randomUUID()}@people.example`;
  const { userId, cookies } = await openAccount(
    { name, email, password: PASSWORD },
    async () => null,
    browser.caller,
    new Date(),
  );
  browser.keep(cookies);
  return { userId, email, browser };
}

/** The same with an address that is known to be theirs. */
async function aPerson(name: string): Promise<Person> {
  const person = await anInvited(name);
  await write((tx) => tx.user.update({ where: { id: person.userId }, data: { emailVerified: true } }));
  return person;
}

/** What opens an account, and what is known of its address. */
async function waysIn(userId: string) {
  const { emailVerified, twoFactorEnabled, accounts, sessions } = await read.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      emailVerified: true,
      twoFactorEnabled: true,
      accounts: { select: { providerId: true, password: true } },
      sessions: { select: { token: true } },
    },
  });
  return { emailVerified, twoFactorEnabled, accounts, sessions: sessions.map(({ token }) => token).sort() };
}

/** The secret of a link to sign in, sent to an address. */
async function linkTo(email: string): Promise<string> {
  await requestLink(email, new ABrowser().caller);
  return tokenOf((await post.collect(email)).at(-1)?.link);
}

async function withPassword(email: string, password = PASSWORD, browser = new ABrowser()) {
  const answer = await signIn({ email, password }, browser.caller, new Date());
  browser.keep(answer.cookies);
  return { browser, next: answer.next };
}

async function withSecondFactor(name: string): Promise<Person & { secret: string; codes: string[] }> {
  const person = await aPerson(name);
  const { secret } = await beginSecondFactor(await person.browser.me(), PASSWORD, person.browser.caller);
  const { codes, cookies } = await confirmSecondFactor(
    await person.browser.me(),
    codeOf(secret),
    person.browser.caller,
    new Date(),
  );
  person.browser.keep(cookies);
  return { ...person, secret, codes };
}

const tokenOf = (link: string | null | undefined) => new URL(link ?? "").searchParams.get("token") ?? "";
const sessionOf = (browser: ABrowser) =>
  /demarc\.session_token=([^.;]+)/.exec(decodeURIComponent(browser.cookie))?.[1] ?? "";

describe("a password", () => {
  it("that is wrong says the same for an account and for none, and too many tries wait", async () => {
    const { email } = await aPerson("Maya");
    const wrong = await withPassword(email, "something else entirely").catch((error: unknown) => error);
    const none = await withPassword("nobody@people.example", "something else entirely").catch(
      (error: unknown) => error,
    );
    expect(wrong).toMatchObject({ code: "invalid" });
    expect(none).toEqual(wrong);
    for (let tries = 1; tries < 10; tries += 1)
      await expect(withPassword(email, "something else entirely")).rejects.toMatchObject({ code: "invalid" });
    await expect(withPassword(email, PASSWORD)).rejects.toMatchObject({
      code: "too-many",
      message: expect.stringMatching(/^Too many tries\. Wait \d+ minutes/),
    });
  });

  it("that is right takes nothing from later tries", async () => {
    const { email } = await aPerson("Priya");
    for (let times = 0; times < 11; times += 1) expect((await withPassword(email)).next).toBe("in");
    await expect(withPassword(email, "something else entirely")).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("a password as it is stored", () => {
  const credential = (userId: string) => ({ userId, providerId: "credential" });
  const kept = async (userId: string) =>
    (await write((tx) => tx.account.findFirstOrThrow({ where: credential(userId) }))).password ?? "";
  const replaced = (userId: string, password: string) =>
    write((tx) => tx.account.updateMany({ where: credential(userId), data: { password } }));

  it("tells its cost and nothing of itself, and no two are alike", async () => {
    const [maya, priya] = [await kept((await aPerson("Maya")).userId), await kept((await aPerson("Priya")).userId)];
    expect(maya).toMatch(/^\$scrypt\$ln=4,r=8,p=5\$[\w+/]{22}\$[\w+/]{86}$/);
    expect(priya).not.toBe(maya);
    const [, , , salt = "", key = ""] = maya.split("$");
    expect(key).toBe(
      scryptSync(PASSWORD, Buffer.from(salt, "base64"), 64, { N: 16, r: 8, p: 5 })
        .toString("base64")
        .replace(/=+$/, ""),
    );
  });

  it("by an earlier release still opens, and stays while a guess at it costs no less than today", async () => {
    const { userId, email } = await aPerson("Maya");
    const earlier = await hashOfBetterAuth(PASSWORD);
    await replaced(userId, earlier);
    await expect(withPassword(email, "something else entirely")).rejects.toMatchObject({ code: "invalid" });
    expect((await withPassword(email)).next).toBe("in");
    expect(await kept(userId)).toBe(earlier);
  });

  it("is renewed by its owner's sign-in once a guess at it costs less than today", async () => {
    const { userId, email } = await aPerson("Maya");
    const salt = randomBytes(16);
    const cheap = `$scrypt$ln=3,r=8,p=5$${salt.toString("base64").slice(0, 22)}$${scryptSync(PASSWORD, salt, 64, { N: 8, r: 8, p: 5 }).toString("base64").slice(0, 86)}`;
    await replaced(userId, cheap);
    await expect(withPassword(email, "something else entirely")).rejects.toMatchObject({ code: "invalid" });
    expect(await kept(userId)).toBe(cheap);
    expect((await withPassword(email)).next).toBe("in");
    expect(await kept(userId)).toMatch(/^\$scrypt\$ln=4,/);
    expect((await withPassword(email)).next).toBe("in");
  });

  it("that can't be read opens nothing, whatever is tried", async () => {
    const { userId, email } = await aPerson("Maya");
    for (const broken of [
      "",
      ":",
      "four quiet words here",
      "$scrypt$ln=4,r=8,p=5$$",
      `$scrypt$ln=4,r=8,p=5$${"A".repeat(22)}$AAAA`,
    ]) {
      await replaced(userId, broken);
      await expect(withPassword(email)).rejects.toThrow();
    }
  });
});

describe("a link by e-mail", () => {
  it("signs in once, and is kept as a hash alone", async () => {
    const { email, userId } = await aPerson("Maya");
    const browser = new ABrowser();
    await requestLink(` ${email.toUpperCase()}`, browser.caller);
    const [mail, ...others] = await post.collect(email);
    expect([mail?.subject, others]).toEqual(["Sign in to Demarc", []]);
    expect(mail?.link).toMatch(/\/sign-in\/link\?token=/);
    const token = tokenOf(mail?.link);
    expect(JSON.stringify(await write((tx) => tx.verification.findMany()))).not.toContain(token);
    browser.keep((await openSignInLink(token, browser.caller, new Date())).cookies);
    expect(await browser.actor()).toMatchObject({ email, secondFactor: false });
    expect(
      await read.session.findFirst({ where: { token: sessionOf(browser) }, select: { method: true, ipAddress: true } }),
    ).toEqual({ method: "link", ipAddress: browser.address });
    await expect(openSignInLink(token, browser.caller, new Date())).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/works once/),
    });
    expect(await recordOfPerson(userId)).toEqual([{ event: "session.opened", detail: { method: "link" } }]);
  });

  it("is sent to nobody without an account, which is answered alike and as slowly", async () => {
    const email = `${crypto.randomUUID()}@people.example`;
    const began = performance.now();
    await requestLink(email, new ABrowser().caller);
    expect(performance.now() - began).toBeGreaterThan(350);
    expect(await post.collect(email)).toEqual([]);
    await expect(requestLink("not an address", new ABrowser().caller)).rejects.toMatchObject({
      fields: { email: expect.stringMatching(/^This is not an e-mail address/) },
    });
  });

  it("that is made up or too old signs nobody in", async () => {
    const { email } = await aPerson("Maya");
    const browser = new ABrowser();
    await expect(openSignInLink("x".repeat(32), browser.caller, new Date())).rejects.toMatchObject({ code: "invalid" });
    await expect(openSignInLink("", browser.caller, new Date())).rejects.toMatchObject({ code: "invalid" });
    await requestLink(email, browser.caller);
    const token = tokenOf((await post.collect(email))[0]?.link);
    await write((tx) => tx.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } }));
    await expect(openSignInLink(token, browser.caller, new Date())).rejects.toMatchObject({ code: "invalid" });
  });

  it("can't be asked for again and again", async () => {
    const email = `${crypto.randomUUID()}@people.example`;
    for (let times = 0; times < 5; times += 1) await requestLink(email, new ABrowser().caller);
    await expect(requestLink(email, new ABrowser().caller)).rejects.toMatchObject({ code: "too-many" });
  });

  it("never goes round a second factor: the mail says so, and a link from before signs nobody in", async () => {
    const { email, browser } = await aPerson("Maya");
    await requestLink(email, browser.caller);
    const early = tokenOf((await post.collect(email))[0]?.link);
    const { secret } = await beginSecondFactor(await browser.me(), PASSWORD, browser.caller);
    browser.keep((await confirmSecondFactor(await browser.me(), codeOf(secret), browser.caller, new Date())).cookies);
    const stranger = new ABrowser();
    await expect(openSignInLink(early, stranger.caller, new Date())).rejects.toMatchObject({
      message: expect.stringMatching(/not for an account with a second factor/),
    });
    await requestLink(email, stranger.caller);
    const mail = (await post.collect(email)).find(({ subject }) => subject === "Sign in to Demarc");
    expect(mail?.body).toContain("Sign in with your password and a code");
    expect(mail?.link).not.toContain("token");
    expect(await read.session.count({ where: { user: { email } } })).toBe(1);
  });
});

describe("a link by e-mail to an address that nobody has shown to be theirs", () => {
  it("takes no password and no session away, and says on screen and by mail what opened the account before", async () => {
    const { userId, email, browser: before } = await anInvited("Maya");
    const { accounts, sessions } = await waysIn(userId);
    const token = await linkTo(email);
    const browser = new ABrowser();
    const opened = await openSignInLink(token, browser.caller, new Date());
    browser.keep(opened.cookies);
    expect([opened.confirmed, (await browser.me()).userId, (await before.me()).userId]).toEqual([true, userId, userId]);
    expect(await waysIn(userId)).toEqual({
      emailVerified: true,
      twoFactorEnabled: false,
      accounts,
      sessions: [...sessions, sessionOf(browser)].sort(),
    });
    expect((await withPassword(email)).next).toBe("in");
    expect((await recordOfPerson(userId)).map(({ event }) => event).sort()).toEqual([
      "account.email-confirmed",
      "session.opened",
      "session.opened",
    ]);
    const [mail, ...others] = await post.collect(email);
    expect([mail?.subject, others]).toEqual(["Your address for Demarc is confirmed", []]);
    expect(mail?.body.replace(/\s+/g, " ")).toMatch(
      /a password, set on \d+ \w{3} \d{4}, \d\d:\d\d:\d\d UTC and an open session before that/,
    );
    expect(mail?.link).toMatch(/\/forgot-password$/);
    // Once is enough.
    expect((await openSignInLink(await linkTo(email), new ABrowser().caller, new Date())).confirmed).toBe(false);
    expect(await post.collect(email)).toEqual([]);
  });

  it("is refused for an account with a second factor, and leaves all of it as it was", async () => {
    const { userId, email, browser } = await anInvited("Maya");
    const early = await linkTo(email);
    const { secret } = await beginSecondFactor(await browser.me(), PASSWORD, browser.caller);
    browser.keep((await confirmSecondFactor(await browser.me(), codeOf(secret), browser.caller, new Date())).cookies);
    const before = await waysIn(userId);
    await expect(openSignInLink(early, new ABrowser().caller, new Date())).rejects.toMatchObject({
      message: expect.stringMatching(/not for an account with a second factor/),
    });
    expect(await waysIn(userId)).toEqual(before);
    expect([before.accounts.length, (await browser.me()).userId, (await withPassword(email)).next]).toEqual([
      1,
      userId,
      "second-factor",
    ]);
    expect((await post.collect(email)).map(({ subject }) => subject)).toEqual([
      "Your second factor for Demarc was turned on",
    ]);
  });

  it("opened twice at once signs in once, takes nothing away, and tells once", async () => {
    const { userId, email } = await anInvited("Maya");
    const { accounts } = await waysIn(userId);
    const token = await linkTo(email);
    const opened = await Promise.allSettled(
      [1, 2, 3].map(() => openSignInLink(token, new ABrowser().caller, new Date())),
    );
    expect(opened.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await waysIn(userId)).toMatchObject({ emailVerified: true, accounts });
    expect((await post.collect(email)).map(({ subject }) => subject)).toEqual(["Your address for Demarc is confirmed"]);
  });

  it("is told from one that an invitation by mail has reached; an invitation shown on screen reached whoever looked", async () => {
    const owner = await aUser("Maya");
    const { matrixId } = await anEngagement(owner, aMatrix());
    const invite = (email: string) =>
      inviteSomebody(owner, matrixId, { email, side: "client", permission: "viewer" }, new Date());
    const [onScreen, byMail, again] = [1, 2, 3].map(() => `${crypto.randomUUID()}@people.example`) as [
      string,
      string,
      string,
    ];
    const shown = (await invite(onScreen)).link;
    await invite(again);
    env.SMTP_URL = post.address;
    try {
      await invite(byMail);
      await resendInvitation(
        owner,
        matrixId,
        (await read.invitation.findFirst({ where: { email: again } }))?.id ?? "",
        new Date(),
      );
      for (const link of [shown, (await post.collect(byMail)).at(-1)?.link, (await post.collect(again)).at(-1)?.link])
        await acceptWithNewAccount(
          new URL(link ?? "").pathname.split("/").at(-1) ?? "",
          { name: "Priya", password: PASSWORD },
          new ABrowser().caller,
          new Date(),
        );
    } finally {
      env.SMTP_URL = null;
    }
    const proved = await Promise.all(
      [onScreen, byMail, again].map((email) =>
        read.user.findUniqueOrThrow({ where: { email }, select: { emailVerified: true } }),
      ),
    );
    expect(proved.map(({ emailVerified }) => emailVerified)).toEqual([false, true, true]);
  });

  it("or a link that chooses a new password shows it too, and what opens the account after that stays", async () => {
    const { userId, email } = await anInvited("Maya");
    await requestReset(email, new ABrowser().caller);
    await resetPassword(
      tokenOf((await post.collect(email))[0]?.link),
      "five other words go here",
      new ABrowser().caller,
      new Date(),
    );
    const { emailVerified, accounts } = await waysIn(userId);
    expect((await openSignInLink(await linkTo(email), new ABrowser().caller, new Date())).confirmed).toBe(false);
    expect([emailVerified, (await waysIn(userId)).accounts]).toEqual([true, accounts]);
    expect((await withPassword(email, "five other words go here")).next).toBe("in");
  });
});

describe("a forgotten password", () => {
  it("is replaced by the link of a mail, once; every session ends", async () => {
    const { email, userId, browser } = await aPerson("Maya");
    await requestReset(email, new ABrowser().caller);
    const token = tokenOf((await post.collect(email))[0]?.link);
    expect(JSON.stringify(await write((tx) => tx.verification.findMany()))).not.toContain(token);
    const elsewhere = new ABrowser();
    await expect(resetPassword(token, "short", elsewhere.caller, new Date())).rejects.toMatchObject({
      fields: { password: expect.stringMatching(/^The password has 5 characters/) },
    });
    await resetPassword(token, "five other words go here", elsewhere.caller, new Date());
    expect(await browser.actor()).toBeNull();
    expect((await withPassword(email, "five other words go here")).next).toBe("in");
    await expect(withPassword(email)).rejects.toMatchObject({ code: "invalid" });
    await expect(resetPassword(token, "six more words are not it", elsewhere.caller, new Date())).rejects.toMatchObject(
      { message: expect.stringMatching(/^This link can't be used any more/) },
    );
    expect((await post.collect(email)).map(({ subject }) => subject)).toEqual(["Your Demarc password was changed"]);
    expect(await recordOfPerson(userId)).toEqual([
      { event: "account.password-changed", detail: { how: "reset" } },
      { event: "session.opened", detail: { method: "password" } },
      { event: "session.refused", detail: { method: "password" } },
    ]);
  });

  it("is answered alike for an address without an account", async () => {
    const email = `${crypto.randomUUID()}@people.example`;
    await requestReset(email, new ABrowser().caller);
    expect(await post.collect(email)).toEqual([]);
  });

  it("leaves the second factor standing", async () => {
    const { email, secret } = await withSecondFactor("Maya");
    await requestReset(email, new ABrowser().caller);
    await resetPassword(
      tokenOf((await post.collect(email)).find(({ link }) => link?.includes("token"))?.link),
      "five other words go here",
      new ABrowser().caller,
      new Date(),
    );
    const { browser, next } = await withPassword(email, "five other words go here");
    expect([next, await browser.actor()]).toEqual(["second-factor", null]);
    expect(
      await proveSecondFactor({ code: codeOf(secret), recovery: false }, browser.caller, new Date()),
    ).toMatchObject({ ok: true });
  });
});

async function aPersonTurnsItOffWithARecoveryCode(): Promise<string> {
  const { email, browser, codes } = await withSecondFactor("Omar");
  browser.keep(
    await endSecondFactor(await browser.me(), { current: PASSWORD, code: codes[3] ?? "" }, browser.caller, new Date()),
  );
  return (await withPassword(email)).next;
}

describe("a second factor", () => {
  it("that is on shows its recovery codes to nobody, whatever code they give", async () => {
    const { browser, secret } = await withSecondFactor("Maya");
    await expect(
      confirmSecondFactor(await browser.me(), codeOf(secret), browser.caller, new Date()),
    ).rejects.toMatchObject({ code: "conflict", message: "Your second factor is on already." });
  });

  it("counts once a code was given: the session goes on under a new secret, and every other ends", async () => {
    const { email, browser, userId } = await aPerson("Maya");
    const { browser: other } = await withPassword(email);
    const before = sessionOf(browser);
    await expect(beginSecondFactor(await browser.me(), "not the password", browser.caller)).rejects.toMatchObject({
      fields: { current: "This is not your password. Try again." },
    });
    const setUp = await beginSecondFactor(await browser.me(), PASSWORD, browser.caller);
    expect(setUp.qr.path).toMatch(/^M0 0h1v1h-1z/);
    expect((await withPassword(email)).next).toBe("in");
    await expect(confirmSecondFactor(await browser.me(), "000000", browser.caller, new Date())).rejects.toMatchObject({
      fields: { code: expect.stringMatching(/Check the clock of your phone/) },
    });
    const { codes, cookies } = await confirmSecondFactor(
      await browser.me(),
      codeOf(setUp.secret),
      browser.caller,
      new Date(),
    );
    browser.keep(cookies);
    expect(new Set(codes).size).toBe(10);
    expect(sessionOf(browser)).not.toBe(before);
    expect(await read.session.findMany({ where: { userId }, select: { token: true, method: true } })).toEqual([
      { token: sessionOf(browser), method: "second-factor" },
    ]);
    expect([(await browser.me()).secondFactor, await other.actor()]).toEqual([true, null]);
  });

  it("is asked for after the password, and accepts a clock half a minute off", async () => {
    const { email, secret, userId } = await withSecondFactor("Maya");
    for (const [off, right] of [
      [0, true],
      [-30_000, true],
      [30_000, true],
      [-120_000, false],
      [120_000, false],
    ] as const) {
      const { browser, next } = await withPassword(email);
      expect([next, await browser.actor()]).toEqual(["second-factor", null]);
      // Half a minute must not end between the code and its being looked at.
      if (Date.now() % 30_000 > 25_000)
        await new Promise((resolve) => setTimeout(resolve, 30_000 - (Date.now() % 30_000)));
      const typed = codeOf(secret, Date.now() + off);
      const proving = proveSecondFactor(
        {
          code: `${typed.slice(0, 3)} ${typed.slice(3)}`.replaceAll(/\d/g, (digit) =>
            String.fromCodePoint(0x0660 + Number(digit)),
          ),
          recovery: false,
        },
        browser.caller,
        new Date(),
      );
      if (!right) {
        await expect(proving).rejects.toMatchObject({
          fields: { code: expect.stringMatching(/Check the clock of your phone/) },
        });
        expect(await browser.actor()).toBeNull();
        continue;
      }
      const proved = await proving;
      browser.keep(proved.cookies);
      expect([proved.ok, await browser.actor()]).toMatchObject([true, { email, secondFactor: true }]);
    }
    const events = await recordOfPerson(userId);
    expect(events.filter(({ event }) => event === "session.refused")).toEqual([
      { event: "session.refused", detail: { method: "second-factor" } },
      { event: "session.refused", detail: { method: "second-factor" } },
    ]);
    expect(events.filter(({ event }) => event === "session.opened")).toHaveLength(3);
  });

  it("is replaced by a recovery code, once", async () => {
    const { email, codes } = await withSecondFactor("Maya");
    const { browser } = await withPassword(email);
    const proved = await proveSecondFactor(
      {
        code: ` ${codes[0]?.replaceAll(/[!-~]/g, (one) => String.fromCodePoint(one.charCodeAt(0) + 0xfee0))} `,
        recovery: true,
      },
      browser.caller,
      new Date(),
    );
    browser.keep(proved.cookies);
    expect((await browser.me()).secondFactor).toBe(true);
    const again = (await withPassword(email)).browser;
    await expect(
      proveSecondFactor({ code: codes[0] ?? "", recovery: true }, again.caller, new Date()),
    ).rejects.toMatchObject({ fields: { code: expect.stringMatching(/used before/) } });
    await expect(
      renewRecoveryCodes(await browser.me(), { current: PASSWORD, code: "000000" }, browser.caller, new Date()),
    ).rejects.toMatchObject({ fields: { code: expect.stringMatching(/not right/) } });
    const renewed = await renewRecoveryCodes(
      await browser.me(),
      { current: PASSWORD, code: codes[1] ?? "" },
      browser.caller,
      new Date(),
    );
    expect(renewed.filter((code) => codes.includes(code))).toEqual([]);
    await expect(
      proveSecondFactor({ code: codes[2] ?? "", recovery: true }, again.caller, new Date()),
    ).rejects.toMatchObject({ code: "invalid" });
    expect(await proveSecondFactor({ code: renewed[0] ?? "", recovery: true }, again.caller, new Date())).toMatchObject(
      { ok: true },
    );
  });

  it("can't be guessed: a sign-in takes five tries, an account ten", async () => {
    const { email, secret } = await withSecondFactor("Maya");
    const { browser } = await withPassword(email);
    for (let tries = 0; tries < 5; tries += 1)
      await expect(
        proveSecondFactor({ code: "000000", recovery: false }, browser.caller, new Date()),
      ).rejects.toMatchObject({ code: "invalid" });
    const over = await proveSecondFactor({ code: codeOf(secret), recovery: false }, browser.caller, new Date());
    expect(over).toMatchObject({ ok: false, message: expect.stringMatching(/Sign in with your password again/) });
    const again = (await withPassword(email)).browser;
    for (let tries = 0; tries < 4; tries += 1)
      await expect(
        proveSecondFactor({ code: "000000", recovery: false }, again.caller, new Date()),
      ).rejects.toMatchObject({ code: "invalid" });
    await expect(
      proveSecondFactor({ code: codeOf(secret), recovery: false }, again.caller, new Date()),
    ).rejects.toMatchObject({ code: "too-many" });
  });

  it("without the password before it opens nothing", async () => {
    const { secret } = await withSecondFactor("Maya");
    const browser = new ABrowser();
    expect(
      await proveSecondFactor({ code: codeOf(secret), recovery: false }, browser.caller, new Date()),
    ).toMatchObject({ ok: false });
    browser.cookie = "demarc.two_factor=made-up.signature";
    expect(
      await proveSecondFactor({ code: codeOf(secret), recovery: false }, browser.caller, new Date()),
    ).toMatchObject({ ok: false });
  });

  it("is turned off with the password and a code; the session goes on under a new secret and proves one no longer", async () => {
    const { email, browser, userId, secret, codes } = await withSecondFactor("Maya");
    const before = sessionOf(browser);
    const off = async (current: string, code: string) =>
      endSecondFactor(await browser.me(), { current, code }, browser.caller, new Date());
    await expect(off("not the password", codes[0] ?? "")).rejects.toMatchObject({
      code: "invalid",
      fields: { current: expect.any(String) },
    });
    for (const code of ["", "000000", "aaaaa-bbbbb"])
      await expect(off(PASSWORD, code)).rejects.toMatchObject({
        code: "invalid",
        fields: { code: expect.any(String) },
      });
    expect((await browser.me()).secondFactor).toBe(true);
    browser.keep(await off(PASSWORD, codeOf(secret)));
    expect((await browser.me()).secondFactor).toBe(false);
    expect(sessionOf(browser)).not.toBe(before);
    expect(await read.session.count({ where: { token: before } })).toBe(0);
    expect((await withPassword(email)).next).toBe("in");
    expect(await aPersonTurnsItOffWithARecoveryCode()).toBe("in");
    expect(
      (await recordOfPerson(userId))
        .filter(({ event }) => event === "account.second-factor")
        .map(({ detail }) => detail),
    ).toEqual([{ on: true }, { on: false }]);
    expect((await post.collect(email)).map(({ subject }) => subject)).toContain(
      "Your second factor for Demarc was turned off",
    );
  });
});
