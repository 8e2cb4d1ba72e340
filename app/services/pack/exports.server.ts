import { appendLog, type LogEvent } from "~/db/activity-log.server";
import { read, write } from "~/db/client.server";
import { loadAbsences, loadHoldings, loadPeople, loadRotas, peopleOf } from "~/db/people-store.server";
import { findVersion, lastVersion, type VersionRow } from "~/db/version-store.server";
import { contactRows, type ContactRow } from "~/domain/people/contacts";
import { latestToday } from "~/domain/days";
import { AppError } from "~/domain/errors";
import { peopleFile } from "~/domain/escalation/people-file";
import type { OnCallEdition } from "~/domain/escalation/on-call-file";
import { blockerWords, findBlockers } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix/matrix";
import { agreedSentences } from "~/domain/pack/sentences";
import { indexOf } from "~/domain/matrix/owner";
import { buildReport } from "~/domain/pack/report";
import { WHOLE_PACK, type PackChoice, type ExportFormat, type OnCallFormat } from "~/domain/pack/report-parts";
import { canonicalText } from "~/domain/version/snapshot";
import { fileName } from "~/files/file-name";
import { fingerprintOf } from "~/files/fingerprint.server";
import { writeOnCall } from "~/files/on-call/on-call.server";
import type { PackInput } from "~/files/pack.server";
import type { Actor } from "../who/actor.server";
import { statusTold } from "../version/told-status.server";
import { frozenFile } from "./freezing.server";
import { matrixFor, type MatrixFor } from "../who/matrix-access.server";
import { amendmentTo, packOf, versionReport, writtenFile, type ExportedFile } from "./pack-writing.server";

/** The chosen parts and paper, or the amendment alone. `closed` is aborted when whoever asked has gone. */
export type ExportOptions = { choice?: PackChoice; amendment?: boolean; closed?: AbortSignal };

/** The draft as a file, marked as a draft throughout. The download is logged. */
export async function exportDraft(
  actor: Actor,
  matrixId: string,
  format: ExportFormat,
  now: Date,
  { choice = WHOLE_PACK, amendment: asAmendment = false, closed }: ExportOptions = {},
): Promise<ExportedFile> {
  const draft = await matrixFor(read, actor, matrixId, "export");
  const { matrix, revision } = draft;
  const contacts = await contactsFor(actor, draft, choice, now);
  const file = await writtenFile(
    format,
    () => draftPack(matrixId, matrix, { choice, contacts, asAmendment, now }),
    now,
    closed,
  );
  await logExport(actor, matrixId, revision, "draft.exported", { format, ...chosenParts(choice) }, now);
  return file;
}

/** Which edition of the paths is exported, the draft where no number is given; and which path, all where none is named. */
type PathsOptions = { number?: number; pathId?: string | null };

/** The escalation paths of the draft or of a version as a file for on-call tools. The download is logged. */
export async function exportPaths(
  actor: Actor,
  matrixId: string,
  format: OnCallFormat,
  now: Date,
  { number, pathId = null }: PathsOptions = {},
): Promise<ExportedFile> {
  const draft = await matrixFor(read, actor, matrixId, "export");
  const version = number === undefined ? null : await versionToExport(matrixId, number);
  const { matrix } = version ?? draft;
  if (pathId !== null && !matrix.paths.some(({ id }) => id === pathId))
    throw new AppError("not-found", "There is no such escalation path. Choose one on the page Escalation.");
  const edition: OnCallEdition = version
    ? {
        kind: "version",
        number: version.number,
        status: await statusTold(read, matrixId, version, now),
        fingerprint: version.fingerprint,
      }
    : { kind: "draft" };
  const { name, type, text } = writeOnCall(format, matrix, edition, pathId);
  const [event, which] = version
    ? (["version.exported", { number: version.number }] as const)
    : (["draft.exported", {}] as const);
  await logExport(actor, matrixId, draft.revision, event, { format, ...which }, now);
  return { name, type, bytes: new TextEncoder().encode(text) };
}

