import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { insertMatrix, saveDiff } from "~/db/matrix-store.server";
import { applyCommands } from "~/domain/editing/apply-command";
import type { CommandOf, MatrixCommand } from "~/domain/editing/commands";
import { diffMatrices, invertDiff, isEmptyDiff } from "~/domain/changes/diff";
import { matrixDiffSchema } from "~/domain/changes/diff-schema";
import type { Matrix } from "~/domain/matrix/matrix";
import { blankPath } from "~/domain/parts/paths";
import type { Actor } from "~/services/who/actor.server";
import { draftSince } from "~/services/matrix/drafts.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { arbitraryCommands, arbitraryMatrix } from "../support/arbitraries";
import { aDuty, aMatrix } from "../support/matrices";
import { anEngagement, aUser, freshLoad } from "../support/stored";

const NOW = new Date("2026-03-03T09:00:00Z");
let actor: Actor;

beforeAll(async () => {
  actor = await aUser("Maya Lindqvist");
});

const assign = (dutyId: string, partyId: string): MatrixCommand => ({
  type: "duty.assign",
  dutyId,
  lens: "does",
  to: { partyId },
});
const send = (matrixId: string, id: string, ...commands: MatrixCommand[]) =>
  runCommands(actor, matrixId, { baseRevision: 0, steps: [{ id, commands }] }, NOW);

describe("a matrix in the database", () => {
  it("comes back exactly as it was saved, whatever was edited", async () => {
    const { engagementId } = await anEngagement(actor, aMatrix());
    await fc.assert(
      fc.asyncProperty(arbitraryMatrix, arbitraryCommands, arbitraryCommands, async (matrix, first, second) => {
        const id = crypto.randomUUID();
        await write((tx) => insertMatrix(tx, { id, engagementId, matrix }));
        let before: Matrix = matrix;
        let revision = 0;
        for (const commands of [first, second]) {
          const after = applyCommands(before, commands).matrix;
          const diff = diffMatrices(before, after);
          if (isEmptyDiff(diff)) continue;
          const expectedRevision = revision++;
          await write((tx) => saveDiff(tx, id, { expectedRevision, revision, before, after, diff }));
          before = after;
        }
        expect(await freshLoad(id)).toEqual({ matrix: before, revision });
      }),
      { numRuns: 1_000, seed: 7 },
    );
  }, 600_000);
});

