import fc from "fast-check";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { buildAmendment } from "~/domain/pack/amendment";
import { amendmentReport, buildReport, type Report } from "~/domain/pack/report";
import { WHOLE_PACK, type Paper } from "~/domain/pack/report-parts";
import { differenceSentence } from "~/domain/verify/difference-words";
import type { Matrix } from "~/domain/matrix/matrix";
import { writeDocx } from "~/files/docx.server";
import { writeJson } from "~/files/json.server";
import { writePdf } from "~/files/pdf.server";
import { verifyFile } from "~/files/verify/verify.server";
import { writeXlsx } from "~/files/xlsx.server";
import { FORGERIES, type Forgery } from "../support/forgeries";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { readBy } from "../support/read-by";
import { aVersion } from "../support/version-files";

const SEED = 20261127;
const FORGED = { docx: 900, xlsx: 900, pdf: 200 };
const REPORTS = 65;

/** Words of many scripts, and what programs write otherwise than they read it. */
const WORDS = [
  "Answer the phone",
  "Überwachung der Prüfung",
  "A non\u2011breaking and a soft\u00adhyphen",
  "No\u00a0break",
  "负责人 網路 ネットワーク 네트워크",
  "שלום עולם (12)",
  "مرحبا بالعالم 3-4",
  "ความปลอดภัย",
  "नेटवर्क की निगरानी",
  "Ελληνικά Кириллица",
  "👩‍💻 on call",
  "=cmd|'calc' & <b> \"x\"",
  "_x0041_ and _x005F_",
  "private \uf0a7 use",
  "one\ntwo\nthree",
  "&P &G &L",
  "{PAGE} \\tab",
];
const words = fc.constantFrom(...WORDS);

type Kind = "whole" | "extract" | "amendment" | "draft";
const reports = fc.record({
  texts: fc.array(words, { minLength: 3, maxLength: 3 }),
  boundary: words,
  done: words,
  reason: words,
  author: words,
  party: words,
  paper: fc.constantFrom<Paper>("A4", "Letter"),
  kind: fc.constantFrom<Kind>("whole", "extract", "amendment", "draft"),
  status: fc.constantFrom("agreed" as const, "proposed" as const),
});
type Drawn = typeof reports extends fc.Arbitrary<infer T> ? T : never;

const oneLine = (text: string) => text.replaceAll("\n", " ");

function matrixOf({ texts, boundary, done, party }: Drawn): Matrix {
  const base = aMatrix();
  return {
    ...base,
    issued: { SUP: texts.length },
    title: `Who does what: ${oneLine(texts[0] ?? "")}`,
    parties: base.parties.map((one, i) => (i === 1 ? { ...one, name: `Harbour ${oneLine(party)}` } : one)),
    duties: texts.map((text, i) =>
      aDuty({
        id: `duty-${i}`,
        code: `SUP-0${i + 1}`,
        domainId: "sup",
        text: `${i + 1} ${oneLine(text)}`,
        boundary: i === 0 ? boundary : "",
        doneWhen: i === 1 ? done : "",
        letters: cells({ "it-lead": "A", "service-desk": "R" }),
      }),
    ),
  };
}

function reportOf(drawn: Drawn): { report: Report; matrix: Matrix } {
  const matrix = matrixOf(drawn);
  const { edition, report, signatures, history } = aVersion({ matrix, status: drawn.status });
  const before = {
    ...matrix,
    duties: matrix.duties.map((duty, i) => (i === 2 ? { ...duty, text: drawn.boundary } : duty)),
  };
  const amendment = buildAmendment({
    base: {
      matrix: before,
      number: 2,
      status: "agreed",
      publishedAt: "2026-02-01T09:00:00.000Z",
      fingerprint: "a".repeat(64),
    },
    matrix,
    becomes: 3,
    ordinal: 1,
  });
  const { fingerprint, previousFingerprint, canonicalText } = edition;
  const whole = buildReport({
    matrix,
    edition:
      drawn.kind === "draft"
        ? {
            kind: "draft",
            differsFrom: 2,
            exportedAt: edition.publishedAt,
            fingerprint,
            previousFingerprint,
            canonicalText,
          }
        : { ...edition, reason: drawn.reason, authorName: oneLine(drawn.author) },
    changes: report.changes,
    blockers: report.blockers,
    signatures: drawn.kind === "draft" ? [] : signatures,
    history: drawn.kind === "draft" ? [] : history,
    choice: { parts: drawn.kind === "extract" ? ["matrix", "duties"] : WHOLE_PACK.parts, paper: drawn.paper },
    amendment,
  });
  return { report: drawn.kind === "amendment" ? amendmentReport(whole, amendment) : whole, matrix };
}