async function versionToExport(matrixId: string, number: number): Promise<VersionRow> {
  const version = await findVersion(read, matrixId, number);
  if (!version)
    throw new AppError("not-found", `There is no version ${number} of this matrix. Open the list of versions.`);
  return version;
}

/** The parts as the log keeps them, where others than those of a whole pack were chosen. */
function chosenParts({ parts }: PackChoice): { parts?: string } {
  return parts.join() === WHOLE_PACK.parts.join() ? {} : { parts: parts.join() };
}

type PackOptions = { choice: PackChoice; contacts: ContactRow[]; asAmendment: boolean };

async function draftPack(
  matrixId: string,
  matrix: Matrix,
  { choice, contacts, asAmendment, now }: PackOptions & { now: Date },
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

/**
 * A version as a file, as it was published. Of an agreed version the stored file is returned, unless only some parts
 * are chosen. The download is logged.
 */
export async function exportVersion(
  actor: Actor,
  matrixId: string,
  number: number,
  format: ExportFormat,
  now: Date,
  { choice = WHOLE_PACK, amendment: asAmendment = false, closed }: ExportOptions = {},
): Promise<ExportedFile> {
  const draft = await matrixFor(read, actor, matrixId, "export");
  const version = await versionToExport(matrixId, number);
  const contacts = await contactsFor(actor, draft, choice, now);
  const isWhole = choice.paper === WHOLE_PACK.paper && choice.parts.join() === WHOLE_PACK.parts.join();
  const file =
    version.agreedAt && isWhole
      ? await frozenFile(matrixId, version, { format, asAmendment, now })
      : await writtenFile(
          format,
          () => versionPack(matrixId, version, { choice, contacts, asAmendment, now }),
          now,
          closed,
        );
  await logExport(actor, matrixId, draft.revision, "version.exported", { format, number, ...chosenParts(choice) }, now);
  return file;
}

/**
 * A version as a PDF for one of its signatories: with the signatures so far, or the stored file once it is agreed. The
 * download is logged.
 */
export async function versionForSignatory(
  { matrixId, revision, version }: { matrixId: string; revision: number; version: VersionRow },
  by: { id: string; name: string },
  now: Date,
  closed?: AbortSignal,
): Promise<ExportedFile> {
  const file = version.agreedAt
    ? await frozenFile(matrixId, version, { format: "pdf", asAmendment: false, now })
    : await writtenFile(
        "pdf",
        () => versionPack(matrixId, version, { choice: WHOLE_PACK, contacts: [], asAmendment: false, now }),
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
  { choice, contacts, asAmendment, now }: PackOptions & { now: Date },
): Promise<PackInput> {
  const { report, amendment } = await versionReport(read, matrixId, version, { choice, contacts, now });
  return packOf({ matrix: version.matrix, report, amendment, asAmendment });
}

/** The contacts to include, if that part is chosen; only an owner may. */
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

/** The people behind the roles as a file that the `demarc` command reads, with their rotas and absences. The download is logged. */
export async function exportPeople(actor: Actor, matrixId: string, now: Date): Promise<ExportedFile> {
  const { matrix, engagementId, revision } = await matrixFor(read, actor, matrixId, "export-contacts");
  const everybody = await loadPeople(read, engagementId);
  const behind = {
    people: everybody.flatMap(({ removed, ...person }) => (removed ? [] : [person])),
    holdings: await loadHoldings(read, matrixId),
    rotas: await loadRotas(read, matrixId),
    absences: await loadAbsences(read, engagementId),
  };
  const file = peopleFile(
    matrix,
    behind,
    everybody.filter(({ removed }) => removed),
  );
  const { client, provider } = indexOf(matrix);
  await logExport(actor, matrixId, revision, "people.exported", { format: "json" }, now);
  return {
    name: fileName([client?.name ?? "", provider?.name ?? ""], ["people"], "json"),
    type: "application/json; charset=utf-8",
    bytes: new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`),
  };
}

/** Logs a download. */
export async function logExport(
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