describe("a batch of edits", () => {
  it("sets no text that somebody else changed since its writer began, and the rest of it stands", async () => {
    const { matrixId } = await anEngagement(actor, aMatrix());
    const note = (boundary: string, was: string): MatrixCommand => ({
      type: "duty.edit",
      dutyId: "duty-1",
      set: { boundary },
      was,
    });
    await send(matrixId, "theirs", note("The team runs it.", ""));
    const late = await send(matrixId, "mine", note("The desk runs it.", ""), assign("duty-1", "provider"));
    expect(late).toMatchObject({
      revision: 2,
      rejected: [{ stepId: "mine", index: 0, rejection: { code: "changed-since" } }],
    });
    const { matrix } = await freshLoad(matrixId);
    expect(matrix.duties[0]).toMatchObject({ boundary: "The team runs it.", letters: { "service-desk": ["A", "R"] } });
    expect(await read.logEntry.findFirst({ where: { matrixId, stepId: "mine" } })).toMatchObject({
      commands: [{ type: "duty.assign" }],
    });
    expect(await send(matrixId, "chosen", note("The desk runs it.", "The team runs it."))).toMatchObject({
      rejected: [],
      completed: false,
    });
    expect((await freshLoad(matrixId)).matrix.duties[0]?.boundary).toBe("The desk runs it.");
  });

  it("sets the fields of a level that it changed, also where it waited while somebody else changed others", async () => {
    const level = { minutes: 0, calls: [], channels: [], decides: false, may: "" };
    const { matrixId } = await anEngagement(
      actor,
      aMatrix({ paths: [{ ...blankPath("s1"), name: "S1", levels: { one: level } }] }),
    );
    const set = (fields: CommandOf<"thing.edit">["set"]): MatrixCommand => ({
      type: "thing.edit",
      part: "paths",
      thingId: "s1",
      set: fields,
    });
    await send(matrixId, "theirs", set({ "levels/one/minutes": 15 }), set({ "levels/one/channels": ["phone", "sms"] }));
    // Written on the draft as it was before, and sent once the line was there again.
    const late = await send(matrixId, "mine", set({ "levels/one/decides": true }), {
      ...set({ "levels/one/may": "Spend up to 5 000" }),
      was: "",
    } as MatrixCommand);
    expect(late).toMatchObject({ rejected: [] });
    expect((await freshLoad(matrixId)).matrix.paths[0]?.levels).toEqual({
      one: { minutes: 15, calls: [], channels: ["phone", "sms"], decides: true, may: "Spend up to 5 000" },
    });
    const undone = (await read.logEntry.findFirst({ where: { matrixId, stepId: "theirs" } }))?.diff;
    await send(matrixId, "undo", { type: "diff.apply", diff: invertDiff(matrixDiffSchema.parse(undone)) });
    expect((await freshLoad(matrixId)).matrix.paths[0]?.levels).toEqual({
      one: { minutes: 0, calls: [], channels: [], decides: true, may: "Spend up to 5 000" },
    });
  });

  it("is stored with its log entry and acknowledged with the new revision", async () => {
    const { matrixId } = await anEngagement(actor, aMatrix());
    expect(await send(matrixId, "step-1", assign("duty-1", "provider"))).toEqual({
      from: 0,
      revision: 1,
      rejected: [],
      completed: false,
    });
    const { matrix, revision } = await freshLoad(matrixId);
    expect(revision).toBe(1);
    expect(matrix.duties[0]?.letters).toEqual({ "service-desk": ["A", "R"] });
    const log = await read.logEntry.findMany({ where: { matrixId } });
    expect(log).toMatchObject([
      {
        stepId: "step-1",
        revision: 1,
        event: "draft.edited",
        actorName: "Maya Lindqvist",
        commands: [{ type: "duty.assign" }],
      },
    ]);
  });

  it("may be sent again without being applied or recorded twice", async () => {
    const { matrixId } = await anEngagement(actor, aMatrix());
    await send(matrixId, "step-1", assign("duty-1", "provider"));
    await send(matrixId, "step-2", assign("duty-1", "client"));
    expect(await send(matrixId, "step-1", assign("duty-1", "provider"))).toEqual({
      from: 2,
      revision: 2,
      rejected: [],
      completed: false,
    });
    expect((await freshLoad(matrixId)).matrix.duties[0]?.letters["it-team"]).toEqual(["R"]);
    expect(await read.logEntry.count({ where: { matrixId } })).toBe(2);
  });

  it("keeps what is accepted and says why the rest is refused", async () => {
    const { matrixId } = await anEngagement(actor, aMatrix());
    const answer = await send(matrixId, "step-1", assign("gone", "provider"), assign("duty-1", "provider"));
    expect(answer).toMatchObject({
      revision: 1,
      rejected: [{ stepId: "step-1", index: 0, rejection: { code: "duty-gone" } }],
    });
    expect((await freshLoad(matrixId)).matrix.duties[0]?.letters).toEqual({ "service-desk": ["A", "R"] });
  });

  it("of many people at once ends in one sound order, and none is lost", async () => {
    const duties = Array.from({ length: 12 }, (_, i) =>
      aDuty({ id: `duty-${i}`, code: `SUP-${String(i + 1).padStart(2, "0")}` }),
    );
    const { matrixId } = await anEngagement(actor, aMatrix({ duties }));
    await Promise.all(duties.map(({ id }, i) => send(matrixId, `step-${i}`, assign(id, "provider"))));
    const { matrix, revision } = await freshLoad(matrixId);
    expect(revision).toBe(12);
    for (const duty of matrix.duties) expect(duty.letters).toEqual({ "service-desk": ["A", "R"] });
  });

  it("of a stranger, or for a matrix that isn't there, is answered the same", async () => {
    const { matrixId } = await anEngagement(actor, aMatrix());
    const stranger = await aUser("Somebody else");
    const theirs = await runCommands(
      stranger,
      matrixId,
      { baseRevision: 0, steps: [{ id: "s", commands: [assign("duty-1", "provider")] }] },
      NOW,
    ).catch((error: unknown) => error);
    const nowhere = await send("not-there", "s", assign("duty-1", "provider")).catch((error: unknown) => error);
    expect(theirs).toMatchObject({ code: "not-found" });
    expect(theirs).toEqual(nowhere);
  });

  it.each([
    ["viewer", false],
    ["signatory", true],
    ["editor", true],
    ["owner", true],
  ])("of a %s is accepted: %s", async (permission, accepted) => {
    const { matrixId, engagementId } = await anEngagement(actor, aMatrix());
    const member = await aUser(permission);
    await write((tx) => tx.member.create({ data: { engagementId, userId: member.userId, permission } }));
    const sent = runCommands(
      member,
      matrixId,
      { baseRevision: 0, steps: [{ id: "s", commands: [assign("duty-1", "provider")] }] },
      NOW,
    );
    if (accepted) expect(await sent).toMatchObject({ revision: 1 });
    else await expect(sent).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a window that catches up", () => {
  it("gets the matrix only when its revision is another", async () => {
    const { matrixId } = await anEngagement(actor, aMatrix());
    expect(await draftSince(actor, matrixId, 0)).toEqual({ revision: 0, changes: null, matrix: null });
    await send(matrixId, "step-1", assign("duty-1", "provider"));
    const fresh = await draftSince(actor, matrixId, 0);
    expect(fresh.revision).toBe(1);
    expect(fresh.matrix?.duties[0]?.letters).toEqual({ "service-desk": ["A", "R"] });
  });
});

describe("writes", () => {
  it("are all stored or none", async () => {
    const { matrixId } = await anEngagement(actor, aMatrix());
    const failed = write(async (tx) => {
      await tx.matrix.update({ where: { id: matrixId }, data: { title: "Half done" } });
      throw new Error("and then this happened");
    });
    await expect(failed).rejects.toThrow("and then this happened");
    expect((await freshLoad(matrixId)).matrix.title).toBe("Responsibility matrix");
  });

  it("are not seen by a reader before they are committed", async () => {
    const { matrixId } = await anEngagement(actor, aMatrix());
    await write(async (tx) => {
      await tx.matrix.update({ where: { id: matrixId }, data: { title: "Not yet" } });
      expect((await read.matrix.findUnique({ where: { id: matrixId }, select: { title: true } }))?.title).toBe(
        "Responsibility matrix",
      );
    });
    expect((await read.matrix.findUnique({ where: { id: matrixId }, select: { title: true } }))?.title).toBe("Not yet");
  });
});
