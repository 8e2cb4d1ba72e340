import { dayWords } from "../day-words";
import { blockerWords, type Blocker } from "../findings/blockers";
import { vacancySentence, workingVacancies } from "../findings/people-rules";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { RoleHolder } from "../people/people";

export type NeedPart = "duties" | "blockers" | "holders" | "signatories" | "dates";

/** One thing that signing needs. What is left is told in sentences; where it stops signing, nothing is sent before it is done. */
export type SigningNeed = { part: NeedPart; title: string; left: string[]; stops: boolean };

/** What a matrix can't say of itself. */
export type SigningGround = {
  /** A day as YYYY-MM-DD. */
  today: string;
  /** Of the text that is to be signed. */
  blockers: readonly Blocker[];
  holders: readonly RoleHolder[];
  /** How many people are known who could sign for each side. */
  signers: Record<"client" | "provider", number>;
};

/** Everything that signing needs, always in the same order, and what is left of each: the one list that every page shows and that sending goes by. */
export function whatSigningNeeds(matrix: Matrix, { today, blockers, holders, signers }: SigningGround): SigningNeed[] {
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

/** What stops signing, in sentences. */
export function stopsIn(needs: readonly SigningNeed[]): string[] {
  return needs.flatMap(({ stops, left }) => (stops ? left : []));
}
