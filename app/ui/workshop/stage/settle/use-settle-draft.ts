import { useState } from "react";
import type { Settlement } from "~/domain/workshop/shapes";
import type { CurrentView } from "~/domain/workshop/view/view-types";
import type { Settling } from "./settle-options";

/** What is about to be put on the table. `custom` is set while it is composed by hand. */
export type SettleDraft = { chosen: Settling | null; custom: boolean; boundary: string };

/**
 * What is about to be put on the table for the item on screen. It begins with what both sides agree on, where they do,
 * and with the board's boundary note; another item or another reveal begins anew.
 */
export function useSettleDraft(
  current: CurrentView | null,
): [draft: SettleDraft, set: (draft: SettleDraft) => void, startFrom: (settlement: Settlement) => void] {
  const key = current === null ? "" : `${current.itemId} ${current.revealed === null}`;
  const [kept, setKept] = useState<{ key: string; draft: SettleDraft }>({ key: "", draft: draftOf(null) });
  const draft = kept.key === key ? kept.draft : draftOf(current);
  const set = (next: SettleDraft) => setKept({ key, draft: next });
  function startFrom(settlement: Settlement) {
    if (settlement.kind === "split")
      set({
        chosen: { kind: "split", does: settlement.does, answers: settlement.answers },
        custom: false,
        boundary: settlement.boundary,
      });
    else set({ ...draftOf(current), chosen: settlement.kind === "stands" ? settlement : null });
  }
  return [draft, set, startFrom];
}

function draftOf(current: CurrentView | null): SettleDraft {
  const { revealed = null, board = null } = current ?? {};
  const agreed = revealed?.outcome === "agree" ? revealed.pictures[0]?.choice : null;
  const chosen = agreed?.kind === "split" || agreed?.kind === "stands" ? agreed : null;
  return { chosen, custom: false, boundary: board?.boundary ?? "" };
}

/** What is put on the table by a draft; null while it isn't complete. */
export function settlementOf({ chosen, boundary }: SettleDraft): Settlement | null {
  if (chosen === null) return null;
  if (chosen.kind === "stands") return chosen;
  return chosen.does.length === 0 ? null : { ...chosen, boundary };
}
