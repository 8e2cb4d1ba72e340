import { buildReport, type Report } from "~/domain/pack/report";
import { canonicalText } from "~/domain/version/snapshot";
import { fingerprintOf } from "~/files/fingerprint.server";
import { benchMatrix } from "./matrices";

/** The report of a draft of the given size. */
export function workbookReport(duties: number): Report {
  const matrix = benchMatrix(duties);
  const text = canonicalText({ matrix, number: 1, previous: null });
  return buildReport({
    matrix,
    edition: {
      kind: "draft",
      differsFrom: null,
      exportedAt: "2026-03-03T09:00:00.000Z",
      fingerprint: fingerprintOf(text),
      previousFingerprint: null,
      canonicalText: text,
    },
    changes: [],
    blockers: [],
  });
}
