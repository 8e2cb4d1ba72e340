import { describe, expect, it } from "vitest";
import { write } from "~/db/client.server";
import { insertMatrix } from "~/db/matrix-store.server";
import type { MatrixCommand } from "~/domain/editing/commands";
import { diffMatrices, invertDiff } from "~/domain/changes/diff";
import type { MatrixDiff } from "~/domain/changes/diff-schema";
import type { Actor } from "~/services/who/actor.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { aDuty, aMatrix } from "../support/matrices";
import { countingStatements } from "../support/statements";
import { aUser, freshLoad } from "../support/stored";

const NOW = new Date("2026-11-27T10:00:00Z");
const KEY = "vague-duty.duty-1";
const acceptance = { reason: "It is known.", by: "", on: "2026-11-27", about: "0".repeat(32) };
const accept: MatrixCommand = { type: "finding.accept", key: KEY, acceptance };
const takeBack: MatrixCommand = { type: "finding.accept", key: KEY, acceptance: null };

/** A matrix that three people of the client's edit. */
async function three(): Promise<{ matrixId: string; anna: Actor; ben: Actor; cora: Actor }> {
  const [anna, ben, cora] = [await aUser("Anna"), await aUser("Ben"), await aUser("Cora")];
  const matrixId = crypto.randomUUID();
  await write(async (tx) => {
    const members = [anna, ben, cora].map(({ userId }) => ({ userId, side: "client", permission: "editor" }));
    const engagement = await tx.engagement.create({
      data: { id: crypto.randomUUID(), createdAt: NOW, members: { create: members } },
    });
    await insertMatrix(tx, { id: matrixId, engagementId: engagement.id, matrix: aMatrix({ duties: [aDuty()] }) });
  });
  return { matrixId, anna, ben, cora };
}

/** Carries out commands as one step each; the codes of what was refused. */
async function run(matrixId: string, actor: Actor, ...commands: MatrixCommand[]): Promise<string[]> {
  const steps = commands.map((command) => ({ id: crypto.randomUUID(), commands: [command] }));
  return (await runCommands(actor, matrixId, { baseRevision: 0, steps }, NOW)).rejected.map(
    ({ rejection }) => rejection.code,
  );
}

/** Carries out a step and gives what undoes it. */
async function undoOf(matrixId: string, actor: Actor, command: MatrixCommand): Promise<MatrixCommand> {
  const { matrix } = await freshLoad(matrixId);
  expect(await run(matrixId, actor, command)).toEqual([]);
  return undo(diffMatrices(matrix, (await freshLoad(matrixId)).matrix));
}

const undo = (diff: MatrixDiff): MatrixCommand => ({ type: "diff.apply", diff: invertDiff(diff) });
const accepted = async (matrixId: string) => (await freshLoad(matrixId)).matrix.accepted[KEY];
const reworded = (i: number): MatrixCommand => ({
  type: "duty.edit",
  dutyId: "duty-1",
  set: { description: `Wording ${i}` },
});

/** More steps than a window undoes, in batches as large as one takes. */
async function manySteps(matrixId: string, actor: Actor, count: number): Promise<void> {
  for (let at = 0; at < count; at += 50)
    expect(
      await run(matrixId, actor, ...Array.from({ length: Math.min(50, count - at) }, (_, i) => reworded(at + i))),
    ).toEqual([]);
}

describe("an acceptance in another's name", () => {
  it("comes back by the undo of who took it back, however many steps lie between, their own and others'", async () => {
    const { matrixId, anna, ben, cora } = await three();
    await run(matrixId, ben, accept);
    const given = await accepted(matrixId);
    const back = await undoOf(matrixId, anna, takeBack);
    await manySteps(matrixId, anna, 199);
    await manySteps(matrixId, cora, 60);
    expect(await run(matrixId, anna, back)).toEqual([]);
    expect(await accepted(matrixId)).toEqual(given);
    expect(given?.by).toBe("Ben");
  });

  it("comes back by nobody else's, nor once somebody else had a say in it after, nor altered", async () => {
    const { matrixId, anna, ben, cora } = await three();
    await run(matrixId, ben, accept);
    const back = await undoOf(matrixId, anna, takeBack);
    await manySteps(matrixId, cora, 30);
    expect(await run(matrixId, cora, back)).toEqual(["not-your-name"]);
    const altered: MatrixCommand = {
      type: "diff.apply",
      diff: {
        fields: {
          [`accepted/${KEY}`]: {
            before: null,
            after: { ...acceptance, by: "Ben", partyId: "client", reason: "So be it." },
          },
        },
      },
    };
    expect(await run(matrixId, anna, altered)).toEqual(["not-your-name"]);
    // Cora accepts and takes that back: what stood before is her last word, and no longer Anna's to undo.
    expect(await run(matrixId, cora, accept, takeBack)).toEqual([]);
    await manySteps(matrixId, cora, 30);
    expect(await run(matrixId, anna, back)).toEqual(["not-your-name"]);
    expect(await accepted(matrixId)).toBeUndefined();
  });

  it("is taken back and brought back in one batch", async () => {
    const { matrixId, anna, ben } = await three();
    await run(matrixId, ben, accept);
    const { matrix } = await freshLoad(matrixId);
    const taken: MatrixDiff = {
      fields: { [`accepted/${KEY}`]: { before: matrix.accepted[KEY] ?? null, after: null } },
    };
    expect(await run(matrixId, anna, takeBack, undo(taken), takeBack, undo(taken))).toEqual([]);
    expect(await accepted(matrixId)).toEqual(matrix.accepted[KEY]);
  });

  it("costs the same few statements among twenty entries of the log and among hundreds", async () => {
    const asked = async (between: number): Promise<string[]> => {
      const { matrixId, anna, ben } = await three();
      await run(matrixId, ben, accept);
      const back = await undoOf(matrixId, anna, takeBack);
      await manySteps(matrixId, anna, between);
      let refused: string[] = [];
      const statements = await countingStatements(async () => {
        refused = await run(matrixId, anna, back);
      });
      expect(refused).toEqual([]);
      return statements;
    };
    expect(await asked(10)).toEqual(await asked(400));
  });
});
