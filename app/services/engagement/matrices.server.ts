import { z } from "zod";
import { appendLog } from "~/db/activity-log.server";
import { read, write } from "~/db/client.server";
import { insertMatrix, matrixAt } from "~/db/matrix-store.server";
import { insertHoldings, loadRotas, peopleOf, storeRota } from "~/db/people-store.server";
import { renameMatrix } from "~/domain/editing/apply-terms";
import { AppError } from "~/domain/errors";
import { withStatementsOf } from "~/domain/editing/own-word";
import { indexOf } from "~/domain/matrix/owner";
import { ownParty } from "~/domain/engagement/permissions";
import type { Matrix } from "~/domain/matrix/matrix";
import { validHoldings } from "~/domain/people/people";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import { matrixFor } from "../who/matrix-access.server";
import { keepPresetForm, startingMatrix } from "../organisation/presets.server";

/** A matrix in the list of an engagement's matrices. */
export type MatrixRow = {
  id: string;
  title: string;
  duties: number;
  archivedAt: string | null;
  updatedAt: string;
  current: boolean;
};

/** The matrices of the engagement that a matrix belongs to, archived ones last. */
export async function listMatrices(actor: Actor, matrixId: string): Promise<MatrixRow[]> {
  const { engagementId } = await matrixFor(read, actor, matrixId, "read");
  const rows = await read.matrix.findMany({
    where: { engagementId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, title: true, revision: true, archivedAt: true, updatedAt: true },
  });
  const matrices: MatrixRow[] = [];
  for (const row of rows) {
    const stored = await matrixAt(read, row.id, row.revision);
    matrices.push({
      id: row.id,
      title: row.title,
      duties: stored?.matrix.duties.length ?? 0,
      archivedAt: row.archivedAt?.toISOString() ?? null,
      updatedAt: row.updatedAt.toISOString(),
      current: row.id === matrixId,
    });
  }
  return matrices.sort((a, b) => Number(a.archivedAt !== null) - Number(b.archivedAt !== null));
}

/** The forms of the page of an engagement's matrices. `of` is the id of the matrix they are about. */
const matricesFormSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("create"), title: z.string(), start: z.string() }),
  z.object({
    intent: z.literal("duplicate"),
    of: z.string(),
    title: z.string(),
    agreements: z.literal("on").optional(),
  }),
  z.object({ intent: z.literal("archive"), of: z.string() }),
  z.object({ intent: z.literal("return"), of: z.string() }),
]);
export type MatricesForm = z.infer<typeof matricesFormSchema>;
/** The same forms, and the one that stores the open matrix as a preset. */
export const matricesPageSchema = z.discriminatedUnion("intent", [...matricesFormSchema.options, keepPresetForm]);

/** Carries out a form of the page, and returns the id of the matrix to open next. */
export async function changeMatrices(actor: Actor, matrixId: string, form: MatricesForm, now: Date): Promise<string> {
  switch (form.intent) {
    case "create":
      return createMatrix(actor, matrixId, form, now);
    case "duplicate":
      return duplicateMatrix(actor, { of: form.of, title: form.title, agreements: form.agreements === "on" }, now);
    case "archive":
    case "return":
      await archiveMatrix(actor, form.of, form.intent === "archive", now);
      return matrixId;
  }
}

/**
 * Creates another matrix between the same two parties: from the library, from a preset of the actor's organisation, or
 * blank.
 */
async function createMatrix(
  actor: Actor,
  besideMatrixId: string,
  { title, start }: { title: string; start: string },
  now: Date,
): Promise<string> {
  await countMade("matrix", actor.userId);
  return write(async (tx) => {
    const { matrix, engagementId } = await matrixFor(tx, actor, besideMatrixId, "archive");
    const { client, provider } = indexOf(matrix);
    const names = {
      client: client?.name ?? "",
      provider: provider?.name ?? "",
      agreementReference: matrix.terms.agreementReference,
    };
    const starting = await startingMatrix(tx, actor, start, names);
    if (!starting)
      throw new AppError("invalid", "The start needs another look.", {
        start: "Choose one of the starts offered here.",
      });
    return insertLogged(tx, actor, engagementId, titled(starting, title), now);
  });
}

/**
 * Copies a draft with its duties, letters, terms, and the holders and rotas of its roles; with the marks of the actor's own side,
 * or without.
 */
async function duplicateMatrix(
  actor: Actor,
  { of, title, agreements }: { of: string; title: string; agreements: boolean },
  now: Date,
): Promise<string> {
  await countMade("matrix", actor.userId);
  return write(async (tx) => {
    const { matrix, engagementId, matrixId, access } = await matrixFor(tx, actor, of, "archive");
    const copied = withStatementsOf(matrix, agreements ? ownParty(matrix, access.side) : null);
    const copy = await insertLogged(tx, actor, engagementId, titled(copied, title), now);
    const { people, holdings } = await peopleOf(tx, { engagementId, matrixId });
    await insertHoldings(
      tx,
      copy,
      validHoldings(matrix, people, holdings).map((holding) => ({
        ...holding,
        id: crypto.randomUUID(),
        carriedFrom: null,
      })),
    );
    const roles = new Set(matrix.roles.map(({ id }) => id));
    for (const rota of await loadRotas(tx, matrixId)) if (roles.has(rota.roleId)) await storeRota(tx, copy, rota, null);
    return copy;
  });
}

function titled(matrix: Matrix, title: string): Matrix {
  const renamed = renameMatrix(matrix, { type: "matrix.rename", title });
  if (!renamed.ok) throw new AppError("invalid", "The title needs another look.", { title: renamed.rejection.message });
  return renamed.value;
}

/** Stores a new matrix and logs its creation; returns its id. */
async function insertLogged(
  tx: Parameters<typeof insertMatrix>[0],
  actor: Actor,
  engagementId: string,
  matrix: Matrix,
  now: Date,
): Promise<string> {
  const id = crypto.randomUUID();
  await insertMatrix(tx, { id, engagementId, matrix });
  await appendLog(tx, id, [
    {
      stepId: crypto.randomUUID(),
      revision: 0,
      event: "matrix.created",
      actorId: actor.userId,
      actorName: actor.name,
      at: now,
      commands: [],
      diff: null,
      detail: { duties: matrix.duties.length },
    },
  ]);
  return id;
}

/** Archives a matrix or brings it back. An archived one can be read and not changed. */
async function archiveMatrix(actor: Actor, matrixId: string, archived: boolean, now: Date): Promise<void> {
  await write(async (tx) => {
    const draft = await matrixFor(tx, actor, matrixId, "archive");
    if (draft.archived === archived) return;
    await tx.matrix.update({ where: { id: matrixId }, data: { archivedAt: archived ? now : null } });
    await appendLog(tx, matrixId, [
      {
        stepId: crypto.randomUUID(),
        revision: draft.revision,
        event: archived ? "matrix.archived" : "matrix.returned",
        actorId: actor.userId,
        actorName: actor.name,
        at: now,
        commands: [],
        diff: null,
        detail: {},
      },
    ]);
  });
}
