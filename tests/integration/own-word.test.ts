import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { insertMatrix, loadMatrix } from "~/db/matrix-store.server";
import { agreementOf, validMark, termsHash } from "~/domain/agreement/agreement";
import { matrixCommandSchema, type MatrixCommand } from "~/domain/editing/commands";
import { diffMatrices, invertDiff } from "~/domain/changes/diff";
import type { MatrixDiff } from "~/domain/changes/diff-schema";
import { BLOCKER_SENTENCES } from "~/domain/findings/blocker-words";
import { findBlockers } from "~/domain/findings/blockers";
import { hashText } from "~/domain/hash";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty, PartyKind } from "~/domain/matrix/shapes";
import type { Permission } from "~/domain/engagement/permissions";
import type { Actor } from "~/services/who/actor.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { changeMatrices } from "~/services/engagement/matrices.server";
import { arbitraryCommand } from "../support/arbitraries";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { aUser, freshLoad } from "../support/stored";

const NOW = new Date("2026-11-27T10:00:00Z");
const TODAY = "2026-11-27";

/** Everybody but the client's own people who can meet the client's word. */
const OTHERS = {
  "the provider's editor": ["provider", "editor"],
  "the provider's signatory": ["provider", "signatory"],
  "the provider's owner": ["provider", "owner"],
  "the provider's viewer": ["provider", "viewer"],
  "the client's viewer": ["client", "viewer"],
  "a third party": ["third-party", "viewer"],
  "a stranger": null,
} as const satisfies Record<string, readonly [PartyKind, Permission] | null>;
type Other = keyof typeof OTHERS;
const EDITS: readonly Other[] = ["the provider's editor", "the provider's signatory", "the provider's owner"];

type Ground = { matrixId: string; client: Actor; colleague: Actor; provider: Actor; others: Record<Other, Actor> };

