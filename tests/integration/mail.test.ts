import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { onCommit, read, write } from "~/db/client.server";
import { claimMail, markSent, queueMail, type NewMail } from "~/db/mail-store.server";
import { composeMail } from "~/domain/mail/compose-mail";
import type { SmtpServer } from "~/domain/mail/smtp-address";
import type { Deliver } from "~/files/mail/delivery";
import { outboxDelivery } from "~/files/mail/outbox.server";
import { smtpDelivery, type SmtpTimeouts } from "~/files/mail/smtp.server";
import { CLAIM, RETRY_AFTER, sendDueMail } from "~/services/mail/mail-sending.server";
import { mailIsSent, runMailer } from "~/services/mail/mailer.server";
import { answer, partsOf, startMailServer, startSilentServer, type MailServer } from "../support/mail-server";

const NOW = new Date("2026-03-03T09:00:00Z");
const FROM = { name: "Demarc", address: "demarc@example.com" };
const SHORT: SmtpTimeouts = { connecting: 1_500, greeting: 1_500, silent: 1_500, whole: 4_000 };
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await write((tx) => tx.outgoingMail.deleteMany());
});

async function mailServer(...options: Parameters<typeof startMailServer>): Promise<MailServer> {
  const server = await startMailServer(...options);
  stops.push(server.stop);
  return server;
}

