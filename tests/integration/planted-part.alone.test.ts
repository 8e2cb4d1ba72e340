import { describe, expect, it, vi } from "vitest";
import { read, write } from "~/db/client.server";
import { saveDiff } from "~/db/matrix-store.server";
import { applyCommands, applyCommand } from "~/domain/editing/apply-command";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { buildAmendment } from "~/domain/pack/amendment";
import { changeSentences } from "~/domain/pack/sentences";
import { matrixCommandSchema, type MatrixCommand } from "~/domain/editing/commands";
import { describeStructure } from "~/domain/changes/describe-log";
import { diffMatrices, invertDiff } from "~/domain/changes/diff";
import { matrixDiffSchema } from "~/domain/changes/diff-schema";
import { firstProblem } from "~/domain/parts/invariants";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { outlineOf } from "~/domain/pack/outline";
import type * as registryModule from "~/domain/parts/registry";
import type * as schemasModule from "~/domain/matrix/schemas";
import { presetFrom } from "~/domain/engagement/preset";
import { readCanonical } from "~/domain/version/read-canonical";
import { buildReport } from "~/domain/pack/report";
import { restoredDraft } from "~/domain/editing/restore";
import { sharedForm } from "~/domain/engagement/shared-form";
import { canonicalText } from "~/domain/version/snapshot";
import { verifyFile } from "~/files/verify/verify.server";
import { writeJson } from "~/files/json.server";
import { writeDocx } from "~/files/docx.server";
import { fingerprintOf } from "~/files/fingerprint.server";
import { writeMarkdown } from "~/files/markdown.server";
import { writePdf } from "~/files/pdf.server";
import { writeXlsx } from "~/files/xlsx.server";
import { aMatrix } from "../support/matrices";
import { anEngagement, aUser, freshLoad } from "../support/stored";
import type { Premises } from "../support/premises";

// The registry is the one place where a kind of thing is listed: what this test adds to it, a release would add to the two files.
vi.mock("~/domain/parts/registry", async (original) => {
  const registry = await original<typeof registryModule>();
  const { PREMISES } = await import("../support/premises");
  return {
    ...registry,
    PARTS: { ...registry.PARTS, premises: PREMISES },
    COLLECTIONS: [...registry.COLLECTIONS, "premises"],
    PART_LIST: [...registry.PART_LIST, PREMISES],
  };
});
vi.mock("~/domain/matrix/schemas", async (original) => {
  const schemas = await original<typeof schemasModule>();
  const { z } = await import("zod");
  const { premisesSchema } = await import("../support/premises");
  return {
    COLLECTION_SCHEMAS: { ...schemas.COLLECTION_SCHEMAS, premises: z.array(premisesSchema).default([]) },
    THING_SCHEMAS: new Map([...schemas.THING_SCHEMAS, ["premises", premisesSchema]]),
  };
});

const premisesOf = (matrix: Matrix): Premises[] => (matrix as unknown as { premises: Premises[] }).premises;
const add = (fields: Partial<Premises> & { id: string }): MatrixCommand => {
  const { id, ...given } = fields;
  return matrixCommandSchema.parse({
    type: "thing.add",
    part: "premises",
    thingId: id,
    fields: { name: "", keeperId: null, hours: "office", doorCode: "", ...given },
    beforeId: null,
  });
};
const empty = matrixSchema.parse({ ...aMatrix() });
const { matrix, rejected } = applyCommands(empty, [
  add({ id: "harbour", name: "Harbour hall", keeperId: "it-lead", hours: "always", doorCode: "4711" }),
  add({ id: "attic", name: "Attic" }),
]);
const edition = (of: Matrix) => ({ matrix: of, number: 1, previous: null });
const reportOf = (of: Matrix, amendment: Parameters<typeof buildReport>[0]["amendment"] = null) =>
  buildReport({
    matrix: of,
    edition: {
      kind: "version",
      number: 1,
      status: "proposed",
      reason: "First",
      authorName: "Maya",
      publishedAt: "2026-03-01T09:00:00.000Z",
      fingerprint: fingerprintOf(canonicalText(edition(of))),
      previousFingerprint: null,
      canonicalText: canonicalText(edition(of)),
    },
    changes: [],
    blockers: [],
    amendment,
  });
const edit = (set: object): MatrixCommand =>
  matrixCommandSchema.parse({ type: "thing.edit", part: "premises", thingId: "harbour", set });

