import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import type { Subject } from "~/domain/workshop/shapes";

/** What an item is about, as the board has it at this moment. */
export type SubjectOnBoard =
  | { kind: "duty"; name: string; text: string; domain: string; duty: Duty }
  | { kind: "path"; name: string; text: string; domain: string; trigger: string };

/** Finds what items are about; null for what was deleted from the board. */
export function subjectsOf(matrix: Matrix): (subject: Subject) => SubjectOnBoard | null {
  const domains = new Map(matrix.domains.map(({ id, name }) => [id, name]));
  const duties = new Map(
    matrix.duties.map((duty): [string, SubjectOnBoard] => [
      duty.id,
      { kind: "duty", name: duty.code, text: duty.text, domain: domains.get(duty.domainId) ?? "", duty },
    ]),
  );
  const paths = new Map(
    matrix.paths.map(({ id, name, trigger }): [string, SubjectOnBoard] => [
      id,
      { kind: "path", name, text: name, domain: "Escalation path", trigger },
    ]),
  );
  return ({ kind, id }) => (kind === "duty" ? duties : paths).get(id) ?? null;
}
