import type { LiveStep } from "~/domain/live/live-event";
import type { Matrix } from "~/domain/matrix/matrix";

/** The ids of the duties that steps added or changed, each once. */
export function dutiesOf(steps: readonly LiveStep[]): string[] {
  return [
    ...new Set(
      steps.flatMap(({ diff: { duties } }) =>
        duties ? [...duties.added, ...duties.changed, ...duties.placedAfter].map(({ id }) => id) : [],
      ),
    ),
  ];
}

/** What others just did, in one sentence. */
export function otherStepsInWords(
  steps: readonly LiveStep[],
  { duties }: Pick<Matrix, "duties">,
  ownId: string,
): string {
  const names = [
    ...new Set(steps.map(({ actorId, actorName }) => (actorId === ownId ? "You, in another window," : actorName))),
  ];
  const who = names.length > 2 ? `${names.length} people` : names.join(" and ");
  const ids = dutiesOf(steps);
  const one = ids.length === 1 ? duties.find(({ id }) => id === ids[0]) : undefined;
  const what = one ? `${one.code} ${one.text}` : ids.length > 0 ? `${ids.length} duties` : "the matrix";
  return `${who} changed ${what}`;
}