function folder(): string {
  const made = mkdtempSync(path.join(os.tmpdir(), "demarc-outbox-"));
  stops.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const aMail = (fields: Partial<NewMail> = {}): NewMail => ({
  ...composeMail({
    subject: "You are invited to Northwind",
    paragraphs: ["Maya Lindqvist invites you."],
    link: { label: "Open the invitation", url: "https://demarc.example.com/invitations/secret" },
    closing: ["It holds for seven days."],
  }),
  to: "priya@northwind.example",
  kind: "invitation",
  at: NOW,
  ...fields,
});
const queue = (fields: Partial<NewMail> = {}) => write((tx) => queueMail(tx, aMail(fields)));
const stored = (id: string) => read.outgoingMail.findUniqueOrThrow({ where: { id } });
const noMinutes = async () => [];
const lines: string[] = [];
const send = (deliver: Deliver, now = NOW) =>
  sendDueMail({
    deliver,
    clock: () => now,
    report: (line) => lines.push(line),
    stopped: () => false,
    minutes: noMinutes,
  });
const bySmtp = (server: Pick<MailServer, "address">, timeouts?: SmtpTimeouts) =>
  smtpDelivery(server.address, FROM, timeouts);

describe("a message", () => {
  it("queued in a transaction that is rolled back is never sent", async () => {
    const server = await mailServer();
    const undone = write(async (tx) => {
      await queueMail(tx, aMail());
      throw new Error("Something else went wrong.");
    });
    await expect(undone).rejects.toThrow("Something else");
    expect(await send(bySmtp(server))).toBe(0);
    expect(server.received).toEqual([]);
  });

  it("is sent once, whole, and what it said is not kept", async () => {
    const server = await mailServer();
    const id = await queue({ engagementId: "engagement-1" });
    expect(await send(bySmtp(server))).toBe(1);
    expect(await send(bySmtp(server), later(86_400_000))).toBe(0);
    expect(server.received.map(({ to }) => to)).toEqual([["priya@northwind.example"]]);
    const { headers, body } = partsOf(server.received[0]?.raw ?? "");
    expect(headers).toEqual(
      expect.arrayContaining([
        "From: Demarc <demarc@example.com>",
        "To: priya@northwind.example",
        "Subject: You are invited to Northwind",
        `Message-ID: <${id}@example.com>`,
        "Auto-Submitted: auto-generated",
      ]),
    );
    expect(body).toContain("https://demarc.example.com/invitations/secret");
    expect(body).toContain('<a href="https://demarc.example.com/invitations/secret"');
    expect(await stored(id)).toMatchObject({
      to: "priya@northwind.example",
      subject: "You are invited to Northwind",
      kind: "invitation",
      engagementId: "engagement-1",
      text: "",
      html: null,
      sentAt: NOW,
      failedAt: null,
      attempts: 1,
      lastError: "",
      claimedUntil: null,
    });
  });

  it("is sent as soon as its transaction is committed", async () => {
    const server = await mailServer();
    const mailer = runMailer({
      deliver: bySmtp(server),
      clock: () => new Date(),
      report: (line) => lines.push(line),
      minutes: noMinutes,
    });
    stops.push(() => mailer.stop());
    await write(async (tx) => {
      onCommit(tx, () => expect(server.received).toEqual([]));
      await queueMail(tx, aMail());
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(server.received).toEqual([]);
    });
    await expect.poll(() => server.received.length, { timeout: 20_000 }).toBe(1);
    await mailer.stop();
    await queue();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.received).toHaveLength(1);
  });

  it("the server can't take now is tried again when it is due, and not before", async () => {
    let refusals = 1;
    const server = await mailServer({
      onRcptTo: (_address, _session, done) => done(refusals-- > 0 ? answer(451, "Greylisted, come back later") : null),
    });
    const id = await queue();
    lines.length = 0;
    expect(await send(bySmtp(server))).toBe(0);
    expect(await stored(id)).toMatchObject({
      attempts: 1,
      failedAt: null,
      sentAt: null,
      nextAttemptAt: later(RETRY_AFTER[0]),
      lastError: expect.stringContaining("Greylisted"),
    });
    expect(lines).toEqual([
      `Mail ${id} (invitation) was not sent: EENVELOPE 451. It is tried again at ${later(RETRY_AFTER[0]).toISOString()}.`,
    ]);
    expect(await send(bySmtp(server), later(RETRY_AFTER[0] - 1))).toBe(0);
    expect(await send(bySmtp(server), later(RETRY_AFTER[0]))).toBe(1);
    expect(server.received).toHaveLength(1);
  });

  it("outlives a server that is down for hours, and is given up with the reason after a day", async () => {
    const gone = await startMailServer();
    await gone.stop();
    const id = await queue();
    let now = NOW;
    for (const wait of RETRY_AFTER) {
      expect(await send(bySmtp(gone), now)).toBe(0);
      expect(await stored(id)).toMatchObject({ failedAt: null, nextAttemptAt: new Date(now.getTime() + wait) });
      now = new Date(now.getTime() + wait);
    }
    await send(bySmtp(gone), now);
    expect(await stored(id)).toMatchObject({
      failedAt: now,
      sentAt: null,
      attempts: RETRY_AFTER.length + 1,
      lastError: expect.stringContaining("ECONNREFUSED"),
      text: "",
      html: null,
    });
    expect(now.getTime() - NOW.getTime()).toBeGreaterThan(20 * 3_600_000);
  });

  it.each([
    [
      "addressee",
      {
        onRcptTo: (_address: unknown, _session: unknown, done: (error: Error) => void) =>
          done(answer(550, "No such mailbox")),
      },
    ],
    [
      "content",
      {
        onData: (stream: NodeJS.ReadableStream, _session: unknown, done: (error: Error) => void) =>
          stream.resume().on("end", () => done(answer(554, "No such mailbox is fed with this"))),
      },
    ],
  ])("refused for good for its %s fails with the server's reason", async (_what, options) => {
    const server = await mailServer(options);
    const id = await queue();
    lines.length = 0;
    expect(await send(bySmtp(server))).toBe(0);
    expect(await stored(id)).toMatchObject({
      failedAt: NOW,
      sentAt: null,
      attempts: 1,
      lastError: expect.stringContaining("No such mailbox"),
      text: "",
      html: null,
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/priya|secret|mailbox/);
    expect(await send(bySmtp(server), later(86_400_000))).toBe(0);
  });

  it("waits while login or sender are refused, which the settings can put right", async () => {
    const strict = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        username === "demarc" && password === "p@ss"
          ? done(null, { user: username })
          : done(answer(535, "Wrong password")),
    });
    const sender = await mailServer({
      onMailFrom: (_address, _session, done) => done(answer(553, "Sender not allowed")),
    });
    const id = await queue();
    await send(smtpDelivery({ ...strict.address, user: "demarc", password: "old" }, FROM));
    expect(await stored(id)).toMatchObject({ failedAt: null, lastError: expect.stringContaining("Wrong password") });
    await send(bySmtp(sender), later(60_000));
    expect(await stored(id)).toMatchObject({
      failedAt: null,
      attempts: 2,
      lastError: expect.stringContaining("Sender not allowed"),
    });
    expect(
      await send(smtpDelivery({ ...strict.address, user: "demarc", password: "p@ss" }, FROM), later(3_600_000)),
    ).toBe(1);
    expect(strict.received).toHaveLength(1);
  });
});

