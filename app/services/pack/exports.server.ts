import { appendLog, type LogEvent } from "~/db/activity-log.server";
import { read, write } from "~/db/client.server";
import { peopleOf } from "~/db/people-store.server";
import { findVersion, lastVersion, type VersionRow } from "~/db/version-store.server";
import { contactRows, type ContactRow } from "~/domain/people/contacts";
import { latestToday } from "~/domain/days";
import { AppError } from "~/domain/errors";
import { blockerWords, findBlockers } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix/matrix";
import { buildReport } from "~/domain/pack/report";
import { WHOLE_PACK, type PackChoice, type ExportFormat } from "~/domain/pack/report-parts";
import { canonicalText } from "~/domain/version/snapshot";
import { fingerprintOf } from "~/files/fingerprint.server";
import type { PackInput } from "~/files/pack.server";
import type { Actor } from "../who/actor.server";
import { frozenFile } from "./freezing.server";
import { matrixFor, type MatrixFor } from "../who/matrix-access.server";
import { amendmentTo, packOf, versionReport, written, type ExportedFile } from "./pack-writing.server";
import { agreedSentences } from "../version/versions.server";

/** Which parts, on which paper; the amendment alone; and what tells that whoever asked has gone. */
export type ExportOptions = { choice?: PackChoice; amendment?: boolean; closed?: AbortSignal };

/** The draft as a file, marked as a draft throughout. */
export async function exportDraft(
  actor: Actor,
  matrixId: string,
  format: ExportFormat,
  now: Date,
  { choice = WHOLE_PACK, amendment: asAmendment = false, closed }: ExportOptions = {},
): Promise<ExportedFile> {
  const stored = await matrixFor(read, actor, matrixId, "export");
  const { matrix, revision } = stored;
  const contacts = await contactsFor(actor, stored, choice, now);
  const file = await written(
    format,
    () => draftPack(matrixId, matrix, { choice, contacts, asAmendment, now }),
    now,
    closed,
  );
  await logExport(actor, matrixId, revision, "draft.exported", { format }, now);
  return file;
}

type Wanted = { choice: PackChoice; contacts: ContactRow[]; asAmendment: boolean };

async function draftPack(
  matrixId: string,
  matrix: Matrix,
  { choice, contacts, asAmendment, now }: Wanted & { now: Date },
): Promise<PackInput> {
  const last = await lastVersion(read, matrixId);
  const text = canonicalText({ matrix, number: (last?.number ?? 0) + 1, previous: last?.fingerprint ?? null });
  const amendment = await amendmentTo(read, matrixId, { matrix, number: null });
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
    changes: last ? agreedSentences(last.matrix, matrix) : [],
    blockers: findBlockers(matrix).map(blockerWords),
    choice,
    amendment,
    contacts,
  });
  return packOf({ matrix, report, amendment, asAmendment });
}

/** A version as a file, exactly as it was published. */
export async function exportVersion(
  actor: Actor,
  matrixId: string,
  number: number,
  format: ExportFormat,
  now: Date,
  { choice = WHOLE_PACK, amendment: asAmendment = false, closed }: ExportOptions = {},
): Promise<ExportedFile> {
  const stored = await matrixFor(read, actor, matrixId, "export");
  const version = await findVersion(read, matrixId, number);
  if (!version)
    throw new AppError("not-found", `There is no version ${number} of this matrix. Open the list of versions.`);
  const contacts = await contactsFor(actor, stored, choice, now);
  const whole = choice.paper === WHOLE_PACK.paper && choice.parts.join() === WHOLE_PACK.parts.join();
  const file =
    version.agreedAt && whole
      ? await frozenFile(matrixId, version, { format, asAmendment, now })
      : await written(format, () => versionPack(matrixId, version, { choice, contacts, asAmendment }), now, closed);
  await logExport(actor, matrixId, stored.revision, "version.exported", { format, number }, now);
  return file;
}

/** A version as the PDF that whoever is asked to sign it may keep: with the signatures it has so far, and once it is agreed the file that is kept of it. */
export async function versionForSignatory(
  { matrixId, revision, version }: { matrixId: string; revision: number; version: VersionRow },
  by: { id: string; name: string },
  now: Date,
  closed?: AbortSignal,
): Promise<ExportedFile> {
  const file = version.agreedAt
    ? await frozenFile(matrixId, version, { format: "pdf", asAmendment: false, now })
    : await written(
        "pdf",
        () => versionPack(matrixId, version, { choice: WHOLE_PACK, contacts: [], asAmendment: false }),
        now,
        closed,
      );
  await logExport(
    { userId: by.id, name: by.name },
    matrixId,
    revision,
    "version.exported",
    { format: "pdf", number: version.number },
    now,
  );
  return file;
}

async function versionPack(
  matrixId: string,
  version: VersionRow,
  { choice, contacts, asAmendment }: Wanted,
): Promise<PackInput> {
  const { report, amendment } = await versionReport(read, matrixId, version, { choice, contacts });
  return packOf({ matrix: version.matrix, report, amendment, asAmendment });
}

async function contactsFor(
  actor: Actor,
  { matrixId, engagementId, matrix }: MatrixFor,
  { parts }: PackChoice,
  now: Date,
): Promise<ContactRow[]> {
  if (!parts.includes("contacts")) return [];
  await matrixFor(read, actor, matrixId, "export-contacts");
  const { people, holdings } = await peopleOf(read, { engagementId, matrixId });
  return contactRows(matrix, people, holdings, latestToday(now));
}

async function logExport(
  actor: Pick<Actor, "userId" | "name">,
  matrixId: string,
  revision: number,
  event: LogEvent,
  detail: Record<string, string | number>,
  now: Date,
): Promise<void> {
  await write((tx) =>
    appendLog(tx, matrixId, [
      {
        stepId: crypto.randomUUID(),
        revision,
        event,
        actorId: actor.userId,
        actorName: actor.name,
        at: now,
        commands: [],
        diff: null,
        detail,
      },
    ]),
  );
}
