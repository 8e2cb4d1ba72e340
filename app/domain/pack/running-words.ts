import { shortFingerprint } from "../version/snapshot";
import { isSchedule, type Report } from "./report";
import type { Paper } from "./report-parts";

/** What stands at the head and foot of each page beside the page's number, on which paper. */
export type RunningWords = { paper: Paper; names: string; edition: string; mark: string; foot: string };

/** So much of a reference stands at the foot, so that the fingerprint after it has room. */
const REFERENCE_LENGTH = 36;

/**
 * The words at the head and foot of each page. The foot of a schedule names the exhibit, the agreement and the version,
 * so that a page that was parted from the others tells what it belongs to.
 */
export function runningWords(report: Report): RunningWords {
  const { paper, client, provider, title, editionName, mark, edition, frame } = report;
  const fingerprint = `Fingerprint ${shortFingerprint(edition.fingerprint)}`;
  const head = { paper, names: `${client} and ${provider}`, mark };
  if (!isSchedule(report.writer)) return { ...head, edition: editionName, foot: fingerprint };
  const references = [
    named("Exhibit", frame?.exhibit ?? "", /^(?:exhibit|schedule|annex|appendix|attachment)\b/i),
    named("Agreement", frame?.agreement ?? "", /\bagreement\b/i),
  ];
  const foot = [...references, editionName, fingerprint].filter(Boolean).join(" · ");
  return { ...head, edition: title, foot };
}

/** A reference after what it is, unless it says so itself. */
function named(what: string, reference: string, says: RegExp): string {
  if (reference === "") return "";
  return says.test(reference) ? shortened(reference) : `${what} ${shortened(reference)}`;
}

function shortened(text: string): string {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length <= REFERENCE_LENGTH
    ? characters.join("")
    : `${characters.slice(0, REFERENCE_LENGTH - 1).join("")}…`;
}
