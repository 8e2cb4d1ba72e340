import { beforeAll, describe, expect, it } from "vitest";
import { signIn } from "~/services/who/accounts.server";
import { closeDatabase, read, write } from "~/db/client.server";
import { countTry, forgetOldTries, forgetTries, giveBack } from "~/services/who/attempts.server";
import { createEngagement } from "~/services/engagement/engagements.server";
import { acceptWithNewAccount, findInvitation, inviteSomebody } from "~/services/access/invitations.server";
import { makeLink, openSharedLink } from "~/services/access/links.server";
import { changeMatrices, type MatricesForm } from "~/services/engagement/matrices.server";
import { statePaper } from "~/services/signing/papers.server";
import { changePeople } from "~/services/people/people.server";
import { savePreset } from "~/services/organisation/presets.server";
import { publishVersion } from "~/services/version/versions.server";
import { anAddress } from "../support/browsers";
import { anEngagementOfAll, everybody, type Ground } from "../support/engagement-of-all";
import { aMatrix } from "../support/matrices";
import { anEngagement, aUser, PASSWORD } from "../support/stored";

const NOW = new Date();
let ground: Ground;
/** A caller from a network of their own. */
const from = (address = anAddress()) => ({ address, userAgent: "", cookie: "" });
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => "ok",
    (error: { code?: string }) => error.code ?? "thrown",
  );
const inTurn = async (count: number, ask: (i: number) => Promise<unknown>) => {
  const codes: string[] = [];
  for (let i = 0; i < count; i++) codes.push(await codeOf(ask(i)));
  return codes;
};

beforeAll(async () => {
  ground = await anEngagementOfAll(NOW);
});