const GOOD = ["consistent", "draft"];
const check = (bytes: Uint8Array) => verifyFile(bytes, "", async () => ({ kind: "nowhere" }));
const WRITERS = { docx: writeDocx, xlsx: writeXlsx, pdf: (report: Report) => writePdf(report) } as const;

describe.each(["docx", "xlsx", "pdf"] as const)("of forgeries of a %s", (format) => {
  it(`${FORGED[format]} at random, of every kind and at every place, none passes as unaltered`, async () => {
    const bases = await Promise.all(
      fc
        .sample(reports, { seed: SEED, numRuns: 3 })
        .map((drawn) => WRITERS[format](reportOf({ ...drawn, kind: "whole" }).report)),
    );
    const wanted = fc.tuple(
      fc.constantFrom<Forgery>(...FORGERIES[format]),
      fc.constantFrom(...bases),
      fc.tuple(fc.stringMatching(/^[A-Z][a-z]{2,9}$/), words).map(([first, rest]) => `${first} ${oneLine(rest)}`),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    );
    let forged = 0;
    for (const [{ name, forge }, base, clause, place] of fc.sample(wanted, { seed: SEED, numRuns: FORGED[format] })) {
      const { verdict } = await check(forge(base, clause, place));
      expect([name, place, verdict, GOOD.includes(verdict)]).toEqual([name, place, verdict, false]);
      forged += 1;
    }
    expect(forged).toBe(FORGED[format]);
  }, 600_000);
});

describe("of genuine files", () => {
  const drawn = fc.sample(reports, { seed: SEED, numRuns: REPORTS });

  it(`${REPORTS * 4} in every format, paper and script, each is exactly what Demarc wrote`, async () => {
    for (const one of drawn) {
      const { report, matrix } = reportOf(one);
      const files = [
        ["docx", await writeDocx(report)],
        ["xlsx", await writeXlsx(report)],
        ["pdf", await writePdf(report)],
        ["json", new TextEncoder().encode(writeJson(matrix, report.edition))],
      ] as const;
      for (const [format, bytes] of files) {
        const { verdict, differences, match } = await check(bytes);
        expect([format, one, GOOD.includes(verdict), differences.map(differenceSentence), match]).toEqual([
          format,
          one,
          true,
          [],
          { kind: "exact" },
        ]);
      }
    }
  }, 600_000);

  readBy(
    ["soffice", "qpdf"],
    `${REPORTS * 4} that LibreOffice and qpdf saved again, each has the same words`,
    async () => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-genuine-"));
      const at = (...names: string[]) => path.join(folder, ...names);
      for (const format of ["docx", "xlsx", "pdf"] as const) mkdirSync(at(format));
      for (const [i, one] of drawn.entries()) {
        const { report } = reportOf(one);
        for (const format of ["docx", "xlsx", "pdf"] as const)
          writeFileSync(at(format, `${i}.${format}`), await WRITERS[format](report));
      }
      const names = drawn.map((_, i) => String(i));
      for (const [format, filter] of [
        ["docx", "MS Word 2007 XML"],
        ["xlsx", "Calc MS Excel 2007 XML"],
      ] as const)
        spawnSync("soffice", [
          `-env:UserInstallation=file://${at("profile")}`,
          "--headless",
          "--convert-to",
          `${format}:${filter}`,
          "--outdir",
          at("again"),
          ...names.map((name) => at(format, `${name}.${format}`)),
        ]);
      for (const name of names) {
        execFileSync("qpdf", [
          "--linearize",
          "--object-streams=generate",
          at("pdf", `${name}.pdf`),
          at("again", `${name}.pdf`),
        ]);
        execFileSync("qpdf", ["--qdf", at("pdf", `${name}.pdf`), at("again", `${name}-plain.pdf`)]);
        for (const file of [`${name}.docx`, `${name}.xlsx`, `${name}.pdf`, `${name}-plain.pdf`]) {
          const { verdict, differences, match } = await check(new Uint8Array(readFileSync(at("again", file))));
          expect([
            file,
            drawn[Number(name)],
            GOOD.includes(verdict),
            differences.map(differenceSentence),
            match?.kind,
          ]).toEqual([file, drawn[Number(name)], true, [], "words"]);
        }
      }
      rmSync(folder, { recursive: true, force: true });
    },
    600_000,
  );
});
