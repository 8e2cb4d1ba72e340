// Reads from the runners' reports how many tests passed, failed and were skipped.
import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ status: string, message: string, assertionResults: { status: string }[] }} FileReport */

/**
 * The counts of a runner. Where it left no report, ran nothing, or failed without a failed test (as by an error outside
 * of all tests), that counts as one failure.
 */
export function countsIn(
  /** @type {string} */ file,
  /** @type {boolean} */ endedWell,
  /** @type {(report: any) => { passed: number, failed: number, skipped: number }} */ read,
) {
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 1, skipped: 0 };
  return counts.failed === 0 && (counts.passed === 0 || !endedWell) ? { ...counts, failed: 1 } : counts;
}

/**
 * The counts of Vitest's report. Files that fail before their first test for the same reason, such as a missing
 * database, are one failure.
 */
export function vitestCounts(
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: FileReport[] }} */ {
    numPassedTests,
    numFailedTests,
    numPendingTests,
    numTodoTests,
    testResults,
  },
) {
  const unread = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + new Set(unread.map(({ message }) => message)).size,
    skipped: numPendingTests + numTodoTests,
  };
}

export function playwrightCounts({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}