describe("limits", () => {
  it("count a whole network of IPv6 as one caller", async () => {
    const codes = await inTurn(70, (i) =>
      countTry("sign-in", { account: `somebody-${i}`, address: `2001:db8:7:7::${i.toString(16)}` }),
    );
    expect([codes.filter((code) => code === "ok").length, codes.at(-1)]).toEqual([60, "too-many"]);
    expect(await codeOf(countTry("sign-in", { account: "somebody", address: "2001:db8:7:8::1" }))).toBe("ok");
  });

  it("tell long texts apart that differ at their end alone", async () => {
    const long = "a".repeat(60_000);
    const codes = await inTurn(11, () => countTry("sign-in", { account: long, address: from().address }));
    expect(codes.at(-1)).toBe("too-many");
    expect(await codeOf(countTry("sign-in", { account: `${long}b`, address: from().address }))).toBe("ok");
  });

  it("count each of many tries at once, and go on counting where the process ends", async () => {
    const account = crypto.randomUUID();
    const tries = () =>
      Promise.all(Array.from({ length: 15 }, () => codeOf(countTry("sign-in", { account, address: from().address }))));
    expect([...(await tries()), ...(await tries())].filter((code) => code === "ok")).toHaveLength(10);
    await closeDatabase();
    expect(new Set(await tries())).toEqual(new Set(["too-many"]));
  });

  it("refuse past the end by reading alone, and let somebody try again once the window is over or what was guessed at is another", async () => {
    const account = crypto.randomUUID();
    const ask = () => countTry("sign-in", { account, address: from().address });
    const rows = () =>
      read.attempt.findMany({
        where: { count: { gte: 10 }, key: { startsWith: "sign-in:account:" } },
        orderBy: { key: "asc" },
      });
    const others = await rows();
    await inTurn(11, ask);
    const full = await rows();
    expect(full).toHaveLength(others.length + 1);
    expect(await inTurn(5, ask)).toEqual(Array(5).fill("too-many"));
    expect(await rows()).toEqual(full);
    await forgetTries("sign-in", account);
    expect([await rows(), await codeOf(ask())]).toEqual([others, "ok"]);
    await inTurn(10, ask);
    await write((tx) => tx.attempt.updateMany({ data: { until: new Date(Date.now() - 1) } }));
    expect(await inTurn(11, ask)).toEqual([...Array<string>(10).fill("ok"), "too-many"]);
  });

  it("that are over are forgotten, and no others", async () => {
    await countTry("mail", { account: "somebody", address: from().address });
    const before = await read.attempt.count();
    await write((tx) =>
      tx.attempt.updateMany({
        where: { key: { startsWith: "mail:account:" } },
        data: { until: new Date(Date.now() - 1) },
      }),
    );
    await forgetOldTries(new Date());
    expect([
      await read.attempt.count({ where: { until: { lte: new Date() } } }),
      await read.attempt.count({ where: { key: { startsWith: "mail:account:" } } }),
      before > 1,
    ]).toEqual([0, 0, true]);
    expect(await read.attempt.count({ where: { key: { startsWith: "mail:address:" } } })).toBeGreaterThan(0);
  });

  it("let nobody be written to without end by invitations", async () => {
    const { owner } = await everybody();
    const again = await inTurn(11, () =>
      inviteSomebody(
        owner,
        ground.matrixId,
        { email: "often@people.example", side: "client", permission: "viewer" },
        NOW,
      ),
    );
    expect(again).toEqual([...Array.from({ length: 10 }, () => "ok"), "too-many"]);
    const many = await inTurn(60, (i) =>
      inviteSomebody(
        owner,
        ground.matrixId,
        { email: `somebody-${i}@people.example`, side: "client", permission: "viewer" },
        NOW,
      ),
    );
    // The eleventh to the same address was refused, and nothing was sent.
    expect(many.indexOf("too-many")).toBe(50);
  });

  it("let nobody make engagements, matrices, versions, links, presets, signed files or contacts without end, and say when to go on", async () => {
    const actor = await aUser("Maya Lindqvist");
    const engagements = await inTurn(41, (i) =>
      createEngagement(
        actor,
        {
          clientName: `Client ${i}`,
          providerName: "Harbour IT",
          agreementReference: "",
          preset: "blank",
          side: "provider",
        },
        NOW,
      ),
    );
    expect(engagements).toEqual([...Array(40).fill("ok"), "too-many"]);
    await expect(
      createEngagement(
        actor,
        {
          clientName: "One more",
          providerName: "Harbour IT",
          agreementReference: "",
          preset: "blank",
          side: "provider",
        },
        NOW,
      ),
    ).rejects.toMatchObject({
      message: expect.stringMatching(
        /^You have made very many engagements within an hour\. Wait \d+ minutes, then go on\.$/,
      ),
    });
    expect(await read.engagement.count({ where: { members: { some: { userId: actor.userId } } } })).toBe(40);

    const { matrixId } = await anEngagement(actor, aMatrix());
    const link = { intent: "link", shows: "draft", label: "For the board", days: "7", password: "" } as const;
    const contact = {
      name: "Priya",
      title: "",
      email: "",
      hours: "",
      timeZone: "",
      week: null,
      deputyId: null,
      lastVerified: null,
      phones: [],
      side: "client" as const,
    };
    const makings: [number, (i: number) => Promise<unknown>][] = [
      [
        60,
        (i) =>
          changeMatrices(
            actor,
            matrixId,
            {
              intent: i % 2 ? "create" : "duplicate",
              of: matrixId,
              title: `Matrix ${i}`,
              start: "blank",
            } as MatricesForm,
            NOW,
          ),
      ],
      [60, () => makeLink(actor, matrixId, link, NOW)],
      [
        60,
        () =>
          publishVersion(
            actor,
            matrixId,
            {
              revision: -1,
              reason: "None",
              agreementReference: "",
              exhibit: "",
              precedence: "",
              effectiveDate: null,
              reviewDate: null,
            },
            NOW,
          ),
      ],
      [60, (i) => savePreset(actor, matrixId, { name: `Preset ${i}`, meaning: "" }, NOW)],
      [
        40,
        () =>
          statePaper(
            actor,
            matrixId,
            1,
            { signatoryIds: [], signedOn: "2026-01-01" },
            { name: "signed.pdf", bytes: new TextEncoder().encode("%PDF-1.4") },
            NOW,
          ),
      ],
      [600, (i) => changePeople(actor, matrixId, { intent: "add", id: `person-${i}`, ...contact }, NOW)],
    ];
    for (const [most, make] of makings) {
      const codes = await inTurn(most + 1, make);
      expect(codes.indexOf("too-many")).toBe(most);
    }
  }, 240_000);

  it("take off what a right one added, of the account and of the network, and none that was wrong", async () => {
    const account = crypto.randomUUID();
    const office = from().address;
    const ask = () => countTry("sign-in", { account, address: office });
    await inTurn(4, ask);
    for (let i = 0; i < 70; i++) await giveBack(await ask());
    expect(await inTurn(7, ask)).toEqual([...Array<string>(6).fill("ok"), "too-many"]);
    // A try from a window that is over, or that was forgotten, takes nothing from the one after.
    const early = await countTry("sign-in", { account: `${account} 2`, address: office });
    await forgetTries("sign-in", `${account} 2`);
    await new Promise((resolve) => void setTimeout(resolve, 5));
    await inTurn(1, () => countTry("sign-in", { account: `${account} 2`, address: office }));
    await Promise.all([giveBack(early), giveBack(early)]);
    expect(await inTurn(10, () => countTry("sign-in", { account: `${account} 2`, address: from().address }))).toEqual([
      ...Array<string>(9).fill("ok"),
      "too-many",
    ]);
  });

  it("look at no more guesses where right ones come between them, all at once", async () => {
    const account = crypto.randomUUID();
    const ask = () => countTry("sign-in", { account, address: from().address });
    let looked = 0;
    const wrong = async () => (await ask(), (looked += 1));
    const right = async () => giveBack(await ask());
    const all = Array.from({ length: 40 }, (_, i) => (i % 4 === 3 ? right : wrong));
    await Promise.all(all.map((one) => one().catch(() => undefined)));
    expect(looked).toBeLessThanOrEqual(10);
    await Promise.all(all.map(() => wrong().catch(() => undefined)));
    expect(looked).toBe(10);
  });

  it("let an office sign in as often as it likes with what is right, and refuse its sixty-first wrong password", async () => {
    const office = from();
    const { email } = (await everybody()).viewer;
    expect(new Set(await inTurn(61, () => signIn({ email, password: PASSWORD }, office, NOW)))).toEqual(
      new Set(["ok"]),
    );
    const tried = await inTurn(60, (i) => countTry("sign-in", { account: `somebody-${i}`, address: office.address }));
    expect([new Set(tried), await codeOf(signIn({ email, password: PASSWORD }, office, NOW))]).toEqual([
      new Set(["ok"]),
      "too-many",
    ]);
  }, 60_000);

  it("close no link to an office that opens it often or all at once, and refuse whoever tries thirty that lead nowhere", async () => {
    const busy = from();
    const opens = () => openSharedLink(ground.linkToken, [], busy, NOW);
    expect(new Set(await inTurn(70, opens))).toEqual(new Set(["ok"]));
    expect(new Set(await Promise.all(Array.from({ length: 70 }, () => codeOf(opens()))))).toEqual(new Set(["ok"]));
    expect(new Set(await inTurn(70, () => findInvitation(ground.token, busy, NOW)))).toEqual(new Set(["ok"]));
    const made = await inTurn(32, (i) =>
      i % 2 ? openSharedLink(`made-up-${i}`, [], busy, NOW) : findInvitation(`made-up-${i}`, busy, NOW),
    );
    expect(made).toEqual([...Array<string>(30).fill("not-found"), "too-many", "too-many"]);
    expect([await codeOf(opens()), await codeOf(openSharedLink(ground.linkToken, [], from(), NOW))]).toEqual([
      "too-many",
      "ok",
    ]);
    const many = from();
    const atOnce = await Promise.all(
      Array.from({ length: 50 }, (_, i) => codeOf(openSharedLink(`made-up-${i}`, [], many, NOW))),
    );
    expect(atOnce.filter((code) => code === "not-found")).toHaveLength(30);
  });

  it("count a password tried at an invitation as one tried at the front door", async () => {
    const { email } = (await everybody()).stranger;
    expect(
      await inTurn(4, () =>
        acceptWithNewAccount(ground.token, { name: "Somebody", password: "not these four words" }, from(), NOW),
      ),
    ).toEqual(Array(4).fill("invalid"));
    expect(await inTurn(6, () => signIn({ email, password: "not these four words" }, from(), NOW))).toEqual(
      Array(6).fill("invalid"),
    );
    expect(
      await codeOf(acceptWithNewAccount(ground.token, { name: "Somebody", password: PASSWORD }, from(), NOW)),
    ).toBe("too-many");
    expect(await codeOf(signIn({ email, password: PASSWORD }, from(), NOW))).toBe("too-many");
  });
});
