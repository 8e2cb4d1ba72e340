import { describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { loadMatrix, saveDiff } from "~/db/matrix-store.server";
import { diffMatrices } from "~/domain/changes/diff";
import { applyCommands } from "~/domain/editing/apply-command";
import { STANDARD_WORDING } from "~/library/standard-wording";
import { keepWording, offeredWording } from "~/services/organisation/wording.server";
import { firstProblem } from "~/domain/parts/invariants";
import { acceptInvitation, acceptWithNewAccount, findInvitation } from "~/services/access/invitations.server";
import type { Actor } from "~/services/who/actor.server";
import { createEngagement } from "~/services/engagement/engagements.server";
import { forgetAccount } from "~/services/account/forget-account.server";
import { changeMatrices } from "~/services/engagement/matrices.server";
import { changeAccess } from "~/services/access/members.server";
import {
  changeOrganisation,
  viewOrganisation,
  type OrganisationForm,
} from "~/services/organisation/organisations.server";
import { ownData } from "~/services/account/own-data.server";
import { mayKeepPreset, ownStart, savePreset } from "~/services/organisation/presets.server";
import { listRecord } from "~/services/access/record.server";
import { ABrowser } from "../support/browsers";
import { anEngagement, aUser, freshLoad, PASSWORD } from "../support/stored";
import { aMatrix } from "../support/matrices";

const NOW = new Date("2026-11-24T10:00:00Z");
const caller = () => new ABrowser().caller;
const change = (actor: Actor, form: OrganisationForm) => changeOrganisation(actor, form, NOW);
const tokenOf = (link: string | null) => link?.split("/").at(-1) ?? "";

async function anOwner(name = "Petra"): Promise<Actor> {
  const owner = await aUser(name);
  await change(owner, { intent: "set-up", name: `${name}'s MSP` });
  return owner;
}

/** Somebody who accepted an invitation to the organisation of an owner. */
async function aColleague(owner: Actor, name = "Sam", permission: "member" | "owner" = "member"): Promise<Actor> {
  const colleague = await aUser(name);
  const { link } = await change(owner, { intent: "invite", email: colleague.email, permission });
  await acceptInvitation(colleague, tokenOf(link), caller(), NOW);
  return colleague;
}

async function aClient(
  actor: Actor,
  clientName: string,
  preset = "blank",
): Promise<{ matrixId: string; engagementId: string }> {
  const matrixId = await createEngagement(
    actor,
    { clientName, providerName: "Harbour IT", agreementReference: "", preset, side: "provider" },
    NOW,
  );
  const { engagementId } = await read.matrix.findUniqueOrThrow({
    where: { id: matrixId },
    select: { engagementId: true },
  });
  return { matrixId, engagementId };
}

const part = async <S extends "clients" | "people" | "presets">(actor: Actor, show: S, query: object = {}) => {
  const view = await viewOrganisation(actor, { show, ...query }, NOW);
  if (view?.part.show !== show) throw new Error("Another part.");
  return view.part as Extract<NonNullable<typeof view>["part"], { show: S }>;
};
const membersOf = (engagementId: string) =>
  read.member.findMany({
    where: { engagementId },
    select: { userId: true, side: true, permission: true },
    orderBy: { userId: "asc" },
  });

describe("finding a client", () => {
  it("doesn't ask for accents, case or the order of words as they are stored", async () => {
    const owner = await anOwner();
    await aClient(owner, "İstanbul Café & Söhne");
    await aClient(owner, "Ankara Wholesale");
    for (const q of ["istanbul", "cafe\u0301", "SOHNE istanbul", "ıstanbul"])
      expect((await part(owner, "clients", { q })).clients.map(({ name }) => name)).toEqual(["İstanbul Café & Söhne"]);
    expect((await part(owner, "clients", { q: "izmir" })).found).toBe(0);
  });
});

describe("setting up", () => {
  it("takes along the engagements whose provider's side one owns, and no other", async () => {
    const owner = await aUser("Petra");
    const mine = await aClient(owner, "Northwind");
    const asClient = await anEngagement(owner, aMatrix());
    expect(await viewOrganisation(owner, {}, NOW)).toBeNull();
    await expect(change(owner, { intent: "set-up", name: " " })).rejects.toMatchObject({
      fields: { name: expect.stringMatching(/empty/) },
    });
    expect(await change(owner, { intent: "set-up", name: " Harbour IT " })).toEqual({
      said: "Harbour IT is set up, and you are its owner. One engagement of yours is its client now.",
      link: null,
    });
    expect((await part(owner, "clients")).clients.map(({ name }) => name)).toEqual(["Northwind"]);
    expect((await read.engagement.findUnique({ where: { id: asClient.engagementId } }))?.organisationId).toBeNull();
    expect((await listRecord(owner, mine.matrixId, null)).entries.map(({ sentence }) => sentence)).toContain(
      "Made the engagement a client of Harbour IT.",
    );
    await expect(change(owner, { intent: "set-up", name: "Another" })).rejects.toMatchObject({ code: "conflict" });
  });

  it("what comes later is brought in, unless it belongs to another organisation", async () => {
    const [owner, other] = [await anOwner(), await anOwner("Olga")];
    const { engagementId } = await anEngagement(await aUser("Maya"), aMatrix());
    const theirs = await aClient(other, "Contoso");
    await write((tx) =>
      tx.member.createMany({
        data: [engagementId, theirs.engagementId].map((id) => ({
          engagementId: id,
          userId: owner.userId,
          side: "provider",
          permission: "owner",
        })),
      }),
    );
    expect((await viewOrganisation(owner, {}, NOW))?.bringsIn).toBe(1);
    expect((await change(owner, { intent: "bring-in" })).said).toBe(
      "One engagement of yours is a client of the organisation now.",
    );
    expect((await viewOrganisation(owner, {}, NOW))?.bringsIn).toBe(0);
    expect((await part(owner, "clients")).clients.map(({ name }) => name)).toEqual(["Northwind"]);
  });
});

describe("people", () => {
  it("are invited, and join with a new account", async () => {
    const owner = await anOwner();
    const email = `${crypto.randomUUID()}@people.example`;
    const { link } = await change(owner, { intent: "invite", email, permission: "member" });
    expect(await findInvitation(tokenOf(link), caller(), NOW)).toMatchObject({
      to: { kind: "organisation", name: "Petra's MSP", permission: "member" },
      email,
      hasAccount: false,
    });
    const { link: newer } = await change(owner, {
      intent: "resend",
      invitationId: (await part(owner, "people")).waiting[0]?.id ?? "",
    });
    await expect(findInvitation(tokenOf(link), caller(), NOW)).rejects.toMatchObject({ code: "not-found" });
    expect((await acceptWithNewAccount(tokenOf(newer), { name: "Sam", password: PASSWORD }, caller(), NOW)).to).toBe(
      "/organisation",
    );
    const { people, waiting } = await part(owner, "people");
    expect([people.map(({ name, permission }) => [name, permission]), waiting]).toEqual([
      [
        ["Petra", "owner"],
        ["Sam", "member"],
      ],
      [],
    ]);
    await expect(change(owner, { intent: "invite", email, permission: "owner" })).rejects.toMatchObject({
      fields: { email: expect.stringMatching(/belongs to the organisation already/) },
    });
  });

  it("an invitation taken back lets nobody in, and one for somebody of another organisation says so", async () => {
    const [owner, other] = [await anOwner(), await anOwner("Olga")];
    const { link } = await change(owner, { intent: "invite", email: other.email, permission: "member" });
    await expect(acceptInvitation(other, tokenOf(link), caller(), NOW)).rejects.toThrow(
      /You belong to Olga's MSP, and nobody belongs to two organisations/,
    );
    await change(owner, { intent: "revoke", invitationId: (await part(owner, "people")).waiting[0]?.id ?? "" });
    await expect(findInvitation(tokenOf(link), caller(), NOW)).rejects.toMatchObject({ code: "conflict" });
    expect((await part(owner, "people")).people).toHaveLength(1);
  });

  it("one owner is always left", async () => {
    const owner = await anOwner();
    await expect(change(owner, { intent: "leave" })).rejects.toThrow(/at least one owner/);
    await expect(change(owner, { intent: "change", userId: owner.userId, permission: "member" })).rejects.toThrow(
      /at least one owner/,
    );
    const second = await aColleague(owner, "Sam", "owner");
    const { link } = await change(owner, { intent: "invite", email: "open@people.example", permission: "member" });
    await change(second, { intent: "change", userId: owner.userId, permission: "member" });
    // Who no longer lets people in leaves no open door behind.
    await expect(findInvitation(tokenOf(link), caller(), NOW)).rejects.toMatchObject({ code: "conflict" });
    await expect(change(second, { intent: "leave" })).rejects.toMatchObject({ code: "conflict" });
    await change(owner, { intent: "leave" });
    expect(await viewOrganisation(owner, {}, NOW)).toBeNull();
  });

  it("removing somebody takes their clients away, except as the last owner of a side, who stays", async () => {
    const owner = await anOwner();
    const colleague = await aColleague(owner);
    const theirs = await aClient(colleague, "Contoso");
    const shared = await aClient(owner, "Northwind");
    await change(owner, {
      intent: "access",
      engagementId: shared.engagementId,
      userId: colleague.userId,
      permission: "editor",
    });
    expect((await part(owner, "people", { remove: colleague.userId })).removal).toEqual({
      userId: colleague.userId,
      name: "Sam",
      you: false,
      clients: 2,
      refusal: "Sam is the last owner of the provider's side for Contoso. Make somebody else an owner there first.",
    });
    await expect(change(owner, { intent: "remove", userId: colleague.userId })).rejects.toThrow(
      /last owner of the provider's side for Contoso/,
    );
    await expect(change(colleague, { intent: "leave" })).rejects.toThrow(/^You are the last owner/);
    expect((await membersOf(shared.engagementId)).length).toBe(2);

    await change(owner, {
      intent: "access",
      engagementId: theirs.engagementId,
      userId: owner.userId,
      permission: "owner",
    });
    expect((await change(owner, { intent: "remove", userId: colleague.userId })).said).toBe(
      "Sam doesn't belong to Petra's MSP any more, and has no access to 2 clients any more.",
    );
    expect(
      [...(await membersOf(shared.engagementId)), ...(await membersOf(theirs.engagementId))].map(
        ({ userId }) => userId,
      ),
    ).toEqual([owner.userId, owner.userId]);
    expect((await listRecord(owner, theirs.matrixId, null)).entries.map(({ sentence }) => sentence)).toContain(
      "Took Sam's access away (owner, the provider's side).",
    );
  });

  it("access on another side, or to what is nobody's client, stays", async () => {
    const owner = await anOwner();
    const colleague = await aColleague(owner);
    const outside = await anEngagement(colleague, aMatrix());
    const { engagementId } = await aClient(owner, "Northwind");
    await write((tx) =>
      tx.member.create({ data: { engagementId, userId: colleague.userId, side: "client", permission: "viewer" } }),
    );
    await change(owner, { intent: "remove", userId: colleague.userId });
    expect((await membersOf(engagementId)).map(({ side }) => side).sort()).toEqual(["client", "provider"]);
    expect(await membersOf(outside.engagementId)).toHaveLength(1);
  });

  it("an account that is an organisation's last owner stays; others are forgotten with what they belonged to", async () => {
    const owner = await anOwner();
    await expect(forgetAccount(owner.userId, NOW)).rejects.toThrow(
      "You are the last owner of Petra's MSP. Make somebody else an owner of the organisation first.",
    );
    const colleague = await aColleague(owner);
    expect(JSON.parse(new TextDecoder().decode((await ownData(colleague, NOW)).bytes))).toMatchObject({
      organisation: { name: "Petra's MSP", permission: "member", since: NOW.toISOString() },
    });
    await forgetAccount(colleague.userId, NOW);
    expect((await part(owner, "people")).people.map(({ name }) => name)).toEqual(["Petra"]);
  });
});

describe("clients", () => {
  it("an owner gives and takes access where they have none themselves; the record tells who was let in, and by whom", async () => {
    const owner = await anOwner();
    const [sam, lena] = [await aColleague(owner), await aColleague(owner, "Lena")];
    const { engagementId, matrixId } = await aClient(sam, "Contoso");
    const access = (userId: string, permission: "viewer" | "owner" | "none") =>
      change(owner, { intent: "access", engagementId, userId, permission });
    expect(
      (await part(owner, "clients", { client: engagementId })).open?.people.map(({ name, permission }) => [
        name,
        permission,
      ]),
    ).toEqual([
      ["Lena", null],
      ["Petra", null],
      ["Sam", "owner"],
    ]);
    expect((await access(lena.userId, "viewer")).said).toBe("Lena is a viewer for Contoso now.");
    await expect(access(sam.userId, "none")).rejects.toThrow(/keeps at least one owner/);
    await expect(access(sam.userId, "viewer")).rejects.toThrow(/keeps at least one owner/);
    await access(lena.userId, "owner");
    expect((await access(sam.userId, "none")).said).toBe("Sam has no access to Contoso.");
    expect(await membersOf(engagementId)).toEqual([{ userId: lena.userId, side: "provider", permission: "owner" }]);
    const sentences = (await listRecord(lena, matrixId, null)).entries.map(
      ({ actorName, sentence }) => `${actorName}: ${sentence}`,
    );
    expect(sentences).toEqual(
      expect.arrayContaining([
        "Petra: Let Lena in to the provider's side as viewer.",
        "Petra: Made Lena owner; before: viewer.",
        "Petra: Took Sam's access away (owner, the provider's side).",
      ]),
    );
    expect((await part(owner, "clients")).clients).toMatchObject([
      { name: "Contoso", matrixId: null, members: [{ name: "Lena", permission: "owner", outside: false }] },
    ]);
  });

  it("nobody on the client's side is moved, nobody outside is given access, and another organisation's client is none", async () => {
    const [owner, other] = [await anOwner(), await anOwner("Olga")];
    const colleague = await aColleague(owner);
    const { engagementId } = await aClient(owner, "Northwind");
    const theirs = await aClient(other, "Contoso");
    await write((tx) =>
      tx.member.create({ data: { engagementId, userId: colleague.userId, side: "client", permission: "owner" } }),
    );
    await expect(
      change(owner, { intent: "access", engagementId, userId: colleague.userId, permission: "viewer" }),
    ).rejects.toThrow(/on another side for Northwind/);
    await expect(
      change(owner, { intent: "access", engagementId, userId: other.userId, permission: "viewer" }),
    ).rejects.toMatchObject({ code: "conflict" });
    const refused = (id: string) =>
      change(owner, { intent: "access", engagementId: id, userId: owner.userId, permission: "viewer" }).catch(
        ({ code, message }: { code: string; message: string }) => [code, message],
      );
    expect(await refused(theirs.engagementId)).toEqual(await refused(crypto.randomUUID()));
    expect(await membersOf(theirs.engagementId)).toHaveLength(1);
  });

  it("a member sees the clients they have access to, and changes nothing", async () => {
    const owner = await anOwner();
    const sam = await aColleague(owner);
    const northwind = await aClient(owner, "Northwind");
    await aClient(owner, "Contoso");
    await change(owner, {
      intent: "access",
      engagementId: northwind.engagementId,
      userId: sam.userId,
      permission: "editor",
    });
    const seen = await viewOrganisation(sam, { client: northwind.engagementId }, NOW);
    expect(seen).toMatchObject({
      abilities: ["read", "leave", "bring-in", "keep-preset"],
      counts: { clients: 1, people: 2 },
      part: { open: null, clients: [{ name: "Northwind", matrixId: northwind.matrixId }] },
    });
    for (const form of [
      { intent: "access", engagementId: northwind.engagementId, userId: sam.userId, permission: "owner" },
      { intent: "invite", email: "x@people.example", permission: "owner" },
      { intent: "remove", userId: owner.userId },
      { intent: "change", userId: sam.userId, permission: "owner" },
      { intent: "rename", name: "Mine" },
      { intent: "delete-preset", presetId: "any" },
    ] satisfies OrganisationForm[])
      await expect(change(sam, form)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("hundreds are listed a page at a time and filtered by name; archived ones and those asking for a second factor are left out", async () => {
    const owner = await anOwner();
    const { organisationId } = await read.organisationMember.findUniqueOrThrow({ where: { userId: owner.userId } });
    const names = Array.from({ length: 120 }, (_, i) => `Client ${String(i).padStart(3, "0")}`);
    await write(async (tx) => {
      for (const [i, name] of names.entries()) {
        const id = crypto.randomUUID();
        await tx.engagement.create({
          data: {
            id,
            createdAt: NOW,
            organisationId,
            requireTwoFactor: i === 7,
            members: { create: { userId: owner.userId, side: "provider", permission: "owner" } },
          },
        });
        await tx.matrix.create({
          data: {
            id: crypto.randomUUID(),
            engagementId: id,
            title: "M",
            revision: 0,
            schema: 2,
            terms: {},
            settings: {},
            issued: {},
            archivedAt: i === 8 ? NOW : null,
            parties: {
              create: [
                { id: "client", position: 0, kind: "client", name },
                { id: "provider", position: 1, kind: "provider", name: "P" },
              ],
            },
          },
        });
      }
    });
    const third = await part(owner, "clients", { page: 3 });
    expect([third.found, third.pages, third.clients.length, third.clients.at(-1)?.name]).toEqual([
      118,
      3,
      18,
      "Client 119",
    ]);
    expect((await part(owner, "clients", { q: " CLIENT 01" })).clients.map(({ name }) => name)).toEqual(
      names.filter((name) => name.includes("01")),
    );
    expect((await part(owner, "clients", { page: 99 })).page).toBe(3);
    const proven = { ...owner, secondFactor: true };
    expect([(await part(proven, "clients")).found, (await viewOrganisation(proven, {}, NOW))?.counts.clients]).toEqual([
      119, 119,
    ]);
    const guarded = await read.engagement.findFirst({
      where: { organisationId, requireTwoFactor: true },
      select: { id: true },
    });
    await expect(
      change(owner, { intent: "access", engagementId: guarded?.id ?? "", userId: owner.userId, permission: "owner" }),
    ).rejects.toMatchObject({ code: "second-factor" });
  });

  it("who was let in by the organisation changes their own side as any owner does", async () => {
    const owner = await anOwner();
    const sam = await aColleague(owner);
    const { engagementId, matrixId } = await aClient(owner, "Northwind");
    await change(owner, { intent: "access", engagementId, userId: sam.userId, permission: "owner" });
    await changeAccess(sam, matrixId, { intent: "remove", userId: owner.userId }, NOW);
    expect((await part(owner, "clients")).clients).toMatchObject([{ matrixId: null, members: [{ name: "Sam" }] }]);
  });
});

describe("presets", () => {
  it("what one client's matrix gave begins the next, on the provider's side and inside the organisation", async () => {
    const owner = await anOwner();
    const first = await aClient(owner, "Northwind", "shared");
    expect(await savePreset(owner, first.matrixId, { name: " Manufacturing ", meaning: "Two sites" }, NOW)).toBe(
      "“Manufacturing” is among the presets of Petra's MSP now.",
    );
    await expect(savePreset(owner, first.matrixId, { name: "manufacturing", meaning: "" }, NOW)).rejects.toMatchObject({
      fields: { name: expect.stringMatching(/already/) },
    });
    await expect(savePreset(owner, first.matrixId, { name: "", meaning: "x".repeat(301) }, NOW)).rejects.toMatchObject({
      fields: { name: expect.stringMatching(/empty/), meaning: expect.stringMatching(/301 characters/) },
    });
    const sam = await aColleague(owner);
    const offered = await ownStart(sam);
    const before = (await freshLoad(first.matrixId)).matrix;
    expect(offered).toMatchObject({
      organisation: "Petra's MSP",
      presets: [{ name: "Manufacturing", meaning: "Two sites", duties: before.duties.length }],
    });
    const next = await aClient(sam, "Contoso", offered?.presets[0]?.id);
    const { matrix } = await freshLoad(next.matrixId);
    expect(firstProblem(matrix)).toBeNull();
    expect(matrix.parties.map(({ name }) => name)).toEqual(["Contoso", "Harbour IT", "Third party"]);
    const renamed: unknown = JSON.parse(JSON.stringify(before.duties).replaceAll("Northwind", "Contoso"));
    expect([matrix.duties, matrix.terms]).toEqual([renamed, before.terms]);
    expect((await part(owner, "clients")).clients.map(({ name }) => name)).toEqual(["Contoso", "Northwind"]);
    const second = await changeMatrices(
      owner,
      first.matrixId,
      { intent: "create", title: "Leeds", start: offered?.presets[0]?.id ?? "" },
      NOW,
    );
    expect((await freshLoad(second)).matrix.duties).toEqual(before.duties);
  });

  it("an organisation's own wording begins its people's matrices, until it goes back to the standard one", async () => {
    const [owner, other] = [await anOwner(), await anOwner("Olga")];
    const first = await aClient(owner, "Northwind", "shared");
    const standard = (await freshLoad(first.matrixId)).matrix;
    expect(standard.clauses).toEqual(STANDARD_WORDING.clauses);
    const loaded = await write((tx) => loadMatrix(tx, first.matrixId));
    const { matrix: after, rejected } = applyCommands(standard, [
      { type: "thing.edit", part: "clauses", thingId: "clause-change", set: { text: "Northwind signs each change." } },
      { type: "thing.edit", part: "clauses", thingId: "clause-authority", set: { struck: true } },
      { type: "thing.place", part: "clauses", thingId: "clause-authority", beforeId: "clause-incorporation" },
      { type: "thing.delete", part: "definitions", thingId: "definition-priority" },
      { type: "party.describe", partyId: "client", set: { name: "Northwind Trading Ltd", address: "1 Quay" } },
    ]);
    expect(rejected).toEqual([]);
    await write((tx) =>
      saveDiff(tx, first.matrixId, {
        expectedRevision: loaded?.revision ?? 0,
        revision: (loaded?.revision ?? 0) + 1,
        before: standard,
        after,
        diff: diffMatrices(standard, after),
      }),
    );
    const stored = (await freshLoad(first.matrixId)).matrix;
    expect([stored.clauses, stored.definitions, stored.parties]).toEqual([
      after.clauses,
      after.definitions,
      after.parties,
    ]);
    expect(await offeredWording(owner, first.matrixId)).toMatchObject({ keepsFor: { kept: null } });
    expect(await keepWording(owner, first.matrixId, NOW)).toBe("New matrices of Petra's MSP begin with this wording.");
    const sam = await aColleague(owner);
    await expect(keepWording(sam, first.matrixId, NOW)).rejects.toMatchObject({ code: "not-found" });
    for (const start of ["shared", "blank"]) {
      const { matrix } = await freshLoad((await aClient(sam, `Contoso ${start}`, start)).matrixId);
      expect(matrix.clauses.map(({ key }) => key)[0]).toBe("authority");
      expect(matrix.clauses.find(({ key }) => key === "change")?.text).toBe("{client} signs each change.");
      expect(matrix.definitions).toHaveLength(STANDARD_WORDING.definitions.length - 1);
      expect(matrix.parties[0]?.legal).toEqual({});
    }
    expect((await freshLoad((await aClient(other, "Fabrikam", "shared")).matrixId)).matrix.clauses).toEqual(
      STANDARD_WORDING.clauses,
    );
    expect(await part(owner, "presets")).toMatchObject({ wording: { by: owner.name } });
    await expect(change(sam, { intent: "drop-wording" })).rejects.toMatchObject({ code: "forbidden" });
    await change(owner, { intent: "drop-wording" });
    expect(await part(owner, "presets")).toMatchObject({ wording: null });
    expect((await freshLoad((await aClient(sam, "Woodgrove", "shared")).matrixId)).matrix.clauses).toEqual(
      STANDARD_WORDING.clauses,
    );
  });

  it("a preset without clauses, as presets were kept before there were any, begins with the wording of today", async () => {
    const owner = await anOwner();
    const first = await aClient(owner, "Northwind", "shared");
    await savePreset(owner, first.matrixId, { name: "Old", meaning: "" }, NOW);
    const id = (await part(owner, "presets")).presets[0]?.id ?? "";
    const { matrix } = await read.preset.findUniqueOrThrow({ where: { id } });
    const { clauses: _c, definitions: _d, ...rest } = matrix as Record<string, unknown>;
    await write((tx) => tx.preset.update({ where: { id }, data: { matrix: JSON.parse(JSON.stringify(rest)) } }));
    expect((await freshLoad((await aClient(owner, "Contoso", `own:${id}`)).matrixId)).matrix.clauses).toEqual(
      STANDARD_WORDING.clauses,
    );
  });

  it("a preset of an older form is read in the form of today", async () => {
    const owner = await anOwner();
    const first = await aClient(owner, "Northwind", "shared");
    await savePreset(owner, first.matrixId, { name: "Old", meaning: "" }, NOW);
    const id = (await part(owner, "presets")).presets[0]?.id ?? "";
    const { matrix } = await read.preset.findUniqueOrThrow({ where: { id } });
    const {
      settings: { personDuties: _, ...settings },
      ...rest
    } = matrix as { settings: { personDuties: number } };
    await write((tx) => tx.preset.update({ where: { id }, data: { matrix: { ...rest, settings } } }));
    expect(
      (await freshLoad((await aClient(owner, "Contoso", `own:${id}`)).matrixId)).matrix.settings.personDuties,
    ).toBe(20);
  });

  it("another organisation's preset, and one that isn't there, are a wrong choice", async () => {
    const [owner, other] = [await anOwner(), await anOwner("Olga")];
    const { matrixId } = await aClient(other, "Contoso");
    await savePreset(other, matrixId, { name: "Theirs", meaning: "" }, NOW);
    const id = (await part(other, "presets")).presets[0]?.id ?? "";
    const refused = (preset: string, actor: Actor = owner) =>
      aClient(actor, "Northwind", preset).catch(({ code, fields }: { code: string; fields: object }) => [code, fields]);
    const wrong = ["invalid", { preset: "Choose one of those offered here." }];
    for (const preset of [`own:${id}`, "own:", "own:made-up", "nonsense"]) expect(await refused(preset)).toEqual(wrong);
    expect(await refused(`own:${id}`, await aUser("Stranger"))).toEqual(wrong);
    await expect(change(owner, { intent: "delete-preset", presetId: id })).rejects.toMatchObject({ code: "conflict" });
    await expect(
      change(owner, { intent: "edit-preset", presetId: id, name: "Mine", meaning: "" }),
    ).rejects.toMatchObject({ code: "conflict" });
    expect((await part(other, "presets")).presets.map(({ name }) => name)).toEqual(["Theirs"]);
  });

  it("is kept only by the organisation's own people, from its own client; renamed and deleted by an owner", async () => {
    const [owner, other] = [await anOwner(), await anOwner("Olga")];
    const { matrixId, engagementId } = await aClient(owner, "Northwind");
    await write((tx) =>
      tx.member.create({ data: { engagementId, userId: other.userId, side: "provider", permission: "owner" } }),
    );
    expect([await mayKeepPreset(owner, matrixId), await mayKeepPreset(other, matrixId)]).toEqual([true, false]);
    await expect(savePreset(other, matrixId, { name: "Theirs", meaning: "" }, NOW)).rejects.toMatchObject({
      code: "forbidden",
    });
    await savePreset(owner, matrixId, { name: "One", meaning: "" }, NOW);
    const id = (await part(owner, "presets")).presets[0]?.id ?? "";
    await change(owner, { intent: "edit-preset", presetId: id, name: "Two", meaning: "For two" });
    expect((await part(owner, "presets")).presets).toMatchObject([{ name: "Two", meaning: "For two" }]);
    expect((await change(owner, { intent: "delete-preset", presetId: id })).said).toBe(
      "“Two” is deleted. What began from it stays as it is.",
    );
    expect((await part(owner, "presets")).presets).toEqual([]);
  });

  it("a hundred fit", async () => {
    const owner = await anOwner();
    const { matrixId } = await aClient(owner, "Northwind");
    const { organisationId } = await read.organisationMember.findUniqueOrThrow({ where: { userId: owner.userId } });
    await write((tx) =>
      tx.preset.createMany({
        data: Array.from({ length: 99 }, (_, i) => ({
          id: crypto.randomUUID(),
          organisationId,
          name: `Preset ${i}`,
          meaning: "",
          matrix: {},
          schema: 2,
          duties: 0,
          createdByName: "Petra",
          createdAt: NOW,
        })),
      }),
    );
    await savePreset(owner, matrixId, { name: "The hundredth", meaning: "" }, NOW);
    await expect(savePreset(owner, matrixId, { name: "One more", meaning: "" }, NOW)).rejects.toMatchObject({
      fields: { name: expect.stringMatching(/as many as fit/) },
    });
  });
});
