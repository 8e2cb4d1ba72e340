import { z } from "zod";
import { appendLog, type DrillEvent } from "~/db/activity-log.server";
import { read, write, type Reader, type Transaction } from "~/db/client.server";
import { lockEngagement } from "~/db/row-locks.server";
import { checkedToday } from "~/domain/days";
import { mayCorrect, sideOf } from "~/domain/engagement/permissions";
import { AppError } from "~/domain/errors";
import {
  checkDrill,
  DRILL_LIMITS,
  drillFacts,
  openChanges,
  tickChange,
  type Drill,
  type DrillChange,
  type DrillForm,
} from "~/domain/escalation/drills";
import { idSchema } from "~/domain/matrix/shapes";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import { matrixFor, type MatrixFor } from "../who/matrix-access.server";

/** How many drills a page lists. */
const PAGE = 20;

const drillFields = {
  id: idSchema,
  day: z.string(),
  scenario: z.string(),
  query: z
    .string()
    .max(DRILL_LIMITS.query, "The link to the scenario is too long. Record the drill without it.")
    .default(""),
  tookPart: z.string().default(""),
  learned: z.string().default(""),
  changes: z.array(
    z.object({ id: z.union([idSchema, z.literal("")]), text: z.string(), owner: z.string(), by: z.string() }),
  ),
};

/** The form of the page of drills. What to change is numbered fields: `changeId0`, `changeText0`, `changeOwner0` and `changeBy0`, and so on. */
export const drillFormSchema = z.preprocess(
  withChanges,
  z.discriminatedUnion("intent", [
    z.object({ intent: z.literal("record"), ...drillFields }),
    z.object({ intent: z.literal("correct"), revision: z.coerce.number().int().nonnegative(), ...drillFields }),
    z.object({ intent: z.literal("delete"), id: idSchema }),
    z.object({
      intent: z.literal("tick"),
      id: idSchema,
      changeId: idSchema,
      done: z.enum(["yes", "no"]),
      on: z.string().optional(),
    }),
  ]),
);
type DrillRequest = z.infer<typeof drillFormSchema>;

function withChanges(form: unknown): unknown {
  if (typeof form !== "object" || form === null) return form;
  const fields = new Map<string, unknown>(Object.entries(form));
  const text = (name: string) => String(fields.get(name) ?? "");
  return {
    ...form,
    changes: Array.from({ length: DRILL_LIMITS.changes }, (_, i) => ({
      id: text(`changeId${i}`),
      text: text(`changeText${i}`),
      owner: text(`changeOwner${i}`),
      by: text(`changeBy${i}`),
    })),
  };
}

/** A drill of the list, the title of its matrix, and whether the reader may correct or delete it. */
export type ListedDrill = Drill & { matrixTitle: string; correctable: boolean };
/** A page of the drills of an engagement. */
export type DrillsView = { drills: ListedDrill[]; total: number; page: number; pages: number };

/** The drills of the engagement that a matrix belongs to, the newest first, a page at a time. */
export async function listDrills(actor: Actor, matrixId: string, page: number): Promise<DrillsView> {
  const { engagementId, access } = await matrixFor(read, actor, matrixId, "read");
  const total = await read.drill.count({ where: { engagementId } });
  const pages = Math.max(1, Math.ceil(total / PAGE));
  const shownPage = Math.min(Math.max(1, Math.trunc(page)), pages);
  const rows = await read.drill.findMany({
    where: { engagementId },
    orderBy: NEWEST_FIRST,
    skip: (shownPage - 1) * PAGE,
    take: PAGE,
    include: { matrix: { select: { title: true } } },
  });
  const member = { ...access, userId: actor.userId };
  const drills = rows.map(({ matrix, ...row }): ListedDrill => {
    const drill = fromRow(row);
    return { ...drill, matrixTitle: matrix.title, correctable: mayCorrect(member, drill) };
  });
  return { drills, total, page: shownPage, pages };
}

