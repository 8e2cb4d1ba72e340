import { sameChoice } from "~/domain/workshop/outcome";
import type { Choice } from "~/domain/workshop/shapes";
import type { CurrentView, PartyView } from "~/domain/workshop/view/view-types";
import { sidesOf } from "../../sides";

/** What an item can be settled by with one key: a split of a duty, or that a path stands. */
export type Settling = Extract<Choice, { kind: "split" | "stands" }>;

/** One of the choices to settle by, and the names of the parties whose picture it is. */
export type SettleOption = { choice: Settling; from: string[]; onBoard: boolean };

/**
 * What an item can be settled by: what each side proposed, both doing it with either answering, each side alone, and how
 * the board has it. Equal ones are one.
 */
export function settleOptions(
  { subject, revealed, board }: Pick<CurrentView, "subject" | "revealed" | "board">,
  parties: readonly PartyView[],
): SettleOption[] {
  if (subject.kind === "path") return [option({ kind: "stands" })];
  const sides = sidesOf(parties);
  const ids = sides.map(({ partyId }) => partyId);
  const proposed = (revealed?.pictures ?? []).flatMap(({ partyId, choice }) =>
    choice?.kind === "split" ? [option(choice, parties.find((one) => one.partyId === partyId)?.name)] : [],
  );
  const options = [
    ...proposed,
    ...ids.map((answers) => option({ kind: "split", does: ids, answers })),
    ...ids.map((id) => option({ kind: "split", does: [id], answers: id })),
    ...(board && board.answers !== null && board.does.length > 0
      ? [{ ...option({ kind: "split", does: board.does, answers: board.answers }), onBoard: true }]
      : []),
  ];
  return options.reduce<SettleOption[]>((kept, one) => {
    const same = kept.find(({ choice }) => sameChoice(choice, one.choice));
    if (!same) return [...kept, one];
    return kept.map((before) =>
      before === same
        ? { ...before, from: [...before.from, ...one.from], onBoard: before.onBoard || one.onBoard }
        : before,
    );
  }, []);
}

function option(choice: Settling, from?: string): SettleOption {
  return { choice, from: from === undefined ? [] : [from], onBoard: false };
}

/** Whether both sides do it, so that a boundary note says which part is whose. */
export function isSharedBySides(choice: Settling, parties: readonly PartyView[]): boolean {
  return choice.kind === "split" && sidesOf(parties).every(({ partyId }) => choice.does.includes(partyId));
}
