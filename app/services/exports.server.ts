import { appendLog, type LogEvent } from "~/db/activity-log.server";
import { read, write } from "~/db/client.server";
import { findVersion, lastVersion } from "~/db/version-store.server";
import { AppError } from "~/domain/errors";
import { findBlockers } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix";
import { indexOf } from "~/domain/owner";
import { buildReport, type Report } from "~/domain/report";
import { canonicalText } from "~/domain/snapshot";
import { writeCsv } from "~/files/csv.server";
import { fileName } from "~/files/file-name";
import { writeJson } from "~/files/json.server";
import { writeMarkdown } from "~/files/markdown.server";
import { writeXlsx } from "~/files/xlsx.server";
import { fingerprintOf } from "~/files/fingerprint.server";
import type { ExportFormat } from "~/paths";
import type { Actor } from "./actor.server";
import { matrixFor } from "./matrix-access.server";
import { changeSentences } from "./versions.server";

/** A file to hand out: its name, its media type and its bytes. */
export type ExportedFile = { name: string; type: string; bytes: Uint8Array };

const TYPES: Record<ExportFormat, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  json: "application/json",
  csv: "text/csv; charset=utf-8",
  md: "text/markdown; charset=utf-8",
};

/** The draft as a file, marked as a draft throughout. */
export async function exportDraft(actor: Actor, matrixId: string, format: ExportFormat, now: Date): Promise<ExportedFile> {
  const { matrix, revision } = await matrixFor(read, actor, matrixId, "export");
  const last = await lastVersion(read, matrixId);
  const text = canonicalText({ matrix, number: (last?.number ?? 0) + 1, previous: last?.fingerprint ?? null });
  const report = buildReport({
    matrix,
    edition: {
      kind: "draft",
      differsFrom: last?.number ?? null,
      exportedAt: now.toISOString(),
      fingerprint: fingerprintOf(text),
      previousFingerprint: last?.fingerprint ?? null,
      canonicalText: text,
    },
    changes: last ? changeSentences(last.matrix, matrix) : [],
    blockers: findBlockers(matrix).map(({ dutyCode, text: duty, sentence }) => `${dutyCode} “${duty}”: ${sentence}`),
  });
  const file = await render(report, matrix, format, "draft");
  await logExport(actor, matrixId, revision, "draft.exported", { format }, now);
  return file;
}

/** A version as a file, exactly as it was published. */
export async function exportVersion(actor: Actor, matrixId: string, number: number, format: ExportFormat, now: Date): Promise<ExportedFile> {
  const { revision } = await matrixFor(read, actor, matrixId, "export");
  const version = await findVersion(read, matrixId, number);
  if (!version) throw new AppError("not-found", `There is no version ${number} of this matrix. Open the list of versions.`);
  const previous = number > 1 ? await findVersion(read, matrixId, number - 1) : null;
  const { status, reason, authorName, publishedAt, fingerprint, previousFingerprint } = version;
  const report = buildReport({
    matrix: version.matrix,
    edition: { kind: "version", number, status, reason, authorName, publishedAt, fingerprint, previousFingerprint, canonicalText: version.canonicalText },
    changes: previous ? changeSentences(previous.matrix, version.matrix) : [],
    blockers: version.blockers.map(({ dutyCode, text, sentence }) => `${dutyCode} “${text}”: ${sentence}`),
  });
  const file = await render(report, version.matrix, format, `version ${number}`);
  await logExport(actor, matrixId, revision, "version.exported", { format, number }, now);
  return file;
}

async function render(report: Report, matrix: Matrix, format: ExportFormat, edition: string): Promise<ExportedFile> {
  const { client, provider } = indexOf(matrix);
  const name = fileName([client?.name ?? "", provider?.name ?? "", matrix.title, edition], format);
  const text = new TextEncoder();
  switch (format) {
    case "xlsx":
      return { name, type: TYPES.xlsx, bytes: await writeXlsx(report) };
    case "json":
      return { name, type: TYPES.json, bytes: text.encode(writeJson(matrix)) };
    case "csv":
      return { name, type: TYPES.csv, bytes: text.encode(writeCsv(report)) };
    case "md":
      return { name, type: TYPES.md, bytes: text.encode(writeMarkdown(report)) };
  }
}

async function logExport(actor: Actor, matrixId: string, revision: number, event: LogEvent, detail: Record<string, string | number>, now: Date): Promise<void> {
  await write((tx) =>
    appendLog(tx, matrixId, [{ stepId: crypto.randomUUID(), revision, event, actorId: actor.userId, actorName: actor.name, at: now, commands: [], diff: null, detail }]),
  );
}
