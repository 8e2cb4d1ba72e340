import { appendLog } from "~/db/activity-log.server";
import { read, write } from "~/db/client.server";
import { insertMatrix, matrixAt } from "~/db/matrix-store.server";
import { appendRecord } from "~/db/record-store.server";
import { lastVersion, type VersionRow } from "~/db/version-store.server";
import { NAME_RULES } from "~/domain/apply-structure";
import { TERM_TEXTS } from "~/domain/apply-terms";
import { AppError } from "~/domain/errors";
import { findBlockers } from "~/domain/findings/blockers";
import type { Matrix, PartyKind } from "~/domain/matrix";
import { balanceOf, columnsOf, indexOf } from "~/domain/owner";
import { sideOf } from "~/domain/permissions";
import { checkText, type TextRule } from "~/domain/text";
import { sampleMatrix } from "~/library/sample";
import type { Actor } from "./actor.server";
import { changesSince } from "./drafts.server";
import { organisationOf } from "./organisation-access.server";
import { startingMatrix } from "./presets.server";

/** What the form for a new engagement sends; `preset` is one of the library's, one of the actor's organisation as `own:<id>`, or "blank". */
export type NewEngagement = { clientName: string; providerName: string; agreementReference: string; preset: string; side: string };

/** Creates an engagement with its first matrix, owned by the actor, and returns the matrix's id. On the provider's side it becomes a client of the actor's organisation. */
export async function createEngagement(actor: Actor, form: NewEngagement, now: Date): Promise<string> {
  const { clientName: client, providerName: provider, agreementReference } = checkForm(form);
  const side = sideOf(form.side);
  if (!side || side === "third-party") throw new AppError("invalid", "Say which side you are on.", { side: "Choose the side you belong to." });
  const matrix = await startingMatrix(read, actor, form.preset, { client, provider, agreementReference });
  if (!matrix) throw new AppError("invalid", "Choose how to start.", { preset: "Choose one of those offered here." });
  return insertEngagement(actor, side, matrix, false, now);
}

/** The side somebody was on in the engagement they joined last; the provider's where there is none. */
export async function usualSide(actor: Actor): Promise<"client" | "provider"> {
  const last = await read.member.findFirst({ where: { userId: actor.userId, engagement: { sample: false } }, orderBy: { engagement: { createdAt: "desc" } }, select: { side: true } });
  return last?.side === "client" ? "client" : "provider";
}

/** The sample engagement of the actor, created on first use; returns its matrix's id. */
export async function openSample(actor: Actor, now: Date): Promise<string> {
  const found = await read.matrix.findFirst({ where: { engagement: { sample: true, members: { some: { userId: actor.userId } } } }, select: { id: true } });
  return found?.id ?? insertEngagement(actor, "client", sampleMatrix(), true, now);
}

/** One line of the home page. `changes` counts what differs from the last version. */
export type EngagementRow = {
  id: string;
  matrixId: string;
  clientName: string;
  providerName: string;
  agreementReference: string;
  sample: boolean;
  /** The matrix's title where the engagement has several; null where there is one. */
  title: string | null;
  duties: number;
  blockers: number;
  balance: { key: string; label: string; kind: PartyKind | "none" | "shared"; count: number }[];
  version: { number: number; status: string; publishedAt: string } | null;
  changes: number | null;
  reviewDate: string | null;
  updatedAt: string;
};

/** The engagements of an actor, the most recently edited first. */
export async function listEngagements(actor: Actor): Promise<EngagementRow[]> {
  const rows = await read.matrix.findMany({
    // What asks for a second factor isn't shown without one, not even in passing.
    where: { archivedAt: null, engagement: { members: { some: { userId: actor.userId } }, ...(actor.secondFactor ? {} : { requireTwoFactor: false }) } },
    orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
    select: { id: true, revision: true, engagementId: true, updatedAt: true, engagement: { select: { sample: true, _count: { select: { matrices: true } } } } },
  });
  const engagements: EngagementRow[] = [];
  for (const row of rows) {
    const stored = await matrixAt(read, row.id, row.revision);
    if (!stored) continue;
    engagements.push({
      id: row.engagementId,
      matrixId: row.id,
      sample: row.engagement.sample,
      updatedAt: row.updatedAt.toISOString(),
      title: row.engagement._count.matrices > 1 ? stored.matrix.title : null,
      ...summarise(stored.matrix, await lastVersion(read, row.id)),
    });
  }
  return engagements;
}

