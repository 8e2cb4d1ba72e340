import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Matrix } from "~/domain/matrix/matrix";
import { buildAmendment } from "~/domain/pack/amendment";
import { amendmentReport, buildReport, type Report } from "~/domain/pack/report";
import { WHOLE_PACK, type Paper } from "~/domain/pack/report-parts";
import { differenceSentence } from "~/domain/verify/difference-words";
import { writeDocx } from "~/files/docx.server";
import { writePdf } from "~/files/pdf.server";
import { verifyFile, type LookUpVersion } from "~/files/verify/verify.server";
import { writeXlsx } from "~/files/xlsx.server";
import { withContent } from "../support/pdfs";
import { readBy } from "../support/read-by";
import { aFullMatrix, aVersion } from "../support/version-files";

const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-verify-scripts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A text of each script, and characters that no typeface has. */
const TEXTS = {
  Chinese: "检查备份（每天），保留三份。网络",
  Japanese: "バックアップを確認し、「完了」と記録する",
  Korean: "매일 백업을 확인한다",
  Arabic: "التحقق من النسخ (كل يوم) 3-4 ٠١",
  Hebrew: "בדיקת גיבוי (כל יום) 3.2 [נספח]",
  Thai: "ตรวจสอบการสำรองข้อมูล น้ำ ทุกวัน",
  Hindi: "बैकअप की जाँच प्रतिदिन क्षत्रिय",
  emoji: "On call 👩‍💻 ✅ 1️⃣",
  "no typeface": "Lead ꙮ and \uE000 𒀀",
};

const before: Matrix = aFullMatrix();
const base = {
  matrix: before,
  number: 2,
  status: "agreed",
  publishedAt: "2026-02-01T09:00:00.000Z",
  fingerprint: "a".repeat(64),
};

function amendmentWith(text: string, paper: Paper): Report {
  const after = {
    ...before,
    title: `${before.title} ${text}`,
    duties: before.duties.slice(0, 6).map((duty, i) => (i === 1 ? { ...duty, doneWhen: text, text } : duty)),
  };
  const changed = aVersion({ matrix: after });
  const amendment = buildAmendment({ base, matrix: after, becomes: 3, ordinal: 1 });
  const signatures = changed.signatures.map((signature, i) =>
    i === 0 ? { ...signature, title: text, organisation: text } : signature,
  );
  const whole = buildReport({
    matrix: after,
    edition: { ...changed.edition, reason: text, authorName: text },
    changes: changed.report.changes,
    blockers: changed.report.blockers,
    signatures,
    history: changed.history,
    choice: { ...WHOLE_PACK, paper },
    amendment,
  });
  return amendmentReport(whole, amendment);
}

const nowhere: LookUpVersion = async () => ({ kind: "nowhere" });

describe("an amendment with other scripts", () => {
  const cases = Object.entries(TEXTS).flatMap(([script, text]) =>
    (["A4", "Letter"] as const).map((paper) => ({ script, text, paper })),
  );

  it.each(cases)("is exactly the file in every format: $script on $paper", async ({ text, paper }) => {
    const report = amendmentWith(text, paper);
    for (const [name, bytes] of [
      ["a.pdf", await writePdf(report)],
      ["a.docx", await writeDocx(report)],
      ["a.xlsx", await writeXlsx(report)],
    ] as const) {
      const { verdict, differences, match } = await verifyFile(bytes, name, nowhere);
      expect([name, verdict, differences.map(differenceSentence), match]).toEqual([
        name,
        "consistent",
        [],
        { kind: "exact" },
      ]);
    }
  });

  readBy(
    ["qpdf"],
    "has the same words when qpdf saves it again",
    async () => {
      for (const [script, text] of Object.entries(TEXTS)) {
        const [file, again] = [path.join(folder, "a.pdf"), path.join(folder, "again.pdf")];
        writeFileSync(file, await writePdf(amendmentWith(text, "A4")));
        for (const how of [["--qdf"], ["--linearize", "--object-streams=generate"]]) {
          execFileSync("qpdf", [...how, file, again]);
          const { verdict, differences, match } = await verifyFile(
            new Uint8Array(readFileSync(again)),
            "again.pdf",
            nowhere,
          );
          expect([script, how, verdict, differences.map(differenceSentence), match?.kind]).toEqual([
            script,
            how,
            "consistent",
            [],
            "words",
          ]);
        }
      }
    },
    120_000,
  );
});

describe("what a page says beside its glyphs", () => {
  it.each([
    [
      "another text",
      (content: string) => content.replace(/\/ActualText <feff0e[0-9a-f]+>/, "/ActualText <feff004e006f>"),
    ],
    ["glyphs in their order", (content: string) => content.replace("/ReversedChars BMC", "/Reversed BMC")],
    [
      "a text for glyphs that have one",
      (content: string) =>
        content
          .replace(/BT\n(.*?Tf\n)(?!\/Span)/s, "BT\n$1/Span <</ActualText <feff004e006f>>> BDC\n")
          .replace(/ET\n/, "EMC\nET\n"),
    ],
  ])("is compared: %s", async (_what, forge) => {
    const bytes = await writePdf(amendmentWith(`${TEXTS.Thai} ${TEXTS.Arabic}`, "A4"));
    let changed = 0;
    const forged = withContent(bytes, (content) => {
      const other = forge(content);
      if (other !== content) changed += 1;
      return other;
    });
    expect(changed).toBeGreaterThan(0);
    const { verdict, differences } = await verifyFile(forged, "v.pdf", nowhere);
    expect(verdict).not.toBe("consistent");
    expect(differences.length).toBeGreaterThan(0);
  });
});
