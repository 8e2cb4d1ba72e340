import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, inject, it } from "vitest";
import { read, write } from "~/db/client.server";
import { queueMail } from "~/db/mail-store.server";
import { composeMail } from "~/domain/mail/compose-mail";
import { startMailServer, startSilentServer } from "../support/mail-server";
import { startServer } from "../support/server-process";

const ARRIVAL = { timeout: 60_000, interval: 100 };
/** Longer than the distance at which a server looks for what is due. */
const ANOTHER_LOOK = 6_000;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await write((tx) => tx.outgoingMail.deleteMany());
});

async function serve(env: Record<string, string>) {
  const server = await startServer(process.env.DATABASE_URL ?? "", {
    env: { MAIL_FROM: "Demarc <demarc@example.com>", SMTP_URL: "", ...env },
  });
  stops.push(server.kill);
  return server;
}

async function mailServer(...options: Parameters<typeof startMailServer>) {
  const server = await startMailServer(...options);
  stops.push(server.stop);
  return server;
}

const queue = (to: string) =>
  write((tx) =>
    queueMail(tx, {
      ...composeMail({ subject: "You are invited", paragraphs: ["Come in."], link: null, closing: [] }),
      to,
      kind: "invitation",
      at: new Date(),
    }),
  );
const stored = (id: string) => read.outgoingMail.findUniqueOrThrow({ where: { id } });
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("the server that is started", { timeout: 150_000 }, () => {
  it("sends what was committed while it was down, once", async () => {
    const mail = await mailServer();
    const id = await queue("priya@northwind.example");
    await serve({ SMTP_URL: mail.url });
    await expect.poll(() => mail.received.length, ARRIVAL).toBe(1);
    await expect.poll(async () => (await stored(id)).sentAt, ARRIVAL).not.toBeNull();
    await pause(ANOTHER_LOOK);
    expect(mail.received.map(({ to }) => to)).toEqual([["priya@northwind.example"]]);
  });

  it("after being killed between commit and mail, sends it once", async () => {
    const silent = await startSilentServer();
    stops.push(silent.stop);
    const id = await queue("priya@northwind.example");
    const first = await serve({ SMTP_URL: silent.url });
    await silent.connected;
    await first.kill();
    expect(await stored(id)).toMatchObject({ sentAt: null, attempts: 1, claimedUntil: expect.any(Date) });

    const mail = await mailServer();
    await serve({ SMTP_URL: mail.url });
    await expect.poll(() => mail.received.length, ARRIVAL).toBe(1);
    await expect.poll(async () => (await stored(id)).sentAt, ARRIVAL).not.toBeNull();
    await pause(ANOTHER_LOOK);
    expect(mail.received).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ attempts: 2, text: "", html: null });
  });

  it("told to stop, lets the message under way end and leaves the rest for later", async () => {
    let asked = () => undefined as void;
    const reached = new Promise<void>((resolve) => (asked = resolve));
    const mail = await mailServer({
      onMailFrom: (_address, _session, done) => {
        asked();
        setTimeout(() => done(), 1_500);
      },
    });
    const ids = [await queue("first@northwind.example"), await queue("second@northwind.example")];
    const server = await serve({ SMTP_URL: mail.url });
    await reached;
    const ended = new Promise((resolve) => server.child.once("exit", resolve));
    server.child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(mail.received).toHaveLength(1);
    const rows = await Promise.all(ids.map(stored));
    expect(rows.map(({ sentAt }) => sentAt !== null).sort()).toEqual([false, true]);
    expect(rows.find(({ sentAt }) => sentAt === null)).toMatchObject({ attempts: 0, claimedUntil: null });
  });

  it("keeps files where there is no mail server", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-outbox-"));
    stops.push(() => rmSync(folder, { recursive: true, force: true }));
    const id = await queue("priya@northwind.example");
    await serve({ OUTBOX_FOLDER: path.join(folder, "kept") });
    await expect.poll(async () => (await stored(id)).sentAt, ARRIVAL).not.toBeNull();
    expect(readdirSync(path.join(folder, "kept"))).toEqual([
      expect.stringMatching(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d{6}Z-invitation-${id}\\.eml$`)),
    ]);
  });

  it.each([
    [
      { SMTP_URL: "http://demarc:hidden@mail.example.com", MAIL_FROM: "nobody", PASSWORD_COST: "40" },
      [
        "SMTP_URL begins with neither smtp:// nor smtps://.",
        "MAIL_FROM is no e-mail address.",
        "PASSWORD_COST is not a whole number from 4 to 18.",
      ],
    ],
    [{ SMTP_URL: "smtp://mail.example.com", MAIL_FROM: "" }, ["SMTP_URL is set and MAIL_FROM is not."]],
  ])("ends with one line that tells all that is wrong with its settings", async (env, sentences) => {
    const refused = await serve(env).then(
      () => "it started",
      (error: Error) => error.message,
    );
    expect(refused).toContain("The server ended with 1: ");
    for (const sentence of sentences) expect(refused).toContain(sentence);
    expect(refused.trim().split("\n")).toHaveLength(1);
    expect(refused).not.toContain("hidden");
  });

  it.skipIf(inject("database").kind === "sqlite")(
    "sends each message once beside another one (a SQLite file belongs to one server)",
    async () => {
      const mail = await mailServer({ onMailFrom: (_address, _session, done) => void setTimeout(() => done(), 100) });
      await Promise.all([serve({ SMTP_URL: mail.url }), serve({ SMTP_URL: mail.url })]);
      const people = Array.from({ length: 30 }, (_, i) => `person-${i}@northwind.example`);
      for (const person of people) await queue(person);
      await expect.poll(() => read.outgoingMail.count({ where: { sentAt: null } }), ARRIVAL).toBe(0);
      await pause(ANOTHER_LOOK);
      expect(mail.received.flatMap(({ to }) => to).sort()).toEqual([...people].sort());
    },
  );
});
