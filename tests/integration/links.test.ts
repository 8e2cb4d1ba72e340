import { describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { headers, loader } from "~/routes/shared";
import { endLink, listLinks, makeLink, openSharedLink, proveLink } from "~/services/access/links.server";
import { forgetAccount } from "~/services/account/forget-account.server";
import { changeAccess } from "~/services/access/members.server";
import type { Actor } from "~/services/who/actor.server";
import { changePeople } from "~/services/people/people.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { publishVersion } from "~/services/version/versions.server";
import { anAddress } from "../support/browsers";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { anEngagement, aUser } from "../support/stored";

const NOW = new Date("2026-11-25T12:00:00Z");
const LATER = new Date("2026-12-03T12:00:00Z");
const owner = await aUser("Maya Lindqvist");
const caller = () => ({ address: anAddress(), userAgent: "", cookie: "" });
const FORM = { intent: "link", label: "Audit committee", shows: "draft", days: "7", password: "" } as const;
const OVER = expect.objectContaining({ code: "not-found", message: expect.stringMatching(/^This link shows nothing/) });

async function aSharedMatrix(form: Partial<Parameters<typeof makeLink>[2]> = {}) {
  const duty = aDuty({
    letters: cells({ "it-lead": "A", "it-team": "R" }),
    marks: { provider: { state: "disputed", terms: "0".repeat(32), position: "Ours at night" } },
    knowledge: "Only Sam knows",
    searchWords: "ask Sam",
  });
  const { matrixId } = await anEngagement(owner, aMatrix({ duties: [duty] }));
  const { link } = await makeLink(owner, matrixId, { ...FORM, ...form }, NOW);
  return { matrixId, secret: link.split("/").at(-1) ?? "" };
}

describe("a read-only link", () => {
  it("shows the draft as it stands, without what the sides say to each other", async () => {
    const { matrixId, secret } = await aSharedMatrix();
    await runCommands(
      owner,
      matrixId,
      {
        baseRevision: 0,
        steps: [{ id: "step-1", commands: [{ type: "duty.edit", dutyId: "duty-1", set: { text: "Restore a file" } }] }],
      },
      NOW,
    );
    const view = await openSharedLink(secret, [], caller(), NOW);
    expect(view).toMatchObject({
      kind: "matrix",
      contacts: null,
      version: null,
      sharedBy: "Maya Lindqvist",
      matrix: { duties: [{ text: "Restore a file", marks: {}, knowledge: "", searchWords: "", ruling: null }] },
    });
    expect(JSON.stringify(view)).not.toMatch(/Ours at night|Only Sam/);
  });

  it("shows a version for as long as it is the same, whatever the draft says", async () => {
    const { matrixId } = await aSharedMatrix();
    await publishVersion(
      owner,
      matrixId,
      {
        revision: 0,
        reason: "First",
        agreementReference: "",
        exhibit: "",
        precedence: "",
        effectiveDate: null,
        reviewDate: null,
      },
      NOW,
    );
    const { link } = await makeLink(owner, matrixId, { ...FORM, shows: "1" }, NOW);
    await runCommands(
      owner,
      matrixId,
      {
        baseRevision: 0,
        steps: [{ id: "step-2", commands: [{ type: "duty.edit", dutyId: "duty-1", set: { text: "Restore a file" } }] }],
      },
      NOW,
    );
    const view = await openSharedLink(link.split("/").at(-1) ?? "", [], caller(), NOW);
    expect(view).toMatchObject({
      version: { number: 1, status: "proposed" },
      matrix: { duties: [{ text: aDuty().text }] },
    });
    await expect(makeLink(owner, matrixId, { ...FORM, shows: "2" }, NOW)).rejects.toMatchObject({ code: "not-found" });
  });

  it("tells how to reach people only where its maker allowed it, and never those who were removed", async () => {
    const quiet = await aSharedMatrix();
    const { matrixId } = quiet;
    const open = (await makeLink(owner, matrixId, { ...FORM, contacts: "on" }, NOW)).link.split("/").at(-1) ?? "";
    const person = (id: string, name: string) => ({
      intent: "add" as const,
      id,
      side: "client" as const,
      name,
      title: "",
      email: `${id}@northwind.example`,
      phones: [],
      hours: "",
      timeZone: "",
      week: null,
      deputyId: null,
      lastVerified: null,
    });
    const [here, gone] = [crypto.randomUUID(), crypto.randomUUID()];
    await changePeople(owner, matrixId, person(here, "Priya Nair"), NOW);
    await changePeople(owner, matrixId, person(gone, "Otto Gone"), NOW);
    await changePeople(owner, matrixId, { intent: "remove", id: gone }, NOW);
    await changePeople(
      owner,
      matrixId,
      { intent: "hold", roleId: "it-lead", personId: here, since: "2026-11-01" },
      NOW,
    );
    expect(JSON.stringify(await openSharedLink(quiet.secret, [], caller(), NOW))).not.toContain("Priya");
    const view = await openSharedLink(open, [], caller(), NOW);
    expect(view).toMatchObject({
      contacts: {
        people: [{ name: "Priya Nair", email: `${here}@northwind.example` }],
        holdings: [{ roleId: "it-lead", personId: here }],
      },
    });
    expect(JSON.stringify(view)).not.toContain("Otto");
  });

  it("that is over, ended or made up says the same", async () => {
    const { matrixId, secret } = await aSharedMatrix();
    await expect(openSharedLink(secret, [], caller(), LATER)).rejects.toEqual(OVER);
    await expect(openSharedLink("x".repeat(32), [], caller(), NOW)).rejects.toEqual(OVER);
    const [row] = await listLinks(owner, matrixId, NOW);
    await endLink(owner, matrixId, row?.id ?? "", NOW);
    await expect(openSharedLink(secret, [], caller(), NOW)).rejects.toEqual(OVER);
    await expect(endLink(owner, matrixId, row?.id ?? "", NOW)).rejects.toMatchObject({ code: "conflict" });
    expect(await listLinks(owner, matrixId, NOW)).toEqual([]);
  });

  it("with a password shows nothing before it, and can't be guessed at", async () => {
    const { secret } = await aSharedMatrix({ password: "quiet river stone" });
    expect(await openSharedLink(secret, [], caller(), NOW)).toEqual({ kind: "password" });
    await expect(proveLink(secret, "wrong river stone", caller(), NOW)).rejects.toMatchObject({
      code: "invalid",
      fields: { password: expect.any(String) },
    });
    const id = await proveLink(secret, "quiet river stone", caller(), NOW);
    expect(await openSharedLink(secret, [id], caller(), NOW)).toMatchObject({ kind: "matrix" });
    const tries = Array.from({ length: 12 }, () =>
      proveLink(secret, "wrong", caller(), NOW).catch((error: { code: string }) => error.code),
    );
    expect(await Promise.all(tries)).toContain("too-many");
    await expect(
      makeLink(owner, (await aSharedMatrix()).matrixId, { ...FORM, password: "short" }, NOW),
    ).rejects.toMatchObject({ fields: { linkPassword: expect.any(String) } });
  });

  it("counts how often it was opened, is kept as a hash, and stands in the record", async () => {
    const { matrixId, secret } = await aSharedMatrix();
    await openSharedLink(secret, [], caller(), NOW);
    await openSharedLink(secret, [], caller(), NOW);
    expect(await listLinks(owner, matrixId, NOW)).toMatchObject([
      { label: "Audit committee", opened: 2, openedAt: NOW.toISOString(), shows: null },
    ]);
    const stored = await read.readLink.findFirst({ where: { matrixId } });
    expect(JSON.stringify(stored)).not.toContain(secret);
    const { engagementId } = await read.matrix.findUniqueOrThrow({ where: { id: matrixId } });
    expect(await read.recordEntry.findMany({ where: { engagementId } })).toMatchObject([
      { event: "link.made", actorName: "Maya Lindqvist", detail: { label: "Audit committee" } },
    ]);
  });

  it.each<[string, (on: { matrixId: string; maker: Actor; owner: Actor }) => Promise<unknown>]>([
    [
      "is removed",
      ({ matrixId, maker, owner }) => changeAccess(owner, matrixId, { intent: "remove", userId: maker.userId }, NOW),
    ],
    [
      "is no owner any more",
      ({ matrixId, maker, owner }) =>
        changeAccess(owner, matrixId, { intent: "change", userId: maker.userId, permission: "viewer" }, NOW),
    ],
    ["leaves", ({ matrixId, maker }) => changeAccess(maker, matrixId, { intent: "leave" }, NOW)],
    [
      "hands over",
      ({ matrixId, maker, owner }) => changeAccess(maker, matrixId, { intent: "hand-over", userId: owner.userId }, NOW),
    ],
    ["deletes the account", ({ maker }) => forgetAccount(maker.userId, NOW)],
  ])("ends when its maker %s, and others' go on", async (_what, happen) => {
    const { matrixId, secret } = await aSharedMatrix();
    const { engagementId } = await read.matrix.findUniqueOrThrow({ where: { id: matrixId } });
    const maker = await aUser("Sam");
    await write((tx) =>
      tx.member.create({
        data: { engagementId, userId: maker.userId, side: "client", permission: "owner", createdAt: NOW },
      }),
    );
    const { link } = await makeLink(maker, matrixId, { ...FORM, label: "Sam's auditors" }, NOW);
    await happen({ matrixId, maker, owner });
    await expect(openSharedLink(link.split("/").at(-1) ?? "", [], caller(), NOW)).rejects.toEqual(OVER);
    expect(await openSharedLink(secret, [], caller(), NOW)).toMatchObject({ kind: "matrix" });
    expect(await read.recordEntry.findMany({ where: { engagementId, event: "link.ended" } })).toMatchObject([
      { detail: { label: "Sam's auditors" } },
    ]);
  });

  it("is kept by no search engine and no cache", async () => {
    const { secret } = await aSharedMatrix();
    const said = new Headers(
      headers({
        loaderHeaders: new Headers(),
        parentHeaders: new Headers(),
        actionHeaders: new Headers(),
        errorHeaders: undefined,
      }) as Record<string, string>,
    );
    expect([said.get("X-Robots-Tag"), said.get("Cache-Control"), said.get("Referrer-Policy")]).toEqual([
      "noindex, nofollow",
      "no-store",
      "no-referrer",
    ]);
    const response = (await loader({
      request: new Request(`http://localhost/shared/${secret}`),
      params: { token: secret },
      context: { address: "198.51.100.250", nonce: "n" },
    } as never)) as Response;
    expect(response.status).toBe(200);
  });

  it("can be had fifty at a time", async () => {
    const { matrixId } = await aSharedMatrix();
    await write((tx) =>
      tx.readLink.createMany({
        data: Array.from({ length: 49 }, (_, i) => ({
          id: crypto.randomUUID(),
          matrixId,
          label: `Link ${i}`,
          tokenHash: crypto.randomUUID(),
          createdById: owner.userId,
          createdByName: owner.name,
          createdAt: NOW,
          expiresAt: LATER,
        })),
      }),
    );
    await expect(makeLink(owner, matrixId, FORM, NOW)).rejects.toMatchObject({
      code: "conflict",
      message: "There are 50 links. End some first.",
    });
  });
});
