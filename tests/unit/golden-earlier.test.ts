import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { termsHash } from "~/domain/agreement/agreement";
import { applyCommands } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import { applyDiff, diffMatrices, invertDiff } from "~/domain/changes/diff";
import { matrixDiffSchema, type MatrixDiff } from "~/domain/changes/diff-schema";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { readCanonical } from "~/domain/version/read-canonical";
import { canonicalText } from "~/domain/version/snapshot";
import { upgradeMatrix } from "~/domain/version/upgrade";
import type { Answer } from "~/domain/verify/answer";
import { bytesHash, fingerprintOf } from "~/files/fingerprint.server";
import { readMatrixFile } from "~/files/json.server";
import { altered, type Alteration } from "../golden/alterations";
import { bytesOf, jsonOf, RELEASES, snapshotsOf, type Rows } from "../golden/earlier";
import { withLater, withoutLater } from "../golden/later";
import { generatedMatrix, hashesOf } from "../golden/generated";
import { loneAnswer } from "../golden/verifying";

type Version = {
  number: number;
  schema: number;
  fingerprint: string;
  previous: string | null;
  terms: Record<string, string>;
  read: Matrix;
};
type Entry = { stepId: string; revision: number; event: string; commands: MatrixCommand[]; diff: MatrixDiff };

/** Every way in which a duty, and what is around it, can be said to be: the editions of a set hold each. */
const EVERYWHERE = [
  "accepted",
  "accountability",
  "agreementReference",
  "answererShare",
  "asked",
  "boundary",
  "cadence",
  "cis",
  "client",
  "closed",
  "compromise",
  "confirmed",
  "cover",
  "coverPeriod",
  "csf",
  "decides",
  "decisions",
  "deleted",
  "description",
  "documentation",
  "doneWhen",
  "earlyWin",
  "effectiveDate",
  "engagedBy",
  "exhibit",
  "firstWorkshop",
  "how",
  "issued",
  "knowledge",
  "lead",
  "letters",
  "limit",
  "manyAsked",
  "manyDoers",
  "marks",
  "oftenDisputed",
  "partyId",
  "personDuties",
  "position",
  "precedence",
  "reserved",
  "reviewDate",
  "risk",
  "riskOwner",
  "ruler",
  "ruling",
  "scheme",
  "searchWords",
  "silence",
  "stance",
  "standing",
  "suggestions",
  "today",
  "told",
  "tools",
  "tried",
  "until",
  "why",
  "workshopQuestion",
];