type Summary = Omit<EngagementRow, "id" | "matrixId" | "sample" | "updatedAt" | "title">;
const summaries = new WeakMap<Matrix, Map<number, Summary>>();

/** Kept per matrix value: a draft that nobody edited is not counted again. */
function summarise(matrix: Matrix, last: VersionRow | null): Summary {
  const kept = summaries.get(matrix) ?? new Map<number, Summary>();
  summaries.set(matrix, kept);
  const known = kept.get(last?.number ?? 0);
  const summary = known ?? summaryOf(matrix, last);
  kept.set(last?.number ?? 0, summary);
  return { ...summary, version: last && { number: last.number, status: last.status, publishedAt: last.publishedAt } };
}

function summaryOf(matrix: Matrix, last: VersionRow | null): Summary {
  const { client, provider } = indexOf(matrix);
  const balance = balanceOf(matrix, "does");
  return {
    clientName: client?.name ?? "",
    providerName: provider?.name ?? "",
    agreementReference: matrix.terms.agreementReference,
    duties: matrix.duties.length,
    blockers: findBlockers(matrix).length,
    balance: columnsOf(matrix, "does").map(({ key, label, party, target }) => ({
      key,
      label,
      kind: party?.kind ?? (target === "shared" ? "shared" : "none"),
      count: balance.get(key) ?? 0,
    })),
    version: null,
    changes: changesSince(last, matrix),
    reviewDate: matrix.terms.reviewDate,
  };
}

async function insertEngagement(actor: Actor, side: PartyKind, matrix: Matrix, sample: boolean, now: Date): Promise<string> {
  const engagementId = crypto.randomUUID();
  const matrixId = crypto.randomUUID();
  await write(async (tx) => {
    const organisation = side === "provider" && !sample ? await organisationOf(tx, actor) : null;
    await tx.engagement.create({ data: { id: engagementId, sample, createdAt: now, organisationId: organisation?.organisationId ?? null, members: { create: { userId: actor.userId, side, permission: "owner", createdAt: now } } } });
    await appendRecord(tx, [{ engagementId, at: now, event: "engagement.created", actorId: actor.userId, actorName: actor.name, detail: { side } }]);
    await insertMatrix(tx, { id: matrixId, engagementId, matrix });
    await appendLog(tx, matrixId, [
      { stepId: crypto.randomUUID(), revision: 0, event: "matrix.created", actorId: actor.userId, actorName: actor.name, at: now, commands: [], diff: null, detail: { duties: matrix.duties.length } },
    ]);
  });
  return matrixId;
}

const FORM_TEXTS: Record<"clientName" | "providerName" | "agreementReference", TextRule> = {
  clientName: { ...NAME_RULES.party, called: "The client's name" },
  providerName: { ...NAME_RULES.party, called: "The provider's name" },
  agreementReference: TERM_TEXTS.agreementReference,
};

function checkForm(form: NewEngagement) {
  const errors: Record<string, string> = {};
  const stored = { clientName: "", providerName: "", agreementReference: "" };
  for (const field of ["clientName", "providerName", "agreementReference"] as const) {
    const checked = checkText(form[field], FORM_TEXTS[field]);
    if (checked.ok) stored[field] = checked.value;
    else errors[field] = checked.rejection.message;
  }
  if (stored.clientName !== "" && stored.clientName.toLowerCase() === stored.providerName.toLowerCase()) {
    errors.providerName = "The two sides have the same name. Write them so that they can be told apart.";
  }
  if (Object.keys(errors).length > 0) throw new AppError("invalid", "Some fields need another look.", errors);
  return stored;
}