it("a message that went out while the database was away is recorded when it is back, not sent again", async () => {
  const server = await mailServer();
  const id = await queue();
  const rename = (from: string, to: string) =>
    write((tx) => tx.$executeRawUnsafe(`ALTER TABLE "${from}" RENAME TO "${to}"`));
  const losing: Deliver = async (letter) => {
    const delivery = await bySmtp(server)(letter);
    await rename("OutgoingMail", "Away");
    return delivery;
  };
  await expect(send(losing)).rejects.toThrow();
  await rename("Away", "OutgoingMail");
  expect(await stored(id)).toMatchObject({ sentAt: null, attempts: 1 });
  expect(await send(bySmtp(server), later(CLAIM + 1))).toBe(0);
  expect(server.received).toHaveLength(1);
  expect(await stored(id)).toMatchObject({ sentAt: later(CLAIM + 1), attempts: 1, text: "" });
});

describe("a mail server that hangs", () => {
  it("costs seconds, and others still go", async () => {
    const server = await mailServer({
      onRcptTo: ({ address }, _session, done) => (address.startsWith("hang") ? undefined : done()),
    });
    const stuck = await queue({ to: "hang@northwind.example", at: later(-1_000) });
    await queue();
    const began = Date.now();
    expect(await send(bySmtp(server, SHORT))).toBe(1);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(server.received.map(({ to }) => to)).toEqual([["priya@northwind.example"]]);
    expect(await stored(stuck)).toMatchObject({
      sentAt: null,
      failedAt: null,
      attempts: 1,
      lastError: expect.stringMatching(/time/i),
    });
  });

  it("before it says anything, or by saying a word a moment for ever, ends as well", async () => {
    const silent = await startSilentServer();
    stops.push(silent.stop);
    expect(
      await bySmtp(silent, SHORT)({ ...aMail(), id: "mail-1", createdAt: NOW, html: null, files: [] }),
    ).toMatchObject({
      ok: false,
      permanent: false,
      reason: expect.stringMatching(/greeting|timeout/i),
    });

    const { createServer } = await import("node:net");
    const trickling = createServer((socket) => {
      socket.on("error", () => undefined);
      const timer = setInterval(() => socket.write("220-still here\r\n"), 100);
      socket.on("close", () => clearInterval(timer));
    });
    await new Promise<void>((resolve) => trickling.listen(0, "127.0.0.1", resolve));
    stops.push(() => trickling.close());
    const address = trickling.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const began = Date.now();
    expect(
      await smtpDelivery(
        { host: "127.0.0.1", port, tls: "offered", user: null, password: "" },
        FROM,
        SHORT,
      )({ ...aMail(), id: "mail-1", createdAt: NOW, html: null, files: [] }),
    ).toMatchObject({ ok: false, permanent: false });
    expect(Date.now() - began).toBeLessThan(10_000);
  });
});

describe("a connection that can't be trusted", () => {
  it.each<[string, Parameters<typeof startMailServer>[0], SmtpServer["tls"], RegExp]>([
    ["an unknown certificate from the start", { secure: true }, "at-once", /certificate/],
    ["an unknown certificate on changing to TLS", { hideSTARTTLS: false }, "offered", /certificate/],
    ["no TLS where it is required", { disabledCommands: ["STARTTLS"] }, "required", /TLS/],
  ])("gets nothing: %s", async (_what, options, tls, reason) => {
    const server = await mailServer({ ...options });
    const id = await queue();
    expect(await send(smtpDelivery({ ...server.address, tls }, FROM))).toBe(0);
    expect(server.received).toEqual([]);
    expect(await stored(id)).toMatchObject({
      sentAt: null,
      failedAt: null,
      attempts: 1,
      lastError: expect.stringMatching(reason),
    });
  });
});

describe("several senders on one database", () => {
  it("send each message once", async () => {
    const server = await mailServer();
    const ids = await write((tx) =>
      Promise.all(Array.from({ length: 20 }, (_, i) => queueMail(tx, aMail({ to: `person-${i}@northwind.example` })))),
    );
    const counts = await Promise.all([1, 2, 3].map(() => send(bySmtp(server))));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ids.length);
    expect(new Set(server.received.flatMap(({ to }) => to)).size).toBe(ids.length);
    expect(server.received).toHaveLength(ids.length);
  });

  it("claim a message once, and take over from one that died when its claim has run out", async () => {
    const id = await queue();
    const claims = await Promise.all([1, 2, 3, 4].map(() => write((tx) => claimMail(tx, id, NOW, later(CLAIM)))));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    const server = await mailServer();
    expect(await send(bySmtp(server), later(CLAIM))).toBe(0);
    expect(await send(bySmtp(server), later(CLAIM + 1))).toBe(1);
    expect(server.received).toHaveLength(1);
  });

  it("give up a message whose process ended on every attempt", async () => {
    const id = await queue();
    await write((tx) => tx.outgoingMail.update({ where: { id }, data: { attempts: RETRY_AFTER.length + 1 } }));
    const server = await mailServer();
    expect(await send(bySmtp(server))).toBe(0);
    expect(server.received).toEqual([]);
    expect(await stored(id)).toMatchObject({ failedAt: NOW, lastError: expect.stringContaining("ended each time") });
  });

  it("let what was sent stand over what a slower one says of its own attempt", async () => {
    const id = await queue();
    const slow: Deliver = async () => {
      await write((tx) => markSent(tx, id, NOW));
      return { ok: false, permanent: true, code: "550", reason: "too late" };
    };
    await send(slow);
    expect(await stored(id)).toMatchObject({ sentAt: NOW, failedAt: null, lastError: "" });
  });
});

