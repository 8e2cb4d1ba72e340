import { useCallback, useEffect, useRef, useState } from "react";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { PlanView } from "~/domain/workshop/view/view-types";
import type { WorkshopOnScreen } from "../use-workshop";
import { choiceOf, keepDraft, keptDrafts, NOTHING_PICKED, pickedOf, type Draft, type Picked } from "./kept-drafts";

/** How an item's proposal of one's own stands, and what may be done about it. */
export type OwnAnswer = {
  picked: Picked;
  draft: Draft | null;
  /** What is sealed; null where nothing is. */
  sealed: Picked | null;
  change: (picked: Picked) => void;
  /** Forgets what was typed; what is sealed stays. */
  forget: () => void;
  seal: (picked: Picked) => Promise<void>;
  takeBack: () => Promise<void>;
};

export type Proposals = {
  of: (item: Pick<PlanView, "itemId" | "subject">) => OwnAnswer;
  /** What was typed and not sealed, by item. */
  drafts: Readonly<Record<string, Draft>>;
};

/** How long it takes until what could not be sent is tried again by itself, in milliseconds. */
const AGAIN_MS = 5_000;

/** One's own proposals: what is sealed, and what isn't yet, which this device keeps through a reload and a lost network. */
export function useProposals({ shown, live, ask }: Pick<WorkshopOnScreen, "shown" | "live" | "ask">): Proposals {
  const { workshopId, yours, plan } = shown;
  const participantId = yours?.participantId ?? "";
  const [drafts, setDrafts] = useState<Record<string, Draft>>({});
  const newest = useRef(drafts);

  const put = useCallback(
    (itemId: string, draft: Draft | null) => {
      const { [itemId]: _before, ...others } = newest.current;
      newest.current = draft ? { ...others, [itemId]: draft } : others;
      setDrafts(newest.current);
      // Once it is sent, the server has it, and this device keeps nothing.
      keepDraft(workshopId, participantId, itemId, draft?.phase === "sent" ? null : draft);
    },
    [workshopId, participantId],
  );

  // What the workshop shows as sealed, or takes no more, needs no copy here.
  useEffect(() => {
    for (const [itemId, { phase }] of Object.entries(newest.current))
      if (phase === "sent" && (isSealed(shown, itemId) || !takesProposals(plan, itemId))) put(itemId, null);
  }, [shown, plan, put]);

  const seal = useCallback(
    async (item: Pick<PlanView, "itemId" | "subject">, picked: Picked) => {
      const { itemId, subject } = item;
      const choice = choiceOf(picked, subject.kind);
      const phase = () => newest.current[itemId]?.phase;
      if (!choice || phase() === "sending") return;
      put(itemId, { picked, phase: "sending", refused: null });
      const proposal = { choice, reason: picked.reason };
      const { refused, unreachable } = await ask([{ type: "seal", itemId, forParty: picked.forParty, proposal }]);
      // Whoever picked something else meanwhile goes on with that.
      if (phase() !== "sending") return;
      put(itemId, {
        picked,
        phase: unreachable ? "unsent" : refused === null ? "sent" : "typing",
        refused: unreachable ? null : refused,
      });
    },
    [ask, put],
  );

  const sendAgain = useCallback(() => {
    for (const item of plan) {
      const draft = newest.current[item.itemId];
      if (draft?.phase === "unsent") void seal(item, draft.picked);
    }
  }, [plan, seal]);
  const again = useRef(sendAgain);
  again.current = sendAgain;
  const anyUnsent = Object.values(drafts).some(({ phase }) => phase === "unsent");

  useEffect(() => {
    if (participantId === "") return;
    newest.current = { ...keptDrafts(workshopId, participantId), ...newest.current };
    setDrafts(newest.current);
    again.current();
  }, [workshopId, participantId]);

  useEffect(() => {
    if (live === "live") again.current();
  }, [live]);

  useEffect(() => {
    if (!anyUnsent) return;
    const online = () => again.current();
    const timer = setInterval(() => navigator.onLine && again.current(), AGAIN_MS);
    window.addEventListener("online", online);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", online);
    };
  }, [anyUnsent]);

  return {
    drafts,
    of(item) {
      const { itemId } = item;
      const own = yours?.proposals.find((one) => one.itemId === itemId);
      const draft = drafts[itemId] ?? null;
      const kept = own ? pickedOf(own.proposal.choice, own.proposal.reason, own.forParty) : null;
      const sealed = draft?.phase === "sent" ? draft.picked : kept;
      return {
        picked: draft?.picked ?? sealed ?? NOTHING_PICKED,
        draft: draft?.phase === "sent" ? null : draft,
        sealed,
        change: (picked) => put(itemId, { picked, phase: "typing", refused: null }),
        forget: () => put(itemId, null),
        seal: (picked) => seal(item, picked),
        async takeBack() {
          const { refused } = await ask([{ type: "unseal", itemId }]);
          const picked = sealed ?? NOTHING_PICKED;
          put(itemId, { picked, phase: "typing", refused });
        },
      };
    },
  };
}

function isSealed({ yours }: Pick<WorkshopShown, "yours">, itemId: string): boolean {
  return yours?.proposals.some((one) => one.itemId === itemId) ?? false;
}

/** Whether proposals are taken for an item. */
export function takesProposals(plan: readonly PlanView[], itemId: string): boolean {
  const item = plan.find((one) => one.itemId === itemId);
  return item !== undefined && !item.deleted && ["waiting", "proposing", "skipped"].includes(item.status);
}
