import type { Matrix } from "../../matrix/matrix";
import { hostedBy, hostOf, isFacilitator, mayAdmit } from "../people";
import type { Participant, Workshop } from "../shapes";
import { undoWords } from "../undo";
import type { Viewer, YoursView } from "./view-types";

/** What is a viewer's alone: what they sealed, and what they may do at this moment. */
export function yoursOf(workshop: Workshop, matrix: Matrix, participant: Participant, viewer: Viewer): YoursView {
  const { id, label, partyId, member, state } = participant;
  const { stage } = workshop;
  const open = new Map(workshop.items.flatMap((item) => (item.revealed || item.settled ? [] : [[item.id, item]])));
  const current = workshop.items.find((item) => item.id === workshop.current);
  const hosted = hostedBy(workshop, id);
  const isSide = hosted === workshop.sides.client || hosted === workshop.sides.provider;
  const asked = isSide && hosted !== null && current?.settling && !Object.hasOwn(current.settling.confirmed, hosted);
  return {
    participantId: id,
    label,
    partyId,
    state: state === "waiting" ? "waiting" : "in",
    proposals:
      viewer.kind === "projector"
        ? []
        : viewer.own.flatMap((own) => {
            const sealed = open.get(own.itemId)?.sealed.find(({ participantId }) => participantId === id);
            return open.has(own.itemId) ? [{ ...own, forParty: sealed?.forParty ?? false }] : [];
          }),
    may: {
      lead: isFacilitator(workshop, id),
      takeOver: workshop.secondIds.includes(id),
      host: member && hostOf(workshop, partyId) === null,
      confirm: asked ? (current?.settling?.number ?? null) : null,
      undo: stage === "open" && isFacilitator(workshop, id) ? undoWords(workshop, matrix) : null,
    },
    waiting: workshop.participants.flatMap((one) =>
      one.state === "waiting" && mayAdmit(workshop, id, one)
        ? [{ participantId: one.id, label: one.label, partyId: one.partyId }]
        : [],
    ),
  };
}