describe("without a mail server", () => {
  it("each message becomes a file, whole, for this user only, and links are shown instead", async () => {
    expect(mailIsSent()).toBe(false);
    const outbox = path.join(folder(), "data", "outbox");
    const id = await queue();
    expect(await send(outboxDelivery(outbox, FROM))).toBe(1);
    expect(readdirSync(outbox)).toEqual([`2026-03-03T090000Z-invitation-${id}.eml`]);
    const file = path.join(outbox, readdirSync(outbox)[0] ?? "");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { headers, body } = partsOf(readFileSync(file, "utf8"));
    expect(headers).toContain("To: priya@northwind.example");
    expect(body).toContain("https://demarc.example.com/invitations/secret");
    expect(await stored(id)).toMatchObject({ sentAt: NOW, text: "", html: null });
  });

  it("a file's name stays in the folder whatever its message is called, and a second attempt writes the same file", async () => {
    const outbox = folder();
    const deliver = outboxDelivery(outbox, FROM);
    const letter = { ...aMail(), id: "../../etc/passwd", kind: "a/../b\u0000", createdAt: NOW, html: null, files: [] };
    expect(await deliver(letter)).toEqual({ ok: true });
    expect(await deliver(letter)).toEqual({ ok: true });
    expect(readdirSync(outbox)).toEqual(["2026-03-03T090000Z-ab-etcpasswd.eml"]);
  });

  it("a folder that can't be written lets messages wait", async () => {
    const file = path.join(folder(), "outbox");
    writeFileSync(file, "");
    chmodSync(file, 0o600);
    const id = await queue();
    expect(await send(outboxDelivery(file, FROM))).toBe(0);
    expect(await stored(id)).toMatchObject({
      sentAt: null,
      failedAt: null,
      attempts: 1,
      lastError: expect.stringContaining("could not be written"),
    });
  });
});

describe("what could reach beyond its header", () => {
  it.each([
    ["an address with a line", { to: "priya@northwind.example\r\nBcc: all@northwind.example" }],
    ["two addresses", { to: "priya@northwind.example, eve@evil.example" }],
    ["an address with a name", { to: "Priya <priya@northwind.example>" }],
    ["a subject with a line", { subject: "Hello\r\nBcc: all@northwind.example" }],
    ["a subject with a bare line feed", { subject: "Hello\nBcc: all@northwind.example" }],
    ["a subject without end", { subject: "x".repeat(10_000) }],
    ["a text without end", { text: "x".repeat(1_000_000) }],
    ["a kind with a path", { kind: "../invitation" }],
  ])("is not queued: %s", async (_what, fields) => {
    await expect(queue(fields)).rejects.toThrow(RangeError);
    expect(await read.outgoingMail.count()).toBe(0);
  });

  it("comes out harmless from names that try", async () => {
    const server = await mailServer();
    const name = 'Eve\r\nBcc: all@northwind.example\r\n\r\n<script>alert("x")</script>\u202E\u0000\u2028';
    await queue(
      composeMail({
        subject: `${name} invites you`,
        paragraphs: [`${name} invites you.`],
        link: { label: name, url: 'https://demarc.example.com/i/x?a=1&b="><b>' },
        closing: [],
      }),
    );
    expect(await send(bySmtp(server))).toBe(1);
    const { headers, body } = partsOf(server.received[0]?.raw ?? "");
    expect(server.received[0]?.to).toEqual(["priya@northwind.example"]);
    expect(headers.filter((line) => /^bcc:/i.test(line))).toEqual([]);
    expect(headers.filter((line) => line.startsWith("Subject: "))).toHaveLength(1);
    const html = body.slice(body.indexOf("<!doctype html>"));
    expect(html).not.toContain("<script>");
    expect(html).not.toMatch(/href="[^"]*[<>][^"]*"/);
    expect(html).toContain("&lt;script&gt;");
    expect(body).not.toMatch(/[\u202E\u0000]/);
  });
});
