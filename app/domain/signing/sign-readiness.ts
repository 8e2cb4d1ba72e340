import { dayWords } from "../day-words";
import { blockerWords, type Blocker } from "../findings/blockers";
import { coverStops } from "../findings/cover-rules";
import type { CoverFacts } from "../escalation/week/cover-facts";
import { vacancySentence, workingVacancies } from "../findings/people-rules";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { RoleHolder } from "../people/people";

export type NeedPart = "duties" | "blockers" | "holders" | "cover" | "signatories" | "dates";

/**
 * A requirement of signing. `left` holds sentences about what is still missing. When `stops` is true, the version can't
 * be sent before nothing is missing.
 */
export type SigningNeed = { part: NeedPart; title: string; left: string[]; stops: boolean };

/** The facts about signing that a matrix doesn't contain. */
export type SigningFacts = {
  /** Today's date as YYYY-MM-DD. */
  today: string;
  /** The blockers of the text to be signed. */
  blockers: readonly Blocker[];
  holders: readonly RoleHolder[];
  /** Who can be reached when; nothing is said of it where it isn't known yet. */
  cover?: CoverFacts;
  /** The number of known people who could sign for each side. */
  signers: Record<"client" | "provider", number>;
};

/**
 * The requirements of signing, always in the same order. Every page shows this list, and sending a version checks it.
 */
export function signingRequirements(
  matrix: Matrix,
  { today, blockers, holders, cover, signers }: SigningFacts,
): SigningNeed[] {
  const { client, provider } = indexOf(matrix);
  const vacant = workingVacancies(matrix, holders);
  const { reviewDate } = matrix.terms;
  const unnamed = [client, provider].flatMap((party) =>
    party?.kind === "client" || party?.kind === "provider" ? (signers[party.kind] === 0 ? [party.name] : []) : [],
  );
  return [
    {
      part: "duties",
      title: "Duties to agree on",
      left: matrix.duties.length === 0 ? ["There are no duties yet. Write down the first one."] : [],
      stops: true,
    },
    { part: "blockers", title: "No blocker on any duty", left: blockers.map(blockerWords), stops: true },
    {
      part: "holders",
      title: "Somebody behind each role that does or answers for duties",
      left: vacant.length === 0 ? [] : [vacancySentence(vacant)],
      stops: true,
    },
    ...(matrix.paths.length === 0
      ? []
      : [
          {
            part: "cover" as const,
            title: "Somebody to reach on each escalation path",
            left: coverStops(matrix, cover),
            stops: true,
          },
        ]),
    {
      part: "signatories",
      title: "Somebody who can sign for each side",
      left: unnamed.map(
        (name) =>
          `Nobody is known who could sign for ${name}. Invite somebody of theirs, or write down a person with an e-mail address.`,
      ),
      stops: false,
    },
    {
      part: "dates",
      title: "A day to look at it again",
      left:
        reviewDate === null
          ? ["No review date is chosen. The page that publishes asks for it."]
          : reviewDate < today
            ? [`The review date, ${dayWords(reviewDate)}, is past. Choose the next day.`]
            : [],
      stops: false,
    },
  ];
}

/** The missing requirements that stop signing, as sentences. */
export function stopSentences(needs: readonly SigningNeed[]): string[] {
  return needs.flatMap(({ stops, left }) => (stops ? left : []));
}
