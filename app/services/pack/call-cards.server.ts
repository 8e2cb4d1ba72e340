import { read, type Reader } from "~/db/client.server";
import { behindRoles } from "~/db/people-store.server";
import { findVersion, listVersionSummaries, type VersionRow } from "~/db/version-store.server";
import { dayWords } from "~/domain/day-words";
import { dayOf, earliestToday, utcDay } from "~/domain/days";
import { AppError } from "~/domain/errors";
import { may } from "~/domain/engagement/permissions";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";
import { callCardOf } from "~/domain/call-card/build-call-card.server";
import { isWallet, type CallCard, type CardSize } from "~/domain/call-card/call-card";
import { agreedVersionInForce } from "~/domain/signing/version-dates";
import { shortFingerprint } from "~/domain/version/snapshot";
import { publicUrl } from "~/env.server";
import { fileName } from "~/files/file-name";
import { paths } from "~/paths";
import type { Actor } from "../who/actor.server";
import { matrixFor, type MatrixFor } from "../who/matrix-access.server";
import { logExport } from "./exports.server";
import { inThread, type ExportedFile } from "./pack-writing.server";

/** Which cards are asked for: of one path or of every one, and the draft's where a version is in force. */
type CardChoice = { pathId: string | null; ofDraft: boolean };

/** Call cards, the paths there are cards of, and the version in force, if there is one. */
export type CallCards = {
  cards: CallCard[];
  paths: { id: string; name: string }[];
  inForce: number | null;
  /** Whether the cards are of the draft. */
  ofDraft: boolean;
};

/** The call cards of a matrix as its pages show them, with names and numbers, which every member may see. */
export async function callCards(actor: Actor, matrixId: string, choice: CardChoice, now: Date): Promise<CallCards> {
  return cardsOf(read, await matrixFor(read, actor, matrixId, "read"), choice, now, "");
}

/** The call cards as a PDF. Names and numbers are in it for whoever may download contacts. The download is logged. */
export async function exportCallCards(
  actor: Actor,
  matrixId: string,
  choice: CardChoice & { size: CardSize },
  now: Date,
  closed?: AbortSignal,
): Promise<ExportedFile> {
  const draft = await matrixFor(read, actor, matrixId, "export");
  const withheld = may(draft.access, "export-contacts") ? "" : WITHHELD;
  const { cards } = await cardsOf(read, draft, choice, now, withheld);
  const [first] = cards;
  if (!first)
    throw new AppError(
      "not-found",
      choice.pathId === null
        ? "There is no escalation path to print a card of. Add one under Escalation first."
        : "That escalation path isn’t there. Choose another one on the page of call cards.",
    );
  const { size } = choice;
  const what = cards.length === 1 ? `call card ${first.name}` : "call cards";
  const { client, provider } = indexOf(draft.matrix);
  const name = fileName(
    [client?.name ?? "", provider?.name ?? "", what],
    [isWallet(size) ? "wallet" : "", utcDay(now)],
    "pdf",
  );
  const title = `${cards.length === 1 ? `Call card ${first.name}` : "Call cards"}: ${first.parties}`;
  const input = { cards, size, title, at: now.toISOString() };
  const file = await inThread(() => ({ kind: "call-cards", name, input }), closed);
  const detail = { path: cards.length === 1 ? first.name : "", size, contacts: withheld === "" ? "yes" : "no" };
  await logExport(actor, matrixId, draft.revision, "card.exported", detail, now);
  return file;
}

const WITHHELD =
  "Names and numbers are left out: in a file they are for owners. The page of the card shows them, and prints them.";

async function cardsOf(
  db: Reader,
  draft: MatrixFor,
  { pathId, ofDraft }: CardChoice,
  now: Date,
  withheld: string,
): Promise<CallCards> {
  const { matrixId } = draft;
  const inForce = await versionInForceToday(db, matrixId, now);
  const editions = editionsOf(draft, ofDraft ? null : inForce, inForce?.number ?? null, now);
  const behind = withheld === "" ? await behindRoles(db, draft) : null;
  // Of every path those of one edition; of one path also the draft's, where the version doesn't have it.
  const [shown, ...others] = editions;
  const chosen =
    pathId === null ? shown.paths.map((path) => ({ path, of: shown })) : foundPath(pathId, [shown, ...others]);
  return {
    cards: chosen.map(({ path, of: { matrix, edition } }) =>
      callCardOf(path, {
        matrix,
        behind,
        now,
        edition,
        withheld,
        addressOf: (id) => `${publicUrl()}${paths.escalation(matrixId, { path: id })}`,
      }),
    ),
    paths: editions.flatMap(({ paths: some }) => some.map(({ id, name }) => ({ id, name }))),
    inForce: inForce?.number ?? null,
    ofDraft: ofDraft || inForce === null,
  };
}

/** The paths of an edition that no edition before it has, in its matrix. */
type Edition = { matrix: Matrix; paths: readonly EscalationPath[]; edition: string };

/** The version, where there is one, and then the draft with the paths that the version doesn't have. */
function editionsOf(
  { matrix }: MatrixFor,
  version: VersionRow | null,
  inForce: number | null,
  now: Date,
): [Edition, ...Edition[]] {
  const known = new Set(version?.matrix.paths.map(({ id }) => id));
  const standing = inForce === null ? "" : `; version ${inForce} is in force`;
  const draft: Edition = {
    matrix,
    paths: matrix.paths.filter(({ id }) => !known.has(id)),
    edition: `Draft of ${dayWords(utcDay(now))}, not agreed${standing}`,
  };
  if (!version) return [draft];
  const { number, agreedAt, fingerprint, matrix: agreed } = version;
  const words = `Version ${number}, agreed ${dayWords(dayOf(agreedAt ?? ""))}, fingerprint ${shortFingerprint(fingerprint)}`;
  return [{ matrix: agreed, paths: agreed.paths, edition: words }, draft];
}

function foundPath(pathId: string, editions: readonly Edition[]): { path: EscalationPath; of: Edition }[] {
  for (const of of editions) {
    const path = of.paths.find(({ id }) => id === pathId);
    if (path) return [{ path, of }];
  }
  return [];
}

async function versionInForceToday(db: Reader, matrixId: string, now: Date): Promise<VersionRow | null> {
  const inForce = agreedVersionInForce(await listVersionSummaries(db, matrixId), utcDay(now), earliestToday);
  return inForce && findVersion(db, matrixId, inForce.number);
}
