import { beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { entriesOfMatrix } from "~/db/activity-log.server";
import { loadMatrix } from "~/db/matrix-store.server";
import { findVersion } from "~/db/version-store.server";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Answer } from "~/domain/verify/answer";
import { bytesHash } from "~/files/fingerprint.server";
import { toldHistory } from "~/domain/pack/certificate";
import { WHOLE_PACK } from "~/domain/pack/report-parts";
import type { Actor } from "~/services/who/actor.server";
import { exportDraft, exportVersion, type ExportOptions } from "~/services/pack/exports.server";
import { signingFacts } from "~/services/version/signing-facts.server";
import { altered, type Alteration } from "../golden/alterations";
import { withoutLater } from "../golden/later";
import { bytesOf, filesIn, jsonOf, RELEASES, type Rows } from "../golden/earlier";
import { insertEarlier } from "../golden/earlier-rows";
import { knownAnswer } from "../golden/verifying-known";

const toWrite = process.env.GOLDEN_RELEASE;

if (toWrite !== undefined) {
  it("writes what this release leaves behind", async () => {
    const { writeEarlier } = await import("../golden/write-earlier");
    await writeEarlier(toWrite);
  }, 600_000);
}

it("there is something that earlier releases left behind", () => {
  expect(RELEASES).toContain("0.1.0");
});

type Answers = Record<"kept" | "known" | "alone", Record<string, Answer>> & { wrong: string[] };
type Version = { number: number; fingerprint: string; previous: string | null; read: Matrix; signing: object };

describe.each(RELEASES)("in the database that release %s left behind", (release) => {
  const { kept, known, wrong } = jsonOf<Answers>(release, "answers.json");
  const alterations = jsonOf<{ alteration: Alteration; known: Answer }[]>(release, "altered.json");
  const matrixId = String(jsonOf<Rows>(release, "database.json").matrix?.[0]?.id);
  beforeAll(() => insertEarlier(release));

  it.each(jsonOf<Version[]>(release, "versions.json"))(
    "version $number has its text, its fingerprint, and its signatures as they were",
    async ({ number, fingerprint, previous, signing }) => {
      const version = await findVersion(read, matrixId, number);
      expect(version).toMatchObject({
        fingerprint,
        previousFingerprint: previous,
        canonicalText: Buffer.from(bytesOf(release, "texts", `v${number}.txt`)).toString(),
      });
      const facts = await signingFacts(read, matrixId, number, version?.matrix.parties ?? []);
      // What the release didn't tell of its signatures comes beside what it did.
      expect(asStored({ ...facts, history: toldHistory(1, facts.history) })).toEqual(signing);
    },
  );

  it("the draft is read as it was", async () => {
    expect(withoutLater((await loadMatrix(read, matrixId))?.matrix)).toEqual(jsonOf<Matrix>(release, "draft.json"));
  });

  it("the log is read as it was", async () => {
    const stored = jsonOf<Record<string, { stepId: string; diff: object }[]>>(release, "database.json").logEntry ?? [];
    const entries = await entriesOfMatrix(
      read,
      matrixId,
      { person: "", events: ["draft.edited"], dutyId: "" },
      { after: null, take: 200 },
    );
    expect(entries.length).toBeGreaterThan(30);
    for (const { stepId, diff } of entries)
      expect(diff, stepId).toEqual(stored.find((entry) => entry.stepId === stepId)?.diff);
  });

  it("every file but those told to differ has an answer", () => {
    expect([...Object.keys(known), ...wrong].sort()).toEqual(filesIn(release, "files"));
  });

  it.each(Object.keys(known))("%s is answered as it was", async (name) => {
    expect(asTold(await knownAnswer(name, bytesOf(release, "files", name)))).toEqual(known[name]);
  });

  it.each(wrong)("%s, which its own release told to differ, differs in nothing", async (name) => {
    const { verdict, differences } = await knownAnswer(name, bytesOf(release, "files", name));
    expect([verdict, differences]).toEqual([expect.stringMatching(/^(draft|proposed|in-force)$/), []]);
  });

  it.each(["xlsx", "docx", "pdf", "json"] as const)(
    "what is written of it today in %s, whole, as an amendment and as an extract, differs in nothing",
    async (format) => {
      const now = new Date("2026-03-16T09:00:00.000Z");
      const maya: Actor = {
        userId: "maya",
        name: "Maya Lindqvist",
        email: "maya@nordwind.example",
        secondFactor: false,
      };
      const extract: ExportOptions = {
        choice: { ...WHOLE_PACK, parts: ["matrix", "duties", "contacts"], paper: "Letter" },
      };
      const ways: ExportOptions[] = format === "json" ? [{}] : [{}, { amendment: true }, extract];
      for (const options of ways) {
        for (const number of [2, 3, 4, null]) {
          const { name, bytes } =
            number === null
              ? await exportDraft(maya, matrixId, format, now, options)
              : await exportVersion(maya, matrixId, number, format, now, options);
          const { verdict, differences } = await knownAnswer(name, bytes);
          expect([number, options, verdict, differences]).toEqual([
            number,
            options,
            number === null ? "draft" : number === 2 ? "in-force" : "proposed",
            [],
          ]);
        }
      }
    },
  );

  it.each(alterations.map(({ alteration, known: answer }) => [alteration.name, alteration, answer] as const))(
    "%s, once altered, is named as it was",
    async (_name, alteration, answer) => {
      expect(
        asTold(await knownAnswer(alteration.file, altered(bytesOf(release, "files", alteration.file), alteration))),
      ).toEqual(answer);
    },
  );

  it.each(Object.keys(kept))("%s is known by its bytes where it is kept", async (name) => {
    const bytes = bytesOf(release, "files", name);
    const { id } = await read.version.findUniqueOrThrow({
      where: { matrixId_number: { matrixId, number: Number(name.slice(1, 2)) } },
      select: { id: true },
    });
    await write((tx) =>
      tx.signedFile.create({
        data: {
          id: `kept-${name}`,
          versionId: id,
          part: name,
          name,
          type: "",
          bytes: Uint8Array.from(bytes),
          sha256: bytesHash(bytes),
          createdAt: new Date(0),
        },
      }),
    );
    expect(asTold(await knownAnswer(name, bytes))).toEqual(kept[name]);
  });
});

/**
 * The one sentence of an answer says the day of this installation's own record; the release told it without the time,
 * which is no part of the file, and told a version superseded from the day on which the next one was agreed, where it is
 * the day on which that one takes effect.
 */
function asTold<Told extends { sentence: string }>(answer: Told): Told {
  const sentence = answer.sentence
    .replace(/(\d{4}), \d\d:\d\d:\d\d UTC/g, "$1")
    .replace("superseded by version 2 on 1 Apr 2026", "superseded by version 2 on 8 Mar 2026");
  return { ...answer, sentence };
}

/** Facts of signatures as the release wrote them down: a signature on paper has a day alone since, and what nobody passed on says nothing. */
function asStored(facts: unknown): unknown {
  return JSON.parse(JSON.stringify(facts), (key: string, value: unknown) =>
    key === "handedBy" && value === null
      ? undefined
      : (key === "signedAt" || key === "at") && typeof value === "string" && value.length === 10
        ? `${value}T00:00:00.000Z`
        : value,
  );
}