/** One drill of the engagement that a matrix belongs to, and whether the reader may correct it; null where it isn't there. */
export async function openDrill(
  actor: Actor,
  matrixId: string,
  id: string,
): Promise<(Drill & { correctable: boolean }) | null> {
  const { engagementId, access } = await matrixFor(read, actor, matrixId, "read");
  const drill = await drillOf(read, engagementId, id);
  return drill && { ...drill, correctable: mayCorrect({ ...access, userId: actor.userId }, drill) };
}

/** The drills that a publication looks back on: those since the version before, and earlier ones of which something isn't done. */
export type DrillsSince = { drills: Drill[]; /** How many more there are than are listed. */ more: number };

/** The drills of a matrix recorded since a moment, or ever, and earlier ones of which something isn't done; newest first. */
export async function drillsSince(db: Reader, matrixId: string, since: string | null): Promise<DrillsSince> {
  const where = {
    matrixId,
    ...(since === null ? {} : { OR: [{ createdAt: { gt: new Date(since) } }, { open: { gt: 0 } }] }),
  };
  const rows = await db.drill.findMany({ where, orderBy: NEWEST_FIRST, take: PAGE });
  return {
    drills: rows.map(fromRow),
    more: rows.length < PAGE ? 0 : (await db.drill.count({ where })) - PAGE,
  };
}

/** Records, corrects or deletes a drill, or says of one of its changes that it is done; returns the id of the drill. */
export async function changeDrills(actor: Actor, matrixId: string, form: DrillRequest, now: Date): Promise<string> {
  if (form.intent === "record") await countMade("drill", actor.userId);
  return write(async (tx) => {
    const draft = await matrixFor(tx, actor, matrixId, "edit");
    await lockEngagement(tx, draft.engagementId);
    const asked = { tx, actor, draft, now };
    switch (form.intent) {
      case "record":
        return record(asked, form);
      case "correct":
        return correct(asked, form);
      case "delete":
        return remove(asked, form.id);
      case "tick":
        return tick(asked, form);
    }
  });
}

type Asked = { tx: Transaction; actor: Actor; draft: MatrixFor; now: Date };
type RequestOf<I extends DrillRequest["intent"]> = Extract<DrillRequest, { intent: I }>;

async function record({ tx, actor, draft, now }: Asked, form: RequestOf<"record">): Promise<string> {
  const { engagementId, matrixId, access } = draft;
  // The form brings the id, so that a form sent twice records one drill.
  if (await drillOf(tx, engagementId, form.id)) return form.id;
  if ((await tx.drill.count({ where: { engagementId } })) >= DRILL_LIMITS.drills)
    throw new AppError("invalid", "That is all there is room for.", {
      form: `An engagement keeps at most ${DRILL_LIMITS.drills} drills. Delete old ones first; the record keeps what they said.`,
    });
  const taken = await tx.drill.findUnique({ where: { id: form.id }, select: { id: true } });
  const id = taken ? crypto.randomUUID() : form.id;
  const values = checked(draft, form, [], now);
  await tx.drill.create({
    data: {
      ...values,
      id,
      engagementId,
      matrixId,
      open: openChanges(values).length,
      recordedById: actor.userId,
      recordedByName: actor.name,
      side: access.side,
      createdAt: now,
    },
  });
  await logDrill({ tx, actor, draft, now }, "drill.recorded", drillFacts(draft.matrix, { ...values, id }));
  return id;
}

async function correct(asked: Asked, { id, revision, ...form }: RequestOf<"correct">): Promise<string> {
  const { tx, draft, now } = asked;
  const before = await correctableDrill(asked, id);
  const values = checked(draft, form, before.changes, now);
  if (before.revision !== revision)
    throw new AppError(
      "conflict",
      "What is recorded of this drill was corrected a moment ago. Yours is kept below; save again to put it in place of what is stored now.",
    );
  await tx.drill.update({
    where: { id },
    data: { ...values, open: openChanges(values).length, revision: { increment: 1 } },
  });
  await logDrill(asked, "drill.corrected", drillFacts(draft.matrix, { ...values, id }));
  return id;
}

