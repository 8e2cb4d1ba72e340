import { agreementOf, coveringToday, type Agreement } from "~/domain/agreement";
import { BLOCKER_LABELS, dutyBlockers } from "~/domain/findings/blockers";
import type { Duty, Matrix } from "~/domain/matrix";
import { useToday } from "../findings/findings-context";
import { SeverityMark } from "../marks/severity-mark";
import { Ban, CalendarClock, Check, CircleDashed, CircleMinus, CirclePause, EqualNot, Icon, type LucideIcon } from "../primitives/icon";
import styles from "./grid.module.css";

export type Structure = Pick<Matrix, "parties" | "roles" | "settings">;

export const AGREEMENT_FACES: Record<Agreement, { icon: LucideIcon; label: string }> = {
  proposed: { icon: CircleDashed, label: "Proposed" },
  agreed: { icon: Check, label: "Agreed" },
  disputed: { icon: EqualNot, label: "Disputed" },
  parked: { icon: CirclePause, label: "Parked" },
  declined: { icon: Ban, label: "Declined" },
  "not-applicable": { icon: CircleMinus, label: "Doesn't apply" },
};

/** What a row shows of its duty at a glance: what stops signing, and how far both sides agree. */
export function DutyMarks({ duty, structure }: { duty: Duty; structure: Structure }) {
  const blockers = dutyBlockers(structure, duty);
  const agreement = agreementOf(structure, duty);
  const face = AGREEMENT_FACES[agreement];
  const covering = coveringToday(structure, duty, useToday());
  return (
    <span className={styles.marks}>
      {blockers.length > 0 && (
        <span title={blockers.map((code) => BLOCKER_LABELS[code]).join(", ")}>
          <SeverityMark severity="blocker" label={blockers.map((code) => BLOCKER_LABELS[code]).join(", ")} />
        </span>
      )}
      {covering && (
        <span title={`Covered by ${covering} today`} className={styles.quietMark}>
          <Icon of={CalendarClock} size={14} label={`Covered by ${covering} today`} />
        </span>
      )}
      <span title={face.label} className={agreement === "disputed" ? styles.alertMark : styles.quietMark}>
        <Icon of={face.icon} size={14} label={face.label} />
      </span>
    </span>
  );
}
