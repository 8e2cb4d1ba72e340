import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { upgradeMatrix } from "~/domain/version/upgrade";
import type { Reader, Transaction } from "./client.server";

type NewPreset = {
  id: string;
  organisationId: string;
  name: string;
  meaning: string;
  matrix: Matrix;
  createdByName: string;
  createdAt: Date;
};

/** Stores a preset of an organisation. */
export async function insertPreset(tx: Transaction, { matrix, ...preset }: NewPreset): Promise<void> {
  await tx.preset.create({ data: { ...preset, matrix, schema: matrix.schema, duties: matrix.duties.length } });
}

/**
 * The matrix of an organisation's preset, upgraded to the current schema; null where that organisation has no preset
 * with this id.
 */
export async function findPreset(db: Reader, organisationId: string, id: string): Promise<Matrix | null> {
  const row = await db.preset.findFirst({ where: { id, organisationId }, select: { matrix: true } });
  return row && matrixSchema.parse(upgradeMatrix(row.matrix));
}