async function remove(asked: Asked, id: string): Promise<string> {
  const drill = await correctableDrill(asked, id);
  await asked.tx.drill.delete({ where: { id } });
  await logDrill(asked, "drill.removed", drillFacts(asked.draft.matrix, drill));
  return id;
}

async function tick(asked: Asked, { id, changeId, done, on }: RequestOf<"tick">): Promise<string> {
  const { tx, actor, draft, now } = asked;
  const drill = await drillOf(tx, draft.engagementId, id);
  const before = drill?.changes.find((change) => change.id === changeId);
  if (!drill || !before) throw new AppError("not-found", "This was deleted or corrected meanwhile. Reload the page.");
  if ((before.done !== null) === (done === "yes")) return id;
  const doneBy = done === "yes" ? { on: checkedToday(on ?? "", now), by: actor.name } : null;
  const changes = tickChange(drill.changes, changeId, doneBy);
  await tx.drill.update({ where: { id }, data: { changes, open: openChanges({ changes }).length } });
  const { scenario, day } = drill;
  await logDrill(asked, done === "yes" ? "drill.change-done" : "drill.change-reopened", {
    drillId: id,
    scenario,
    day,
    change: before.text,
  });
  return id;
}

function checked(draft: MatrixFor, form: DrillForm, before: readonly DrillChange[], now: Date) {
  // A row that was empty when the page was drawn has no id yet.
  const changes = form.changes.map((change) => ({ ...change, id: change.id || crypto.randomUUID() }));
  const query = new URLSearchParams(form.query).toString();
  const result = checkDrill({ ...form, query, changes }, { matrix: draft.matrix, before, now });
  if (!result.ok) throw new AppError("invalid", "Some fields need another look.", result.errors);
  return result.value;
}

/** A drill that the actor may correct or delete. */
async function correctableDrill({ tx, actor, draft }: Asked, id: string): Promise<Drill> {
  const drill = await drillOf(tx, draft.engagementId, id);
  if (!drill) throw new AppError("not-found", "This drill was deleted already.");
  if (!mayCorrect({ ...draft.access, userId: actor.userId }, drill))
    throw new AppError(
      "forbidden",
      `${drill.recordedByName} recorded this drill. Ask them, or an owner of their side, to correct or delete it.`,
    );
  return drill;
}

async function drillOf(db: Reader, engagementId: string, id: string): Promise<Drill | null> {
  const row = await db.drill.findFirst({ where: { id, engagementId } });
  return row && fromRow(row);
}

/** Drills of a day in the order in which they were recorded. */
const NEWEST_FIRST: Record<string, "desc">[] = [{ day: "desc" }, { createdAt: "desc" }, { id: "desc" }];

type Row = NonNullable<Awaited<ReturnType<Reader["drill"]["findFirst"]>>>;

function fromRow({ engagementId: _of, open: _open, createdAt, side, tookPart, changes, ...row }: Row): Drill {
  return {
    ...row,
    side: sideOf(side) ?? "third-party",
    tookPart: names(tookPart),
    changes: storedChanges(changes),
    recordedAt: createdAt.toISOString(),
  };
}

const storedNames = z.array(z.string());
const storedChange = z.object({
  id: z.string(),
  text: z.string(),
  owner: z.string(),
  ownerId: z.string().nullable(),
  by: z.string().nullable(),
  done: z.object({ on: z.string(), by: z.string() }).nullable(),
});

function names(stored: unknown): string[] {
  return storedNames.catch([]).parse(stored);
}

function storedChanges(stored: unknown): DrillChange[] {
  return z.array(storedChange).catch([]).parse(stored);
}

async function logDrill(
  { tx, actor, draft, now }: Asked,
  event: DrillEvent,
  detail: Record<string, string>,
): Promise<void> {
  await appendLog(tx, draft.matrixId, [
    {
      stepId: crypto.randomUUID(),
      revision: draft.revision,
      event,
      actorId: actor.userId,
      actorName: actor.name,
      at: now,
      commands: [],
      diff: null,
      detail,
    },
  ]);
}