describe.each(RELEASES)("what release %s left behind:", (release) => {
  const versions = jsonOf<Version[]>(release, "versions.json");
  const snapshots = snapshotsOf(release);
  const stored = (number: number) => matrixSchema.parse(upgradeMatrix(snapshots.get(number)));
  const textOf = (number: number) => Buffer.from(bytesOf(release, "texts", `v${number}.txt`)).toString();

  describe.each(versions)("the text of version $number", ({ number, schema, fingerprint, previous, terms, read }) => {
    it("has the fingerprint it had", () => {
      expect(fingerprintOf(textOf(number))).toBe(fingerprint);
    });
    it("is read as it was, and written again gives the same bytes", () => {
      const edition = readCanonical(textOf(number));
      expect(withoutLater(edition)).toEqual({ ok: true, value: { matrix: read, number, previous } });
      // An earlier form is read for good, and written no more.
      if (edition.ok && schema === 2) expect(canonicalText(edition.value)).toBe(textOf(number));
    });
    it("is what the stored version gives", () => {
      if (schema === 2) expect(canonicalText({ matrix: stored(number), number, previous })).toBe(textOf(number));
      else
        expect(stored(number)).toMatchObject({
          duties: read.duties.map(({ id, text, letters }) => ({ id, text, letters })),
        });
    });
    it("has duties whose terms have the hashes they had", () => {
      expect(
        Object.fromEntries(stored(number).duties.map((duty) => [duty.id, termsHash(stored(number), duty)])),
      ).toEqual(terms);
    });
  });

  it("its versions say something in every field", () => {
    const said = new Set<string>();
    const look = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [name, nested] of Object.entries(value)) {
        if (
          nested !== "" &&
          nested !== null &&
          nested !== false &&
          JSON.stringify(nested) !== "{}" &&
          JSON.stringify(nested) !== "[]"
        )
          said.add(name);
        look(nested);
      }
    };
    look([...snapshots.values()]);
    const names = Object.keys(withoutLater(matrixSchema.parse(stored(2))));
    expect([...names, ...EVERYWHERE].filter((name) => !said.has(name))).toEqual([]);
  });

  describe("the log", () => {
    const rows = jsonOf<Rows>(release, "database.json");
    const log = ((rows.logEntry ?? []) as unknown as Entry[])
      .filter(({ event }) => event === "draft.edited" || event === "version.published")
      .sort((a, b) => a.revision - b.revision);
    const { revision: signed = 0 } = (rows.version ?? []).find(({ number }) => number === 2) as unknown as {
      revision?: number;
    };
    const steps = log.filter(({ revision, diff }) => revision > signed && Object.keys(diff).length > 0);
    const draft = jsonOf<Matrix>(release, "draft.json");

    it("has every kind of path", () => {
      const paths = steps.flatMap(({ diff }) => [
        ...Object.keys(diff.fields),
        ...[diff.parties, diff.roles, diff.domains, diff.duties].flatMap(
          (part) => part?.changed.flatMap(({ fields }) => Object.keys(fields)) ?? [],
        ),
      ]);
      expect(new Set(paths.map((path) => path.split("/", 1)[0]))).toEqual(
        new Set([
          "title",
          "settings",
          "terms",
          "accepted",
          "deleted",
          "issued",
          "name",
          "engagedBy",
          "lead",
          "text",
          "description",
          "doneWhen",
          "cadence",
          "boundary",
          "reserved",
          "cover",
          "tools",
          "decisions",
          "coverPeriod",
          "standing",
          "letters",
          "documentation",
          "knowledge",
          "searchWords",
          "earlyWin",
          "today",
          "stance",
          "cis",
          "csf",
          "oftenDisputed",
          "firstWorkshop",
          "workshopQuestion",
          "domainId",
          "suggestions",
          "marks",
          "ruling",
          "partyId",
        ]),
      );
    });
    it("leads, diff by diff, from the signed version to the draft, and each command makes the diff it made", () => {
      let matrix = stored(2);
      for (const { stepId, commands, diff } of steps) {
        const made = applyCommands(matrix, commands);
        expect(made.rejected, stepId).toEqual([]);
        expect(withoutLater(diffMatrices(matrix, made.matrix)), stepId).toEqual(diff);
        const applied = applyDiff(matrix, withLater(diff));
        expect(withoutLater(applied), stepId).toEqual({ ok: true, value: withoutLater(made.matrix) });
        matrix = made.matrix;
      }
      expect(withoutLater(matrix)).toEqual(draft);
    });
    it("leads back, diff by diff, to the signed version, but for the numbers that were issued", () => {
      let matrix = matrixSchema.parse(draft);
      for (const { stepId, diff } of steps.toReversed()) {
        const back = applyDiff(matrix, invertDiff(withLater(diff)));
        if (!back.ok) throw new Error(`${stepId}: ${back.rejection.message}`);
        matrix = back.value;
      }
      expect(withoutLater(matrix)).toEqual(withoutLater({ ...stored(2), issued: draft.issued }));
    });
    it("is undone by a command wherever it sets what an undo may set", () => {
      const undone = steps.map(({ stepId, diff }) => [stepId, matrixDiffSchema.safeParse(invertDiff(diff)).success]);
      expect(Object.fromEntries(undone)).toEqual(jsonOf(release, "undone.json"));
    });
  });

  it("matrices by the hundred have the texts, the terms and the diffs they had", () => {
    const hashes = jsonOf<ReturnType<typeof hashesOf>[]>(release, "generated.json");
    expect(hashes.length).toBeGreaterThanOrEqual(500);
    for (const [seed, expected] of hashes.entries()) {
      const matrix = generatedMatrix(seed);
      const text = canonicalText({ matrix, number: 7, previous: "a".repeat(64) });
      expect(hashesOf(matrix, generatedMatrix(seed + 1)), `seed ${seed}`).toEqual(expected);
      const edition = readCanonical(text);
      expect(edition.ok && canonicalText(edition.value), `seed ${seed}`).toBe(text);
    }
  });

  it.each(["v1.json", "v2.json", "v3.json", "draft.json"])(
    "the matrix file %s is read as the matrix it was written from",
    (name) => {
      const file = readMatrixFile(Buffer.from(bytesOf(release, "files", name)).toString());
      const written = name === "draft.json" ? jsonOf<Matrix>(release, "draft.json") : stored(Number(name.slice(1, 2)));
      expect(withoutLater(file)).toEqual({ ok: true, value: withoutLater(written) });
    },
  );

  it("the ZIP holds the files as they are, each with its hash in the manifest", () => {
    const parts = unzipSync(bytesOf(release, "files", "v2.zip"));
    const { files } = JSON.parse(strFromU8(parts["manifest.json"] ?? new Uint8Array())) as {
      files: { name: string; size: number; sha256: string }[];
    };
    expect(
      files
        .map(({ name }) => name)
        .concat("manifest.json")
        .sort(),
    ).toEqual(Object.keys(parts).sort());
    const alone = ["xlsx", "docx", "pdf", "json", "csv", "md"].map((format) =>
      bytesHash(bytesOf(release, "files", `v2.${format}`)),
    );
    const amendment = ["xlsx", "docx", "pdf"].map((format) =>
      bytesHash(bytesOf(release, "files", `v2-amendment.${format}`)),
    );
    expect(files.map(({ sha256 }) => sha256)).toEqual([...alone, ...amendment]);
    for (const { name, size, sha256 } of files)
      expect([bytesHash(parts[name] ?? new Uint8Array()), parts[name]?.length]).toEqual([sha256, size]);
  });

  const { alone } = jsonOf<{ alone: Record<string, Answer> }>(release, "answers.json");
  it.each(Object.keys(alone))("%s is answered without an installation as it was", async (name) => {
    expect(await loneAnswer(name, bytesOf(release, "files", name))).toEqual(alone[name]);
  });
  const { wrong } = jsonOf<{ wrong: string[] }>(release, "answers.json");
  it.each(wrong)("%s, which its own release told to differ, shows what it carries", async (name) => {
    const answer = await loneAnswer(name, bytesOf(release, "files", name));
    expect([answer.verdict, answer.differences]).toEqual([name.startsWith("draft") ? "draft" : "consistent", []]);
  });
  const alterations = jsonOf<{ alteration: Alteration; alone: Answer }[]>(release, "altered.json");
  it.each(alterations.map(({ alteration, alone: answer }) => [alteration.name, alteration, answer] as const))(
    "%s, once altered, is answered without an installation as it was",
    async (_name, alteration, answer) => {
      expect(
        await loneAnswer(alteration.file, altered(bytesOf(release, "files", alteration.file), alteration)),
      ).toEqual(answer);
    },
  );
});
