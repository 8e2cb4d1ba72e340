import { indexOf } from "../matrix/owner";
import { dayWords, momentWords } from "../day-words";
import { earliestToday, isYetToCome } from "../days";
import type { Edition } from "../version/snapshot";
import type { CarriedText } from "./carried";
import type { StoredVersion } from "./facts";
import type { Difference } from "./part";

export type Verdict =
  | "in-force"
  | "not-yet"
  | "superseded"
  | "proposed"
  | "withdrawn"
  | "draft"
  | "differs"
  | "text-altered"
  | "not-from-here"
  | "consistent"
  | "same-text"
  | "other-text"
  | "no-text"
  | "unusable";

/**
 * The result of verifying a file: a verdict with a sentence, the differences, and notes. The names in `about` are those
 * in the file.
 */
export type Answer = {
  verdict: Verdict;
  sentence: string;
  differences: Difference[];
  /** The number of differences that aren't listed. */
  more: number;
  notes: string[];
  about: { title: string; client: string; provider: string; fingerprint: string } | null;
};

/** The results of examining a file, before its fingerprint is looked up. */
export type ExaminedFile = {
  carried: CarriedText;
  /** The edition in the canonical text that the file carries. */
  edition: Edition;
  /** The SHA-256 of that text, recomputed. */
  fingerprint: string;
  differences: Difference[];
  notes: string[];
};

/** Where the fingerprint is looked up: nowhere, in this installation, or in another file of a version. */
export type FingerprintSource =
  | { kind: "nowhere" }
  | { kind: "here"; known: readonly StoredVersion[]; now: Date }
  | { kind: "file"; name: string; number: number; fingerprint: string };

/** The answer for a readable file. At most `limit` differences are listed. */
export function answerFor(examined: ExaminedFile, source: FingerprintSource, limit: number): Answer {
  const { differences, notes, fingerprint } = examined;
  const { matrix } = examined.edition;
  const { client, provider } = indexOf(matrix);
  const about = { title: matrix.title, client: client?.name ?? "", provider: provider?.name ?? "", fingerprint };
  const { verdict, sentence } = verdictOf(examined, source);
  return {
    verdict,
    sentence,
    differences: differences.slice(0, limit),
    more: Math.max(0, differences.length - limit),
    notes,
    about,
  };
}

/** The answer for a file without anything to compare. */
export function answerWithoutComparison(verdict: Verdict, sentence: string, notes: string[] = []): Answer {
  return { verdict, sentence, differences: [], more: 0, notes, about: null };
}

type VerdictSentence = { verdict: Verdict; sentence: string };

function verdictOf(examined: ExaminedFile, source: FingerprintSource): VerdictSentence {
  const { carried, edition, fingerprint, differences } = examined;
  const draft = carried.kind === "draft";
  const claim = draft ? `a draft of “${edition.matrix.title}”` : `version ${edition.number}`;
  if (
    carried.fingerprint !== fingerprint ||
    carried.previous !== edition.previous ||
    (!draft && carried.number !== edition.number)
  ) {
    return {
      verdict: "text-altered",
      sentence: `This claims to be ${claim}, but the text it carries inside was changed: it doesn't give the fingerprint the file names. Don't rely on it.`,
    };
  }
  if (source.kind === "file" && source.fingerprint !== fingerprint) {
    return {
      verdict: "other-text",
      sentence: `This is not the text of version ${source.number} in ${source.name}: ${differenceCount(differences.length)}`,
    };
  }
  const versions = source.kind === "here" ? source.known : [];
  if (source.kind === "here" && versions.length === 0 && !draft) {
    return {
      verdict: "not-from-here",
      sentence: `Not from here. It claims to be ${claim}, but no version with its fingerprint is kept in this installation.`,
    };
  }
  if (differences.length > 0)
    return {
      verdict: "differs",
      sentence: `This claims to be ${claim}, but it differs from it: ${differenceCount(differences.length)}`,
    };
  if (source.kind === "file")
    return {
      verdict: "same-text",
      sentence: `This has the text of version ${source.number} in ${source.name}, and shows it unaltered. Whether it was agreed can't be told without the installation it comes from.`,
    };
  if (source.kind === "nowhere") {
    const sentence = draft
      ? `Consistent with itself. It is ${claim}, and says that it was never signed.`
      : `Consistent with itself, and claims to be ${claim}. Whether that version was agreed can't be told from the file alone.`;
    return { verdict: draft ? "draft" : "consistent", sentence };
  }
  const [version] = versions;
  if (draft)
    return {
      verdict: "draft",
      sentence: `This is ${claim}, never signed.${version ? ` Its text is that of version ${version.number}: ${versionVerdict(version, source.now).sentence}` : ""}`,
    };
  return version ? versionVerdict(version, source.now) : { verdict: "not-from-here", sentence: "Not from here." };
}

function differenceCount(differences: number): string {
  return differences === 1 ? "1 difference." : `${differences} differences.`;
}

/** The verdict and sentence for the state of a version that this installation has. */
function versionVerdict(
  { number, status, agreedAt, effectiveDate, supersededBy }: StoredVersion,
  now: Date,
): VerdictSentence {
  const agreed = agreedAt ? `agreed on ${momentWords(agreedAt)}` : "agreed";
  switch (status) {
    case "agreed":
      if (effectiveDate && isYetToCome(effectiveDate, now))
        return {
          verdict: "not-yet",
          sentence: `This is version ${number}, ${agreed}, in force from ${dayWords(effectiveDate)}.`,
        };
      // A file is read in many time zones, so that its readers are told when the day has begun in only some of them.
      if (effectiveDate && effectiveDate > earliestToday(now))
        return {
          verdict: "in-force",
          sentence: `This is version ${number}, ${agreed}, in force from ${dayWords(effectiveDate)}, a day that has begun in some parts of the world and not yet in others.`,
        };
      return { verdict: "in-force", sentence: `This is version ${number}, ${agreed}, in force.` };
    case "superseded": {
      const by = supersededBy
        ? ` by version ${supersededBy.number}${supersededBy.at ? ` on ${momentWords(supersededBy.at)}` : ""}`
        : "";
      return { verdict: "superseded", sentence: `This was version ${number}, superseded${by}.` };
    }
    case "withdrawn":
      return { verdict: "withdrawn", sentence: `This is version ${number}, withdrawn and never agreed.` };
    case "proposed":
      return { verdict: "proposed", sentence: `This is version ${number}, proposed and not agreed.` };
  }
}