async function ground(
  duties: Duty[] = [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R", "service-desk": "C" }) })],
): Promise<Ground> {
  const [client, colleague] = [await aUser("Anna"), await aUser("Ben")];
  const others = Object.fromEntries(
    await Promise.all(Object.keys(OTHERS).map(async (who) => [who, await aUser(who)])),
  ) as Record<Other, Actor>;
  const matrixId = crypto.randomUUID();
  const members = [
    { userId: client.userId, side: "client", permission: "owner" },
    { userId: colleague.userId, side: "client", permission: "editor" },
    ...Object.entries(OTHERS).flatMap(([who, access]) =>
      access ? [{ userId: others[who as Other].userId, side: access[0], permission: access[1] }] : [],
    ),
  ];
  await write(async (tx) => {
    const engagement = await tx.engagement.create({
      data: { id: crypto.randomUUID(), createdAt: NOW, members: { create: members } },
    });
    await insertMatrix(tx, { id: matrixId, engagementId: engagement.id, matrix: aMatrix({ duties }) });
  });
  return { matrixId, client, colleague, provider: others["the provider's owner"], others };
}

const step = (commands: MatrixCommand[]) => ({ id: crypto.randomUUID(), commands });

/** Sends commands as one step; the codes of what was refused. */
async function send({ matrixId }: Ground, actor: Actor, ...commands: MatrixCommand[]): Promise<string[]> {
  const { rejected } = await runCommands(actor, matrixId, { baseRevision: 0, steps: [step(commands)] }, NOW);
  return rejected.map(({ rejection }) => rejection.code);
}

async function accepted(on: Ground, actor: Actor, ...commands: MatrixCommand[]): Promise<void> {
  expect(await send(on, actor, ...commands)).toEqual([]);
}

const draft = async ({ matrixId }: Ground) => (await freshLoad(matrixId)).matrix;
const dutyIn = (matrix: Matrix, id = "duty-1") => matrix.duties.find((duty) => duty.id === id) ?? aDuty({ id: "none" });
const undo = (diff: MatrixDiff): MatrixCommand => ({ type: "diff.apply", diff: invertDiff(diff) });
const nothing = { added: [], removed: [], changed: [], placedBefore: [], placedAfter: [] };
const fields = (id: string, fields: MatrixDiff["fields"]): MatrixCommand => ({
  type: "diff.apply",
  diff: { fields: {}, duties: { ...nothing, changed: [{ id, fields }] } },
});

async function marked(on: Ground, actor: Actor, partyId: string, state: "agreed" | "disputed" | "open", id = "duty-1") {
  const matrix = await draft(on);
  await accepted(on, actor, {
    type: "duty.mark",
    dutyId: id,
    partyId,
    state,
    position: state === "disputed" ? "We see it otherwise." : "",
    terms: termsHash(matrix, dutyIn(matrix, id)),
  });
}

/** A ruling that both sides have confirmed. */
async function ruled(on: Ground): Promise<void> {
  await marked(on, on.client, "client", "disputed");
  const matrix = await draft(on);
  const terms = termsHash(matrix, dutyIn(matrix));
  await accepted(
    on,
    on.provider,
    {
      type: "duty.rule",
      dutyId: "duty-1",
      ruling: { what: "The desk does it.", by: "Mira", on: TODAY, why: "It is nearer.", terms },
    },
    { type: "duty.confirm", dutyId: "duty-1", partyId: "provider", terms },
  );
  await accepted(on, on.client, { type: "duty.confirm", dutyId: "duty-1", partyId: "client", terms });
  expect(agreementOf(await draft(on), dutyIn(await draft(on)))).toBe("agreed");
}

/** Does something as the client, and gives back what an undo of it would be. */
async function undoOf(on: Ground, ...commands: MatrixCommand[]): Promise<MatrixCommand> {
  const before = await draft(on);
  await accepted(on, on.client, ...commands);
  return undo(diffMatrices(before, await draft(on)));
}

const KEY = "vague-duty.duty-1";
const acceptance = { reason: "It is known.", by: "Anna", on: TODAY, about: "0".repeat(32), partyId: "client" };
const accept: MatrixCommand = { type: "finding.accept", key: KEY, acceptance };
const reserved: MatrixCommand = { type: "duty.edit", dutyId: "duty-1", set: { reserved: true } };

/** What somebody who isn't the client tries with the client's word: what came before, the attempt, and the code it is refused with. */
const ATTEMPTS: Record<
  string,
  {
    before?: (on: Ground) => Promise<unknown>;
    attempt: (on: Ground, prepared: unknown) => Promise<MatrixCommand[]> | MatrixCommand[];
    code: string;
  }
> = {
  "agrees for the client": {
    attempt: async (on) => [
      {
        type: "duty.mark",
        dutyId: "duty-1",
        partyId: "client",
        state: "agreed",
        position: "",
        terms: termsHash(await draft(on), dutyIn(await draft(on))),
      },
    ],
    code: "not-your-mark",
  },
  "agrees for the client by an undo of nothing": {
    attempt: async (on) => [
      fields("duty-1", {
        "marks/client": {
          before: null,
          after: { state: "agreed", position: "", terms: termsHash(await draft(on), dutyIn(await draft(on))) },
        },
      }),
    ],
    code: "not-your-mark",
  },
  "takes the client's dispute away": {
    before: (on) => marked(on, on.client, "client", "disputed"),
    attempt: () => [
      { type: "duty.mark", dutyId: "duty-1", partyId: "client", state: "open", position: "", terms: "0".repeat(32) },
    ],
    code: "not-your-mark",
  },
  "rewords the client's dispute": {
    before: (on) => marked(on, on.client, "client", "disputed"),
    attempt: async (on) => {
      const mark = dutyIn(await draft(on)).marks.client ?? null;
      return [
        fields("duty-1", { "marks/client": { before: mark, after: mark && { ...mark, position: "Never mind." } } }),
      ];
    },
    code: "not-your-mark",
  },
  "binds the client's mark to what it never saw": {
    before: async (on) => {
      await marked(on, on.client, "client", "agreed");
      await accepted(on, on.provider, { type: "duty.edit", dutyId: "duty-1", set: { text: "Something else" } });
    },
    attempt: async (on) => {
      const matrix = await draft(on);
      const mark = dutyIn(matrix).marks.client ?? null;
      return [
        fields("duty-1", {
          "marks/client": { before: mark, after: mark && { ...mark, terms: termsHash(matrix, dutyIn(matrix)) } },
        }),
      ];
    },
    code: "not-your-mark",
  },
  "undoes that the client took its confirmation back": {
    before: async (on) => (
      await ruled(on),
      undoOf(on, { type: "duty.unconfirm", dutyId: "duty-1", partyId: "client" })
    ),
    attempt: (_, back) => [back as MatrixCommand],
    code: "not-your-mark",
  },
  "takes a ruling away that the client confirmed": {
    before: ruled,
    attempt: () => [{ type: "duty.rule", dutyId: "duty-1", ruling: null }],
    code: "not-your-mark",
  },
  "rewrites a ruling that the client confirmed": {
    before: ruled,
    attempt: async (on) => [
      {
        type: "duty.rule",
        dutyId: "duty-1",
        ruling: {
          what: "The team does it.",
          by: "Mira",
          on: TODAY,
          why: "It is nearer.",
          terms: termsHash(await draft(on), dutyIn(await draft(on))),
        },
      },
    ],
    code: "not-your-mark",
  },
  "takes the client's confirmation back": {
    before: ruled,
    attempt: () => [{ type: "duty.unconfirm", dutyId: "duty-1", partyId: "client" }],
    code: "not-your-mark",
  },
  "undoes that the client took an acceptance back": {
    before: async (on) => (
      await accepted(on, on.client, accept),
      undoOf(on, { type: "finding.accept", key: KEY, acceptance: null })
    ),
    attempt: (_, back) => [back as MatrixCommand],
    code: "not-your-acceptance",
  },
  "takes the client's acceptance away": {
    before: (on) => accepted(on, on.client, accept),
    attempt: () => [{ type: "finding.accept", key: KEY, acceptance: null }],
    code: "not-your-acceptance",
  },
  "accepts in the client's stead what the client accepted": {
    before: (on) => accepted(on, on.client, accept),
    attempt: () => [{ type: "finding.accept", key: KEY, acceptance: { ...acceptance, reason: "So be it." } }],
    code: "not-your-acceptance",
  },
  "answers the client's dispute by accepting that it isn't answered": {
    before: async (on) => {
      await marked(on, on.client, "client", "disputed");
      await accepted(on, on.provider, {
        type: "duty.edit",
        dutyId: "duty-1",
        set: { text: "Answer user calls, please" },
      });
    },
    attempt: () => [{ type: "finding.accept", key: "dispute-reopened.duty-1", acceptance }],
    code: "not-your-dispute",
  },
  "accepts what is found on a reserved duty": {
    before: (on) => accepted(on, on.client, reserved),
    attempt: () => [accept],
    code: "client-accepts",
  },
  "frees a reserved duty": {
    before: (on) => accepted(on, on.client, reserved),
    attempt: () => [{ type: "duty.edit", dutyId: "duty-1", set: { reserved: false } }],
    code: "client-reserves",
  },
  "frees, accepts and reserves in one step": {
    before: (on) => accepted(on, on.client, reserved),
    attempt: () => [
      { type: "duty.edit", dutyId: "duty-1", set: { reserved: false } },
      accept,
      { type: "duty.edit", dutyId: "duty-1", set: { reserved: true } },
    ],
    code: "client-accepts",
  },
  "undoes that the client reserved it": {
    before: (on) => undoOf(on, reserved),
    attempt: (_, back) => [back as MatrixCommand],
    code: "client-reserves",
  },
  "closes the client's dispute over a deleted duty": {
    before: async (on) => {
      await marked(on, on.client, "client", "disputed");
      await accepted(on, on.provider, { type: "duty.delete", dutyId: "duty-1" });
    },
    attempt: () => [{ type: "duty.close", dutyId: "duty-1", partyId: "client" }],
    code: "not-your-mark",
  },
  "adds a deleted duty anew with the same id": {
    before: async (on) => {
      await marked(on, on.client, "client", "disputed");
      await accepted(on, on.provider, { type: "duty.delete", dutyId: "duty-1" });
    },
    attempt: () => [{ type: "duty.add", dutyId: "duty-1", domainId: "sup", text: "Answer user calls", beforeId: null }],
    code: "duty-deleted",
  },
  "turns the client into the provider": {
    attempt: () => [
      {
        type: "diff.apply",
        diff: {
          fields: {},
          parties: {
            ...nothing,
            changed: [
              { id: "client", fields: { kind: { before: "client", after: "provider" } } },
              { id: "provider", fields: { kind: { before: "provider", after: "client" } } },
            ],
          },
        },
      },
    ],
    code: "sides-fixed",
  },
  "puts another party in the client's place": {
    attempt: async (on) => {
      const before = await draft(on);
      const away = before.parties.map((party) => (party.kind === "client" ? { ...party, id: "stand-in" } : party));
      const after = {
        ...before,
        parties: away,
        roles: before.roles.map((role) => (role.partyId === "client" ? { ...role, partyId: "stand-in" } : role)),
      };
      return [{ type: "diff.apply", diff: diffMatrices(before, after) }];
    },
    code: "sides-fixed",
  },
};

describe.each(Object.entries(ATTEMPTS))("whoever %s", (_, { before, attempt, code }) => {
  it.each(Object.keys(OTHERS) as Other[])("is refused as %s, and nothing changes", async (who) => {
    const on = await ground();
    const prepared = await before?.(on);
    const stood = await freshLoad(on.matrixId);
    const commands = await attempt(on, prepared);
    const sent = send(on, on.others[who], ...commands);
    if (EDITS.includes(who)) expect(await sent).toContain(code);
    else await expect(sent).rejects.toMatchObject({ code: who === "a stranger" ? "not-found" : "forbidden" });
    expect(await freshLoad(on.matrixId)).toEqual(stood);
  });
});

describe("a diff from outside", () => {
  it("sets only what says of itself that it may: never who is client or provider, an id, a code, or what was issued", () => {
    const change = (
      part: "parties" | "roles" | "domains" | "duties",
      field: string,
      before: unknown,
      after: unknown,
    ) => ({
      type: "diff.apply",
      diff: { fields: {}, [part]: { ...nothing, changed: [{ id: "x", fields: { [field]: { before, after } } }] } },
    });
    const refused = [
      change("parties", "kind", "client", "provider"),
      change("parties", "id", "client", "mine"),
      change("domains", "code", "SUP", "NET"),
      change("duties", "code", "SUP-01", "SUP-02"),
      change("duties", "id", "duty-1", "duty-2"),
      { type: "diff.apply", diff: { fields: { "issued/SUP": { before: 3, after: 1 } } } },
      { type: "diff.apply", diff: { fields: { schema: { before: 2, after: 1 } } } },
    ];
    for (const command of refused)
      expect(matrixCommandSchema.safeParse(command).success, JSON.stringify(command)).toBe(false);
    expect(matrixCommandSchema.safeParse(change("parties", "name", "Northwind", "Northwind Ltd")).success).toBe(true);
  });
});

describe("a mark", () => {
  const both = async () => {
    const on = await ground();
    await marked(on, on.client, "client", "agreed");
    await marked(on, on.provider, "provider", "agreed");
    expect(agreementOf(await draft(on), dutyIn(await draft(on)))).toBe("agreed");
    return on;
  };
  const CHANGES: Record<string, MatrixCommand> = {
    "its text": { type: "duty.edit", dutyId: "duty-1", set: { text: "Answer calls by day" } },
    "done when": { type: "duty.edit", dutyId: "duty-1", set: { doneWhen: "Never" } },
    "the description": { type: "duty.edit", dutyId: "duty-1", set: { description: "At the provider's leisure." } },
    "the cadence": { type: "duty.edit", dutyId: "duty-1", set: { cadence: "Yearly" } },
    "the tools": { type: "duty.edit", dutyId: "duty-1", set: { tools: "Theirs" } },
    "the cover": { type: "duty.edit", dutyId: "duty-1", set: { cover: "24x7" } },
    "a cover period": {
      type: "duty.edit",
      dutyId: "duty-1",
      set: { coverPeriod: { partyId: "provider", from: "2026-12-01", to: "2026-12-24" } },
    },
    "where it stands": {
      type: "duty.edit",
      dutyId: "duty-1",
      set: { standing: { kind: "parked", owner: "Anna", until: "2027-01-01" } },
    },
    "who decides": { type: "duty.edit", dutyId: "duty-1", set: { decisions: { decides: "The provider" } } },
    "the boundary note": { type: "duty.edit", dutyId: "duty-1", set: { boundary: "All of it is the client's." } },
    "a letter": { type: "duty.letters", dutyId: "duty-1", roleId: "service-desk", letters: ["R"] },
    "the domain": { type: "duty.move", dutyId: "duty-1", domainId: "net", beforeId: null },
    "the party of the role that answers": {
      type: "role.place",
      roleId: "it-lead",
      partyId: "provider",
      beforeId: null,
    },
  };
  it.each(Object.entries(CHANGES))(
    "holds to everything that is signed: not once %s is another, and again when that is undone",
    async (_, command) => {
      const on = await both();
      const before = await draft(on);
      await accepted(on, on.provider, command);
      const after = await draft(on);
      expect([validMark(after, dutyIn(after), "client"), validMark(after, dutyIn(after), "provider")]).toEqual([
        null,
        null,
      ]);
      await accepted(on, on.provider, undo(diffMatrices(before, after)));
      expect(await draft(on)).toEqual(before);
    },
  );
  it("does not fall with what is not signed", async () => {
    const on = await both();
    await accepted(
      on,
      on.provider,
      {
        type: "duty.edit",
        dutyId: "duty-1",
        set: {
          documentation: "Wiki",
          knowledge: "Priya",
          searchWords: "hotline",
          today: { how: "By hand" },
          stance: "invest",
        },
      },
      { type: "role.rename", roleId: "it-lead", name: "Head of IT" },
    );
    expect(agreementOf(await draft(on), dutyIn(await draft(on)))).toBe("agreed");
  });
  it("that was given for letters, boundary note and decisions holds until anything of its duty changes, and an undo brings just that back", async () => {
    const on = await ground();
    const earlier = {
      state: "agreed" as const,
      position: "",
      terms: hashText(
        '{"boundary":"","decisions":{},"letters":{"it-lead":["A"],"it-team":["R"],"service-desk":["C"]}}',
      ),
    };
    await write((tx) =>
      tx.duty.updateMany({ where: { matrixId: on.matrixId }, data: { marks: { client: earlier, provider: earlier } } }),
    );
    const before = await draft(on);
    expect(agreementOf(before, dutyIn(before))).toBe("agreed");
    await write((tx) => tx.matrix.update({ where: { id: on.matrixId }, data: { revision: { increment: 1 } } }));
    for (const command of [CHANGES["done when"], CHANGES["the party of the role that answers"]]) {
      if (!command) throw new Error("There is such a change.");
      await accepted(on, on.provider, command);
      const after = await draft(on);
      expect([validMark(after, dutyIn(after), "client"), dutyIn(after).marks.client?.terms]).toEqual([
        null,
        termsHash(before, dutyIn(before)),
      ]);
      // The mark that was given can't be put back in its earlier form, which would hold to what it never saw.
      expect(
        await send(
          on,
          on.provider,
          fields("duty-1", { "marks/client": { before: dutyIn(after).marks.client ?? null, after: earlier } }),
        ),
      ).toEqual(["not-your-mark"]);
      await accepted(on, on.provider, undo(diffMatrices(before, after)));
      expect(await draft(on)).toEqual(before);
    }
  });
});

describe("a duty that one side deletes while the other disputes it", () => {
  const deleted = async () => {
    const on = await ground();
    await marked(on, on.client, "client", "disputed");
    const before = await draft(on);
    await accepted(on, on.provider, { type: "duty.delete", dutyId: "duty-1" });
    return { on, before, diff: diffMatrices(before, await draft(on)) };
  };
  const stops = async (on: Ground) =>
    findBlockers(await draft(on)).flatMap(({ code, sentence }) =>
      sentence === BLOCKER_SENTENCES["deleted-disputed"] ? [["deleted-disputed", code]] : [[sentence, code]],
    );

  it("leaves the dispute as a finding that stops signing until both sides have closed it", async () => {
    const { on } = await deleted();
    expect(await stops(on)).toEqual([["deleted-disputed", "SUP-01"]]);
    await accepted(on, on.provider, { type: "duty.close", dutyId: "duty-1", partyId: "provider" });
    expect(await stops(on)).toEqual([["deleted-disputed", "SUP-01"]]);
    await accepted(on, on.colleague, { type: "duty.close", dutyId: "duty-1", partyId: "client" });
    expect(await stops(on)).toEqual([]);
    expect(await send(on, on.client, { type: "duty.close", dutyId: "duty-2", partyId: "client" })).toEqual([
      "dispute-gone",
    ]);
  });
  it("leaves it also where a word was changed first, so that the dispute no longer held", async () => {
    const on = await ground();
    await marked(on, on.client, "client", "disputed");
    await accepted(on, on.provider, {
      type: "duty.edit",
      dutyId: "duty-1",
      set: { text: "Answer user calls, please" },
    });
    await accepted(on, on.provider, { type: "duty.delete", dutyId: "duty-1" });
    expect(await stops(on)).toEqual([["deleted-disputed", "SUP-01"]]);
  });
  it("is brought back by either side, in its domain, with what was said of it", async () => {
    for (const who of ["client", "provider"] as const) {
      const { on, before } = await deleted();
      await accepted(on, on[who], { type: "duty.restore", dutyId: "duty-1" });
      expect(await draft(on)).toEqual(before);
    }
    const { on } = await deleted();
    await accepted(
      on,
      on.provider,
      { type: "role.delete", roleId: "it-team" },
      { type: "domain.delete", domainId: "sup" },
      { type: "duty.restore", dutyId: "duty-1" },
    );
    const back = dutyIn(await draft(on));
    expect([back.domainId, back.letters, back.suggestions.client, back.marks.client?.state]).toEqual([
      "net",
      cells({ "it-lead": "A", "service-desk": "C" }),
      { does: null, answers: "it-lead" },
      "disputed",
    ]);
    expect(await send(on, on.provider, { type: "duty.restore", dutyId: "duty-9" })).toEqual(["duty-unknown"]);
  });
  it("comes back by an undo just as it was, whoever undoes it", async () => {
    for (const who of ["client", "provider"] as const) {
      const { on, before, diff } = await deleted();
      await accepted(on, on[who], undo(diff));
      expect(await draft(on)).toEqual(before);
    }
  });
  it("comes back with what was said of it, whatever the undo says was said", async () => {
    const { on, before } = await deleted();
    const forged = {
      ...dutyIn(before),
      marks: { client: { state: "agreed" as const, position: "", terms: termsHash(before, dutyIn(before)) } },
      reserved: true,
    };
    await accepted(on, on.provider, {
      type: "diff.apply",
      diff: { fields: {}, duties: { ...nothing, added: [forged], placedAfter: [{ id: "duty-1", after: null }] } },
    });
    expect(await draft(on)).toEqual(before);
  });
  it("comes back without a dispute that its side has closed", async () => {
    const { on } = await deleted();
    const before = await draft(on);
    await accepted(on, on.client, { type: "duty.close", dutyId: "duty-1", partyId: "client" });
    const again = { ...aDuty({ letters: cells({ "it-lead": "A", "it-team": "R", "service-desk": "C" }) }) };
    await accepted(on, on.provider, {
      type: "diff.apply",
      diff: { fields: {}, duties: { ...nothing, added: [again], placedAfter: [{ id: "duty-1", after: null }] } },
    });
    const after = await draft(on);
    expect([Object.keys(before.deleted), after.deleted, dutyIn(after).marks]).toEqual([["duty-1"], {}, {}]);
  });
});

describe("only who withdrew undoes it", () => {
  it("a confirmation comes back by its own side", async () => {
    const on = await ground();
    await ruled(on);
    const back = await undoOf(on, { type: "duty.unconfirm", dutyId: "duty-1", partyId: "client" });
    await accepted(on, on.colleague, back);
    expect(agreementOf(await draft(on), dutyIn(await draft(on)))).toBe("agreed");
  });
  it("an acceptance comes back by the very person who took it back", async () => {
    const on = await ground();
    await accepted(on, on.client, accept);
    const back = await undoOf(on, { type: "finding.accept", key: KEY, acceptance: null });
    expect(await send(on, on.colleague, back)).toEqual(["not-your-name"]);
    await accepted(on, on.client, back);
    expect((await draft(on)).accepted[KEY]).toMatchObject({ by: "Anna", partyId: "client" });
  });
  it("a stored acceptance that names no party comes back by nobody of the other side either", async () => {
    const on = await ground();
    const { partyId: _partyId, ...unnamed } = acceptance;
    await write((tx) =>
      tx.matrix.update({
        where: { id: on.matrixId },
        data: { accepted: { [KEY]: unnamed }, revision: { increment: 1 } },
      }),
    );
    const back = await undoOf(on, { type: "finding.accept", key: KEY, acceptance: null });
    expect(await send(on, on.provider, back)).toEqual(["not-your-name"]);
    await accepted(on, on.client, back);
  });
});

it("a copy of a matrix takes along what one's own side said, and nothing of the other's", async () => {
  const on = await ground();
  await marked(on, on.client, "client", "agreed");
  await marked(on, on.provider, "provider", "agreed");
  await accepted(on, on.client, accept);
  const copy = await changeMatrices(
    on.provider,
    on.matrixId,
    { intent: "duplicate", of: on.matrixId, title: "Leeds", agreements: "on" },
    NOW,
  );
  const { matrix } = await freshLoad(copy);
  expect([Object.keys(dutyIn(matrix).marks), matrix.accepted]).toEqual([["provider"], {}]);
});

it("a reserved duty that was deleted is freed by nobody of the other side who adds its id under another code", async () => {
  const on = await ground();
  await accepted(on, on.client, reserved);
  const was = dutyIn(await draft(on));
  await accepted(
    on,
    on.provider,
    { type: "duty.add", dutyId: "spare", domainId: "sup", text: "Spare", beforeId: null },
    { type: "duty.delete", dutyId: "spare" },
    { type: "duty.delete", dutyId: "duty-1" },
  );
  const forged: MatrixCommand = {
    type: "diff.apply",
    diff: {
      fields: {},
      duties: {
        ...nothing,
        added: [{ ...was, code: "SUP-02", reserved: false }],
        placedAfter: [{ id: "duty-1", after: null }],
      },
    },
  };
  expect(await send(on, on.provider, forged)).toEqual(["client-reserves"]);
  expect((await draft(on)).deleted["duty-1"]?.duty.reserved).toBe(true);
  await accepted(on, on.client, forged);
});

/** What the client has said in a draft, by duty: marks, what it confirmed and closed, what it reserved, and what it accepted. */
function wordOfClient(matrix: Matrix): Map<string, string> {
  const words = new Map<string, string>();
  const say = (
    id: string,
    { marks, ruling, reserved }: Pick<Duty, "marks" | "ruling" | "reserved">,
    closed: boolean,
  ) => {
    const mark = closed && marks.client?.state === "disputed" ? null : (marks.client ?? null);
    words.set(
      id,
      JSON.stringify({
        mark: mark && [mark.state, mark.terms, mark.position],
        confirmed: ruling?.confirmed.includes("client")
          ? [ruling.what, ruling.by, ruling.on, ruling.why, ruling.terms]
          : null,
        reserved,
      }),
    );
  };
  for (const duty of matrix.duties) say(duty.id, duty, false);
  for (const [id, { duty, closed }] of Object.entries(matrix.deleted)) say(id, duty, closed.includes("client"));
  for (const [key, acceptance] of Object.entries(matrix.accepted))
    if (acceptance.partyId === "client")
      words.set(`accepted ${key}`, JSON.stringify([acceptance.reason, acceptance.by, acceptance.on]));
  return words;
}

const SEQUENCES = 2_000;

it(`whatever the provider's people send, in ${SEQUENCES} sequences on one engagement, nothing that the client said changes`, async () => {
  const duties = Array.from({ length: 6 }, (_, i) =>
    aDuty({
      id: `duty-${i + 1}`,
      code: `SUP-0${i + 1}`,
      text: `Duty number ${i + 1}`,
      reserved: i === 5,
      letters: cells({ "it-lead": "A", "it-team": "R" }),
    }),
  );
  const on = await ground(duties);
  const editors = EDITS.map((who) => on.others[who]);
  const chance = fc.record({
    commands: fc.array(arbitraryCommand, { minLength: 1, maxLength: 3 }),
    forges: fc.array(fc.nat(6), { maxLength: 3 }),
    at: fc.nat(1_000),
    client: fc.nat(9),
  });
  const seen: MatrixDiff[] = [];
  let refused = 0;
  let stood = await freshLoad(on.matrixId);
  for (const [turn, { commands, forges, at, client }] of fc
    .sample(chance, { numRuns: SEQUENCES, seed: 20_261_127 })
    .entries()) {
    if (turn % 3 === 0 || stood.matrix.duties.length < 4) {
      stood = await after(
        on,
        on.client,
        [clientSays(stood.matrix, client, at), fresh(stood.matrix, turn)].slice(
          0,
          stood.matrix.duties.length < 6 ? 2 : 1,
        ),
        seen,
        stood.matrix,
      );
    }
    const { matrix } = stood;
    const ids = [...matrix.duties.map(({ id }) => id), ...Object.keys(matrix.deleted).slice(0, 3)];
    const aimed = commands.map((command, i) =>
      "dutyId" in command ? { ...command, dutyId: ids[(at + i) % ids.length] ?? "duty-1" } : command,
    );
    const forged = forges.map((kind, i) => forgery(matrix, kind, at + i, seen));
    const steps = [...aimed, ...forged].map((command) => step([command]));
    const before = wordOfClient(matrix);
    const editor = editors[turn % editors.length] ?? on.provider;
    const { rejected } = await runCommands(editor, on.matrixId, { baseRevision: 0, steps }, NOW);
    refused += rejected.length;
    const now = await loaded(on);
    const words = wordOfClient(now.matrix);
    // A new duty may begin reserved; of what was there, nothing is another.
    const differs = [...before].filter(
      ([id, word]) => words.get(id) !== word && (words.has(id) || !SAYS_NOTHING.test(word)),
    );
    const added = [...words].filter(([id, word]) => !before.has(id) && !SAYS_NOTHING.test(word));
    expect({ turn, differs, added }).toEqual({ turn, differs: [], added: [] });
    if (now.revision !== stood.revision) seen.push(diffMatrices(matrix, now.matrix));
    stood = now;
  }
  expect(refused).toBeGreaterThan(SEQUENCES);
  expect(wordOfClient(stood.matrix).size).toBeGreaterThan(20);
}, 600_000);

const SAYS_NOTHING = /^\{"mark":null,"confirmed":null,"reserved":(true|false)\}$/;

const loaded = async ({ matrixId }: Ground) => {
  const stored = await loadMatrix(read, matrixId);
  if (!stored) throw new Error("The matrix is there.");
  return stored;
};

async function after(on: Ground, actor: Actor, commands: MatrixCommand[], seen: MatrixDiff[], before: Matrix) {
  await runCommands(actor, on.matrixId, { baseRevision: 0, steps: commands.map((command) => step([command])) }, NOW);
  const now = await loaded(on);
  seen.push(diffMatrices(before, now.matrix));
  return now;
}

/** Something the client says, by chance: marks, rulings, confirmations, acceptances, reservations, and all of it taken back. */
function clientSays(matrix: Matrix, kind: number, at: number): MatrixCommand {
  const duty = matrix.duties[at % Math.max(1, matrix.duties.length)] ?? aDuty();
  const terms = termsHash(matrix, duty);
  const says: MatrixCommand[] = [
    {
      type: "duty.mark",
      dutyId: duty.id,
      partyId: "client",
      state: "disputed",
      position: `We see ${at} otherwise.`,
      terms,
    },
    { type: "duty.mark", dutyId: duty.id, partyId: "client", state: "agreed", position: "", terms },
    { type: "duty.mark", dutyId: duty.id, partyId: "client", state: "open", position: "", terms },
    {
      type: "duty.rule",
      dutyId: duty.id,
      ruling: { what: `Ruled ${at}`, by: "Mira", on: TODAY, why: "It is so.", terms },
    },
    { type: "duty.confirm", dutyId: duty.id, partyId: "client", terms: duty.ruling?.terms ?? terms },
    { type: "duty.unconfirm", dutyId: duty.id, partyId: "client" },
    {
      type: "finding.accept",
      key: `vague-duty.${duty.id}`,
      acceptance: { reason: `Known ${at}`, by: "Anna", on: TODAY, about: "0".repeat(32) },
    },
    {
      type: "finding.accept",
      key: Object.keys(matrix.accepted)[at % Math.max(1, Object.keys(matrix.accepted).length)] ?? "no-verb",
      acceptance: null,
    },
    { type: "duty.edit", dutyId: duty.id, set: { reserved: at % 2 === 0 } },
    {
      type: "duty.close",
      dutyId: Object.keys(matrix.deleted)[at % Math.max(1, Object.keys(matrix.deleted).length)] ?? "none",
      partyId: "client",
    },
  ];
  return says[kind] ?? says[0] ?? { type: "duty.unconfirm", dutyId: duty.id, partyId: "client" };
}

/** An undo as somebody makes it who wants the client to have said something else. */
function forgery(matrix: Matrix, kind: number, at: number, seen: readonly MatrixDiff[]): MatrixCommand {
  const duty = matrix.duties[at % Math.max(1, matrix.duties.length)] ?? aDuty();
  const terms = termsHash(matrix, duty);
  const past = seen[seen.length - 1 - (at % Math.max(1, Math.min(seen.length, 40)))] ?? { fields: {} };
  const kept = Object.entries(matrix.deleted)[at % Math.max(1, Object.keys(matrix.deleted).length)];
  const apply = (diff: MatrixDiff): MatrixCommand => ({ type: "diff.apply", diff });
  switch (kind) {
    case 0:
      return apply(invertDiff(past));
    case 1:
      return apply(past);
    case 2:
      return apply({
        fields: {},
        duties: {
          ...nothing,
          changed: [
            {
              id: duty.id,
              fields: {
                "marks/client": {
                  before: duty.marks.client ?? null,
                  after: at % 2 === 0 ? { state: "agreed", terms, position: "" } : null,
                },
              },
            },
          ],
        },
      });
    case 3:
      return apply({
        fields: {},
        duties: {
          ...nothing,
          changed: [
            {
              id: duty.id,
              fields: {
                ruling: {
                  before: duty.ruling,
                  after:
                    at % 2 === 0
                      ? null
                      : { what: "Ours", by: "Us", on: TODAY, why: "So.", terms, confirmed: ["client", "provider"] },
                },
              },
            },
          ],
        },
      });
    case 4:
      return apply({
        fields: {},
        duties: {
          ...nothing,
          removed: [duty],
          placedBefore: [{ id: duty.id, after: matrix.duties[matrix.duties.indexOf(duty) - 1]?.id ?? null }],
        },
      });
    case 5: {
      if (!kept) return apply({ fields: {} });
      const [id, { duty: gone }] = kept;
      const { code, text } = gone;
      return apply({
        fields: {
          [`deleted/${id}`]: {
            before: kept[1],
            after:
              at % 2 === 0
                ? null
                : {
                    ...kept[1],
                    duty: { ...gone, marks: {}, ruling: null, reserved: false },
                    closed: ["client", "provider"],
                  },
          },
        },
        ...(at % 2 === 0
          ? {
              duties: {
                ...nothing,
                added: [aDuty({ id, code, text, domainId: matrix.domains[0]?.id ?? "sup", suggestions: {} })],
                placedAfter: [{ id, after: null }],
              },
            }
          : {}),
      });
    }
    default: {
      const [key, acceptance] = Object.entries(matrix.accepted)[
        at % Math.max(1, Object.keys(matrix.accepted).length)
      ] ?? [`vague-duty.${duty.id}`, null];
      return apply({
        fields: {
          [`accepted/${key}`]: {
            before: acceptance,
            after:
              at % 2 === 0 ? null : { reason: "Fine", by: "Anna", on: TODAY, about: "0".repeat(32), partyId: "client" },
          },
        },
      });
    }
  }
}

function fresh(matrix: Matrix, turn: number): MatrixCommand {
  return {
    type: "duty.add",
    dutyId: `fresh-${turn}`,
    domainId: matrix.domains[0]?.id ?? "sup",
    text: `Duty number ${turn}`,
    beforeId: null,
  };
}
