import { dayWords } from "../day-words";
import { quoted } from "../text";

type LogFacts = Record<string, string | number | boolean>;

/**
 * A sentence about an event of a version's signing; null for other events. `event` and the facts are those of a log
 * entry.
 */
export function describeSigning(
  event: string,
  { number, name, names, reason, to, from, party, due, file, proposed, handed }: LogFacts,
): string | null {
  const version = `version ${number}`;
  switch (event) {
    case "version.sent":
      return `Sent ${version} for signing to ${names}${due ? `, due by ${dayWords(String(due))}` : ""}.${proposed ? ` Proposed to ${party}, who confirm them first: ${proposed}.` : ""}`;
    case "version.signed":
      return `Signed ${version} for ${party}.`;
    case "version.declined":
      return `Declined to sign ${version} for ${party}: ${quoted(String(reason))}`;
    case "version.withdrawn":
      return `Withdrew ${version}: ${quoted(String(reason))}`;
    case "version.agreed":
      return `With that everybody had signed: ${version} is agreed.`;
    case "version.superseded":
      return from
        ? `With that version ${to} takes the place of ${version} on ${dayWords(String(from))}.`
        : `With that version ${to} took the place of ${version}.`;
    case "version.reminded":
      return handed
        ? `Made a new link for ${name} to sign ${version}, to hand over.`
        : `Reminded ${name} to sign ${version}.`;
    case "version.code-shown":
      return `Was shown the code for ${name} of ${party} to sign ${version}, to pass it on.`;
    case "version.signatory-named":
      return `Named ${name} to sign ${version} for ${party}.`;
    case "version.signatory-confirmed":
      return `Confirmed that ${name} signs ${version} for ${party}.`;
    case "version.signatory-replaced":
      return `Asked ${to} instead of ${name} to sign ${version} for ${party}.`;
    case "version.signatory-removed":
      return `No longer asks ${name} to sign ${version} for ${party}.`;
    case "version.paper-stated":
      return `Stated that ${names} signed ${version} on paper, and uploaded ${file}.`;
    case "version.paper-confirmed":
      return `Confirmed that ${name} signed ${version} on paper.`;
    case "version.paper-refused":
      return `Did not confirm that ${name} signed ${version} on paper.`;
    default:
      return null;
  }
}
