// How many tests passed, failed and were skipped, from the reports that the runners leave.
import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ status: string, message: string, assertionResults: { status: string }[] }} FileReport */

/** A runner that left no report, ran nothing, or ended badly with no test to blame, such as for an error outside all of them, is a failure of its own. */
export function countsIn(
  /** @type {string} */ file,
  /** @type {boolean} */ endedWell,
  /** @type {(report: any) => { passed: number, failed: number, skipped: number }} */ read,
) {
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 1, skipped: 0 };
  return counts.failed === 0 && (counts.passed === 0 || !endedWell) ? { ...counts, failed: 1 } : counts;
}

/** Files that fail before their first test, all for one reason such as a database that isn't there, are one failure. */
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
