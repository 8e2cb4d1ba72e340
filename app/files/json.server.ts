import { firstProblem } from "~/domain/parts/invariants";
import { readJson, repeatedKey } from "~/domain/json-text";
import type { Matrix } from "~/domain/matrix/matrix";
import { MATRIX_FILE_VERSION, matrixFileSchema, type FileEdition, type MatrixFile } from "~/domain/pack/matrix-file";
import type { ReportEdition } from "~/domain/pack/report";
import { upgradeMatrix } from "~/domain/version/upgrade";
import { CURRENT_WRITER } from "~/domain/version/writer";
import { ok, reject, type Result } from "~/domain/result";

/**
 * A matrix as the text of a matrix file, with its edition where it has one. Fields stand in the order of the schema, so
 * that the same matrix gives the same text.
 */
export function writeJson(matrix: Matrix, edition?: ReportEdition): string {
  const file: MatrixFile = matrixFileSchema.parse({
    format: "demarc.matrix",
    version: MATRIX_FILE_VERSION,
    ...matrix,
    ...(edition ? { edition: fileEdition(edition) } : {}),
  });
  return `${JSON.stringify(file, null, 2)}\n`;
}

function fileEdition(edition: ReportEdition): FileEdition {
  const { kind, fingerprint, previousFingerprint: previous, canonicalText } = edition;
  return {
    kind,
    number: edition.kind === "version" ? edition.number : null,
    fingerprint,
    previous,
    canonicalText,
    writer: CURRENT_WRITER,
  };
}

/** The matrix of a matrix file, or a sentence that says what is wrong and at which path. */
export function readMatrixFile(text: string): Result<Matrix> {
  const read = readJson(text);
  if (!read.ok)
    return reject(
      "not-json",
      `This is ${read.rejection.message}. Choose a file that Demarc wrote, or one in the form of docs/matrix-file.md.`,
    );
  const parsed = read.value;
  if (typeof parsed !== "object" || parsed === null || !("format" in parsed) || parsed.format !== "demarc.matrix") {
    return reject("not-matrix", "This JSON is not a matrix file: its “format” is not “demarc.matrix”.");
  }
  if ("version" in parsed && typeof parsed.version === "number" && parsed.version > MATRIX_FILE_VERSION) {
    return reject(
      "too-new",
      `This file has version ${parsed.version}; this Demarc reads up to ${MATRIX_FILE_VERSION}. Update Demarc first.`,
    );
  }
  const checked = matrixFileSchema.safeParse(upgradeFile(parsed));
  if (!checked.success) {
    const issue = checked.error.issues[0];
    return reject(
      "malformed",
      `At ${issue?.path.join(".") || "the top"}: ${issue?.message ?? "the value doesn't fit"}.`,
    );
  }
  const { format: _format, version: _version, edition: _edition, ...matrix } = checked.data;
  const problem = firstProblem(matrix);
  return problem ? reject("unsound", `At ${problem.path}: ${problem.message}`) : ok(matrix);
}

/**
 * What a matrix file holds beside a matrix and its edition: keys that nothing reads, and keys that stand twice. `written`
 * is whether the file is as Demarc writes it.
 */
export function beyondMatrixFile(text: string): { unread: string[]; written: boolean } {
  const read = readJson(text);
  const file = read.ok && typeof read.value === "object" && read.value !== null ? upgradeFile(read.value) : null;
  const checked = matrixFileSchema.safeParse(file);
  if (!checked.success) return { unread: [], written: false };
  const repeated = repeatedKey(text);
  return {
    unread: [...unreadKeys(file, checked.data, ""), ...(repeated === null ? [] : [`${repeated}, which stands twice`])],
    written: text === `${JSON.stringify(checked.data, null, 2)}\n`,
  };
}

/** The paths of keys of a value that what was read of it doesn't have. */
function unreadKeys(value: unknown, read: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  const readEntries = new Map<string, unknown>(typeof read === "object" && read !== null ? Object.entries(read) : []);
  return Object.entries(value).flatMap(([key, inside]: [string, unknown]) => {
    const at = path === "" ? key : `${path}.${key}`;
    return readEntries.has(key) ? unreadKeys(inside, readEntries.get(key), at) : [at];
  });
}

/** Converts a file of an earlier version. The versions of the file and of the matrix inside grow together. */
function upgradeFile(file: object): unknown {
  const upgraded = upgradeMatrix(file);
  return typeof upgraded === "object" && upgraded !== file ? { ...upgraded, version: MATRIX_FILE_VERSION } : file;
}
