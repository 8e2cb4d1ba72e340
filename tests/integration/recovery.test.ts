import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { read } from "~/db/client.server";
import { openAccount, signIn } from "~/services/who/accounts.server";
import { ownData } from "~/services/account/own-data.server";
import { listRecord } from "~/services/access/record.server";
import { beginSecondFactor, confirmSecondFactor, proveSecondFactor } from "~/services/account/second-factor.server";
import { ABrowser } from "../support/browsers";
import { aMatrix } from "../support/matrices";
import { partsOf, startMailServer, type MailServer } from "../support/mail-server";
import { startServer, type ServerProcess } from "../support/server-process";
import { anEngagement, PASSWORD } from "../support/stored";
import { codeOf } from "../support/totp";

let mail: MailServer;
let server: ServerProcess;
/** A SQLite file is one server's: what this process does with it itself comes before or after. */
const serve = async () =>
  void (server = await startServer(process.env.DATABASE_URL ?? "", {
    env: { SMTP_URL: mail.url, MAIL_FROM: "Demarc <demarc@example.com>" },
  }));
beforeAll(async () => {
  mail = await startMailServer();
});
afterAll(() => Promise.all([mail.stop(), server.kill()]));

/** What has arrived for an address, sent by the server that runs. */
const subjects = (address: string) =>
  mail.received
    .filter(({ to }) => to.includes(address))
    .map(({ raw }) =>
      partsOf(raw)
        .headers.find((line) => line.startsWith("Subject: "))
        ?.slice(9),
    );

/** Runs the command as somebody at the machine does: with the database's address, and without the secret. */
function recover(
  words: string[],
  databaseUrl = process.env.DATABASE_URL ?? "",
): Promise<{ code: number | null; said: string; complained: string }> {
  const { DEMARC_SECRET: _secret, VITEST: _vitest, ...environment } = process.env;
  const child = spawn(process.execPath, ["app/cli/recover.mjs", ...words], {
    env: { ...environment, DATABASE_URL: databaseUrl },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let complained = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  child.stderr.on("data", (text: Buffer) => (complained += text.toString()));
  return new Promise((resolve) =>
    child.once("close", (code) => resolve({ code, said: said.trim(), complained: complained.trim() })),
  );
}

/** Somebody with a second factor, signed in with it. */
async function withSecondFactor(name: string) {
  const browser = new ABrowser();
  const email = `${crypto.randomUUID()}@people.example`;
  const { userId, cookies } = await openAccount(
    { name, email, password: PASSWORD },
    async () => null,
    browser.caller,
    new Date(),
  );
  browser.keep(cookies);
  const { secret } = await beginSecondFactor(await browser.me(), PASSWORD, browser.caller);
  browser.keep((await confirmSecondFactor(await browser.me(), codeOf(secret), browser.caller, new Date())).cookies);
  return { userId, email, browser, secret };
}

/** The status of a page of one's own, asked of the server that runs meanwhile: 302 leads to where one signs in. */
const account = async ({ cookie }: ABrowser) =>
  (await fetch(`${server.url}/account`, { headers: { Cookie: cookie }, redirect: "manual" })).status;

describe("somebody who lost their second factor", () => {
  it("is let in again by a command beside the running server; sessions and sign-ins under way end, and they are told", async () => {
    const [maya, priya] = [await withSecondFactor("Maya Lindqvist"), await withSecondFactor("Priya Nair")];
    const { matrixId } = await anEngagement(await maya.browser.me(), aMatrix());
    const halfWay = new ABrowser();
    halfWay.keep((await signIn({ email: maya.email, password: PASSWORD }, halfWay.caller, new Date())).cookies);
    await serve();
    expect([await account(maya.browser), await account(priya.browser)]).toEqual([200, 200]);

    expect(await recover([` ${maya.email.toUpperCase()} `])).toEqual({
      code: 0,
      said: "The second factor of Maya Lindqvist is taken away, and one session is ended. They sign in with their password or a link. No mail is sent from here, so tell them yourself.",
      complained: "",
    });

    expect([await account(maya.browser), await account(priya.browser)]).toEqual([302, 200]);
    await vi.waitFor(() => expect(subjects(maya.email)).toContain("Your second factor for Demarc was taken away"), {
      timeout: 30_000,
      interval: 200,
    });
    expect(subjects(priya.email)).not.toContain("Your second factor for Demarc was taken away");
    await server.kill();

    expect(await read.twoFactor.findMany({ select: { userId: true } })).toEqual([{ userId: priya.userId }]);
    expect(
      await proveSecondFactor({ code: codeOf(maya.secret), recovery: false }, halfWay.caller, new Date()),
    ).toMatchObject({ ok: false });
    const back = new ABrowser();
    const { next, cookies } = await signIn({ email: maya.email, password: PASSWORD }, back.caller, new Date());
    back.keep(cookies);
    expect([next, (await back.me()).secondFactor]).toEqual(["in", false]);
    const sentence = "Took away the second factor of Maya Lindqvist, who had lost it, and ended their sessions.";
    expect(
      (await listRecord(await back.me(), matrixId, null)).entries.map(({ actorName, sentence: said }) => [
        actorName,
        said,
      ]),
    ).toContainEqual(["Whoever runs this Demarc", sentence]);
    expect(new TextDecoder().decode((await ownData(await back.me(), new Date())).bytes)).toContain("account.recovered");
    // And is protected anew.
    const { secret } = await beginSecondFactor(await back.me(), PASSWORD, back.caller);
    back.keep((await confirmSecondFactor(await back.me(), codeOf(secret), back.caller, new Date())).cookies);
    expect((await back.me()).secondFactor).toBe(true);
  });

  it("is told apart from who has none, and from nobody: a sentence says so and nothing changes", async () => {
    const browser = new ABrowser();
    const email = `${crypto.randomUUID()}@people.example`;
    await openAccount({ name: "Tom Becker", email, password: PASSWORD }, async () => null, browser.caller, new Date());
    expect(await recover([email])).toEqual({
      code: 1,
      said: "",
      complained:
        "The account of Tom Becker has no second factor. It signs in with its password, a link or a directory.",
    });
    expect(await recover(["nobody@people.example"])).toEqual({
      code: 1,
      said: "",
      complained: "There is no account with the address nobody@people.example. Write the one that signs in.",
    });
    for (const words of [[], [email, "another@people.example"]])
      expect(await recover(words)).toMatchObject({
        code: 2,
        complained: expect.stringContaining("npm run recover -- person@example.com"),
      });
    expect(await read.session.count({ where: { user: { email } } })).toBe(1);
    expect(await read.outgoingMail.count({ where: { to: email } })).toBe(0);
  });

  it("is looked for in no database that isn't there, and none is made", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-recover-"));
    try {
      const file = path.join(folder, "demarc.db");
      expect(await recover(["maya@people.example"], `file:${file}`)).toEqual({
        code: 1,
        said: "",
        complained: `There is no database at ${file}. Run this where Demarc runs, with the same DATABASE_URL.`,
      });
      expect(existsSync(file)).toBe(false);
      expect(await recover(["maya@people.example"], "postgresql://demarc@127.0.0.1:1/demarc")).toEqual({
        code: 1,
        said: "",
        complained: "The database can't be reached. Nothing was changed; check that it is running.",
      });
      expect(await recover(["maya@people.example"], "mysql://demarc")).toMatchObject({
        code: 1,
        complained: expect.stringMatching(/^DATABASE_URL is neither/),
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
