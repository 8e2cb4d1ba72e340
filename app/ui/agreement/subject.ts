import { isRuler } from "~/domain/agreement/agreement";
import { markStates, validMarkOf, validRulingOf, type Marked } from "~/domain/agreement/marked";
import type { MatrixCommand } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Mark, Ruling } from "~/domain/matrix/shapes";

type WithoutConfirmations = Omit<Ruling, "confirmed">;

/** A thing that both parties agree to or dispute, with the commands that say so. */
export type Subject = Marked & {
  /** What it is called in sentences, such as SUP-01, and what it is. */
  name: string;
  one: string;
  /** The hash of its present terms, and whether a stored hash is of these. */
  terms: string;
  isPresent: (terms: string) => boolean;
  mark: (partyId: string, state: Mark["state"] | "open", position: string) => MatrixCommand;
  rule: (ruling: WithoutConfirmations | null) => MatrixCommand;
  confirm: (partyId: string) => MatrixCommand;
  unconfirm: (partyId: string) => MatrixCommand;
};

/** A party's mark on the present terms; null where it has none. */
export function markOf(subject: Subject, partyId: string): Mark | null {
  return validMarkOf(subject, partyId, subject.isPresent);
}

/** Whether a side disputes the present terms. */
export function isDisputedBySide(matrix: Matrix, subject: Subject): boolean {
  return markStates(matrix, subject, subject.isPresent).includes("disputed");
}

/** Whether the ruling settles the dispute: it is on the present terms, and both sides confirmed it. */
export function doesRulingCount(matrix: Matrix, subject: Subject): boolean {
  return validRulingOf(matrix, subject, subject.isPresent) !== null;
}

/** The commands that record a ruling. Whoever writes down what the agreed person ruled confirms it for their own side. */
export function rulingCommands(
  matrix: Matrix,
  subject: Subject,
  ruling: WithoutConfirmations,
  ownPartyId: string | null,
): MatrixCommand[] {
  const confirms = ownPartyId !== null && isRuler(matrix, ruling.by);
  return [subject.rule(ruling), ...(confirms ? [subject.confirm(ownPartyId)] : [])];
}
