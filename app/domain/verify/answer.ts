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
  | "seal-broken"
  | "other-text"
  | "no-text"
  | "unusable";

/**
 * How a file is like the one that Demarc writes for its version: exactly that file, or the same words saved again, by
 * the named program where the file names one.
 */
export type Match = { kind: "exact" } | { kind: "words"; by: string | null };

/** Which part of a version a file shows. */
export type Scope = "whole" | "extract" | "amendment";

/**
 * The result of verifying a file: a verdict with a sentence, the differences, and notes. The names in `about` are those
 * in the file.
 */
export type Answer = {
  verdict: Verdict;
  sentence: string;
  /** How the file is like the one that Demarc writes; null where something differs or nothing was compared. */
  match: Match | null;
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
  match: Match;
  scope: Scope;
  /** Whether its digital signature no longer fits it, or was taken away. */
  sealBroken: boolean;
};

/** Where the fingerprint is looked up: nowhere, in this installation, or in another file of a version. */
export type FingerprintSource =
  | { kind: "nowhere" }
  | { kind: "here"; known: readonly StoredVersion[]; now: Date }
  | { kind: "file"; name: string; number: number; fingerprint: string };

/** The answer for a readable file. At most `limit` differences are listed. */
export function answerFor(examined: ExaminedFile, source: FingerprintSource, limit: number): Answer {
  const { differences, notes, fingerprint, match } = examined;
  const { matrix } = examined.edition;
  const { client, provider } = indexOf(matrix);
  const about = { title: matrix.title, client: client?.name ?? "", provider: provider?.name ?? "", fingerprint };
  const { verdict, sentence } = verdictOf(examined, source);
  return {
    verdict,
    sentence,
    match: differences.length === 0 && COMPARED.includes(verdict) ? match : null,
    differences: differences.slice(0, limit),
    more: Math.max(0, differences.length - limit),
    notes,
    about,
  };
}

/** The answer for a file without anything to compare. */
export function answerWithoutComparison(verdict: Verdict, sentence: string, notes: string[] = []): Answer {
  return { verdict, sentence, match: null, differences: [], more: 0, notes, about: null };
}

/** The verdicts that rest on a comparison in which nothing differed. */
const COMPARED: readonly Verdict[] = [
  "in-force",
  "not-yet",
  "superseded",
  "proposed",
  "withdrawn",
  "draft",
  "consistent",
  "same-text",
  "seal-broken",
];

/** The second line of an answer: how the file is like the one that Demarc writes. */
export function matchSentence(match: Match): string {
  if (match.kind === "exact")
    return "It is exactly the file that Demarc wrote: every part of it is equal, byte for byte, to what Demarc writes for this version.";
  return `It has the same words, saved again by ${match.by ?? "another program or another release of Demarc"}. Everything that shows, hides or replaces words was compared. How it looks (typefaces, sizes and colours, as long as they can be read) was not.`;
}

type VerdictSentence = { verdict: Verdict; sentence: string };

function verdictOf(examined: ExaminedFile, source: FingerprintSource): VerdictSentence {
  const { carried, edition, fingerprint, differences } = examined;
  const draft = carried.kind === "draft";
  const scope = SCOPE_WORDS[examined.scope];
  const claim = `${scope}${draft ? `a draft of “${edition.matrix.title}”` : `version ${edition.number}`}`;
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
  if (examined.sealBroken)
    return {
      verdict: "seal-broken",
      sentence: `This says what ${claim} says, but its digital signature is broken: it no longer fits the file, or was taken away. Don't rely on this copy; ask for the file as it was signed.`,
    };
  if (source.kind === "file")
    return {
      verdict: "same-text",
      sentence: `This ${scope === "" ? "has the text of " : `is ${scope}`}version ${source.number} in ${source.name}, and shows it unaltered. Whether it was agreed can't be told without the installation it comes from.`,
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
      sentence: `This is ${claim}, never signed.${version ? ` Its text is that of version ${version.number}: ${versionVerdict(version, source.now, "").sentence}` : ""}`,
    };
  return version
    ? versionVerdict(version, source.now, scope)
    : { verdict: "not-from-here", sentence: "Not from here." };
}

function differenceCount(differences: number): string {
  return differences === 1 ? "1 difference." : `${differences} differences.`;
}

/** How a sentence begins to speak of a version of which a file shows a part. */
const SCOPE_WORDS: Record<Scope, string> = {
  whole: "",
  extract: "an extract of ",
  amendment: "an amendment that leads to ",
};

/** The verdict and sentence for the state of a version that this installation has. */
function versionVerdict(
  { number, status, agreedAt, effectiveDate, supersededBy }: StoredVersion,
  now: Date,
  scope: string,
): VerdictSentence {
  const version = `${scope}version ${number}`;
  const agreed = agreedAt ? `agreed on ${momentWords(agreedAt)}` : "agreed";
  switch (status) {
    case "agreed":
      if (effectiveDate && isYetToCome(effectiveDate, now))
        return {
          verdict: "not-yet",
          sentence: `This is ${version}, ${agreed}, in force from ${dayWords(effectiveDate)}.`,
        };
      // A file is read in many time zones, so that its readers are told when the day has begun in only some of them.
      if (effectiveDate && effectiveDate > earliestToday(now))
        return {
          verdict: "in-force",
          sentence: `This is ${version}, ${agreed}, in force from ${dayWords(effectiveDate)}, a day that has begun in some parts of the world and not yet in others.`,
        };
      return { verdict: "in-force", sentence: `This is ${version}, ${agreed}, in force.` };
    case "superseded": {
      const from = supersededBy?.from ?? null;
      if (supersededBy && from !== null && from > earliestToday(now))
        return {
          verdict: "in-force",
          sentence: `This is ${version}, ${agreed}, in force until version ${supersededBy.number} takes its place on ${dayWords(from)}${isYetToCome(from, now) ? "" : ", a day that has begun in some parts of the world and not yet in others"}.`,
        };
      const on = from ?? supersededBy?.at ?? null;
      const by = supersededBy ? ` by version ${supersededBy.number}${on ? ` on ${momentWords(on)}` : ""}` : "";
      return { verdict: "superseded", sentence: `This was ${version}, superseded${by}.` };
    }
    case "withdrawn":
      return { verdict: "withdrawn", sentence: `This is ${version}, withdrawn and never agreed.` };
    case "proposed":
      return { verdict: "proposed", sentence: `This is ${version}, proposed and not agreed.` };
  }
}