describe("a kind of agreed thing that is only registered", () => {
  it("is edited by the commands of every thing, by the rules of its fields, within its limit", () => {
    expect(rejected).toEqual([]);
    expect(premisesOf(matrix).map(({ name }) => name)).toEqual(["Harbour hall", "Attic"]);
    expect(firstProblem(matrix)).toBeNull();
    expect(applyCommand(matrix, add({ id: "nameless" }))).toMatchObject({
      ok: false,
      rejection: { message: "The site's name is empty. Write at least one word." },
    });
    expect(applyCommand(matrix, edit({ keeperId: "nobody" }))).toMatchObject({ ok: false });
    expect(
      matrixCommandSchema.safeParse({
        type: "thing.edit",
        part: "premises",
        thingId: "harbour",
        set: { hours: "never" },
      }).success,
    ).toBe(false);
    expect(
      matrixCommandSchema.safeParse({
        type: "thing.edit",
        part: "premises",
        thingId: "harbour",
        set: { colour: "red" },
      }).success,
    ).toBe(false);
    expect(matrixCommandSchema.safeParse({ type: "thing.delete", part: "duties", thingId: "duty-1" }).success).toBe(
      false,
    );
    const placed = applyCommand(
      matrix,
      matrixCommandSchema.parse({ type: "thing.place", part: "premises", thingId: "attic", beforeId: "harbour" }),
    );
    expect(placed.ok && premisesOf(placed.value).map(({ id }) => id)).toEqual(["attic", "harbour"]);
    const twenty = Array.from({ length: 19 }, (_, i) => add({ id: `site-${i}`, name: `Site ${i}` }));
    expect(applyCommands(matrix, twenty).rejected).toMatchObject([
      { index: 18, rejection: { message: "A matrix holds at most 20 sites. Delete one first." } },
    ]);
  });

  it("stands in the canonical text with what is agreed of it, and leaves the text of a matrix without it as it was", () => {
    const text = canonicalText(edition(matrix));
    expect(JSON.parse(text)).toMatchObject({
      schema: 3,
      premises: [{ hours: "always", id: "harbour", keeperId: "it-lead", name: "Harbour hall" }, { id: "attic" }],
    });
    expect(text).not.toContain("4711");
    expect(JSON.parse(canonicalText(edition(empty)))).not.toHaveProperty("premises");
    expect(JSON.parse(canonicalText(edition(empty))).schema).toBe(2);
    const again = readCanonical(text);
    expect(again.ok && canonicalText(again.value)).toBe(text);
    expect(readCanonical(text.replace("Harbour hall", "Harbour  hall")).ok).toBe(true);
    expect(readCanonical(text.replace('"schema":3', '"schema":5'))).toMatchObject({
      ok: false,
      rejection: { code: "too-new" },
    });
  });

  it("is compared, undone and redone field by field, by a diff that comes from outside only where its fields may be", () => {
    const edited = applyCommand(matrix, edit({ hours: "office", doorCode: "0815" }));
    if (!edited.ok) throw new Error(edited.rejection.message);
    const diff = diffMatrices(matrix, edited.value);
    expect(diff).toMatchObject({
      premises: { changed: [{ id: "harbour", fields: { hours: { before: "always", after: "office" } } }] },
    });
    const undo = matrixDiffSchema.parse(invertDiff(diff));
    const undone = applyCommand(edited.value, { type: "diff.apply", diff: undo });
    expect(undone.ok && premisesOf(undone.value)).toEqual(premisesOf(matrix));
    expect(
      matrixDiffSchema.safeParse({
        fields: {},
        premises: {
          added: [],
          removed: [],
          changed: [{ id: "harbour", fields: { colour: { before: "", after: "red" } } }],
          placedBefore: [],
          placedAfter: [],
        },
      }).success,
    ).toBe(false);
    expect(describeStructure(edited.value, diff)).toEqual([
      "The site Harbour hall: “Open” is now “In office hours”.",
      "The site Harbour hall: “Door code” changed.",
    ]);
  });

  it("loses its reference when a role goes", () => {
    const gone = applyCommand(matrix, { type: "role.merge", roleId: "it-lead", intoId: "it-team" });
    if (!gone.ok) throw new Error(gone.rejection.message);
    expect(premisesOf(gone.value)[0]?.keeperId).toBeNull();
    expect(firstProblem(gone.value)).toBeNull();
  });

  it("comes back with a restored version, goes into a preset without what is one client's own, and into a link only as far as it is shared", () => {
    const back = restoredDraft(empty, matrix, "client");
    expect(back.ok && premisesOf(back.value)).toEqual(premisesOf(matrix));
    // What isn't agreed stays as it is in the draft.
    const since = applyCommands(matrix, [edit({ hours: "office", doorCode: "0815" })]).matrix;
    const restoredSince = restoredDraft(since, matrix, "client");
    expect(restoredSince.ok && premisesOf(restoredSince.value)[0]).toMatchObject({ hours: "always", doorCode: "0815" });
    expect(premisesOf(presetFrom(matrix))[0]).toEqual({
      id: "harbour",
      name: "Harbour hall",
      keeperId: "it-lead",
      hours: "always",
      doorCode: "",
    });
    expect(premisesOf(sharedForm(matrix))[0]).toEqual({
      id: "harbour",
      name: "Harbour hall",
      keeperId: "it-lead",
      hours: "always",
      doorCode: "",
    });
  });

  it("is told where editions differ: in sentences and in the amendment, completely", () => {
    const changes = agreedChanges(empty, matrix);
    expect(changeSentences(empty, matrix, changes)).toEqual([
      "The site Harbour hall was added. Keeper: IT lead; Open: At all hours.",
      "The site Attic was added.",
    ]);
    const secret = applyCommand(matrix, edit({ doorCode: "0815" }));
    expect(secret.ok && changeSentences(matrix, secret.value, agreedChanges(matrix, secret.value))).toEqual([]);
    const base = {
      matrix: empty,
      number: 1,
      status: "agreed",
      publishedAt: "2026-03-01T09:00:00.000Z",
      fingerprint: "f".repeat(64),
    };
    expect(buildAmendment({ base, matrix, becomes: 2, ordinal: 1 }).frame).toContain(
      "The site Harbour hall was added. Keeper: IT lead; Open: At all hours.",
    );
  });

  it("has a chapter in every format, and an altered value of it is named by the check", async () => {
    const report = reportOf(matrix);
    const { blocks = [] } = outlineOf(report).find(({ title }) => title.startsWith("Escalation")) ?? {};
    const heading = blocks.findIndex((block) => block.kind === "heading" && block.text === "Sites");
    expect(blocks.slice(heading, heading + 2)).toMatchObject([
      { kind: "heading" },
      {
        kind: "table",
        rows: [
          ["The site Harbour hall", "Keeper", "IT lead"],
          ["", "Open", "At all hours"],
          ["The site Attic", "", ""],
        ],
      },
    ]);
    expect(writeMarkdown(report)).toContain("| The site Harbour hall | Keeper | IT lead |");
    for (const [name, bytes] of [
      ["xlsx", await writeXlsx(report)],
      ["docx", await writeDocx(report)],
      ["pdf", await writePdf(report)],
      ["json", Buffer.from(writeJson(matrix, report.edition))],
    ] as const) {
      expect(await verifyFile(bytes, `a.${name}`, () => Promise.resolve({ kind: "nowhere" })), name).toMatchObject({
        verdict: "consistent",
        differences: [],
      });
    }
    const told = await verifyFile(
      Buffer.from(writeJson(matrix, report.edition).replace('"hours": "always"', '"hours": "office"')),
      "a.json",
      () => Promise.resolve({ kind: "nowhere" }),
    );
    expect(told.differences).toMatchObject([{ part: "premises", subject: "Harbour hall", field: "hours" }]);
    const forged = reportOf({
      ...matrix,
      premises: premisesOf(matrix).map((site) => ({ ...site, hours: "office" })),
    } as unknown as Matrix);
    const altered = await verifyFile(await writeXlsx({ ...report, chapters: forged.chapters }), "a.xlsx", () =>
      Promise.resolve({ kind: "nowhere" }),
    );
    expect(altered.verdict).toBe("differs");
    expect(JSON.stringify(altered.differences)).toContain("At all hours");
  });

  it("is stored in the table that such things share, and read back in its order", async () => {
    const { matrixId: id } = await anEngagement(await aUser("Maya Lindqvist"), matrix);
    expect(premisesOf((await freshLoad(id)).matrix)).toEqual(premisesOf(matrix));
    const edited = applyCommands(matrix, [
      edit({ name: "Harbour hall 2" }),
      matrixCommandSchema.parse({ type: "thing.place", part: "premises", thingId: "attic", beforeId: "harbour" }),
    ]).matrix;
    await write((tx) =>
      saveDiff(tx, id, {
        expectedRevision: 0,
        revision: 1,
        before: matrix,
        after: edited,
        diff: diffMatrices(matrix, edited),
      }),
    );
    const rows = await read.agreedThing.findMany({
      where: { matrixId: id },
      orderBy: { position: "asc" },
      select: { part: true, id: true, value: true },
    });
    expect(rows.map((row) => [row.part, row.id])).toEqual([
      ["premises", "attic"],
      ["premises", "harbour"],
    ]);
    expect(rows[1]?.value).toEqual({ name: "Harbour hall 2", keeperId: "it-lead", hours: "always", doorCode: "4711" });
  });
});
