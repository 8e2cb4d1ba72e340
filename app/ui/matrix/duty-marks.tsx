import { agreementOf, isStruck, type Agreement } from "~/domain/agreement/agreement";
import { whileWords } from "~/domain/agreement/who-words";
import { BLOCKER_LABELS } from "~/domain/findings/blocker-words";
import { shownBlockers } from "~/domain/findings/duty-blockers";
import type { Duty } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import { useDutyRules, useToday, type DutyContext } from "../findings/findings-context";
import { SeverityMark } from "../marks/severity-mark";
import {
  Ban,
  CalendarClock,
  Check,
  CircleDashed,
  CircleMinus,
  CirclePause,
  EqualNot,
  Icon,
  type LucideIcon,
} from "../primitives/icon";
import { useIsSigned } from "../versions/signed-context";
import styles from "./grid/grid.module.css";

export const AGREEMENT_FACES: Record<Agreement, { icon: LucideIcon; label: string }> = {
  proposed: { icon: CircleDashed, label: "Proposed" },
  agreed: { icon: Check, label: "Agreed" },
  disputed: { icon: EqualNot, label: "Disputed" },
  parked: { icon: CirclePause, label: "Parked" },
  declined: { icon: Ban, label: "Declined" },
  "not-applicable": { icon: CircleMinus, label: "Doesn't apply" },
};

type MarksProps = {
  duty: Duty;
  structure: DutyContext;
  /** The matrix whose findings the mark links to; null for no link. */ matrixId: string | null;
  /** Whether it is a draft; a version and a link don't say who confirmed what. */ draft: boolean;
};

/** The marks of a row: its gravest open finding, who covers it for a while, and whether both sides agree or it is struck. */
export function DutyMarks({ duty, structure, matrixId, draft }: MarksProps) {
  const open = useOpen(structure, duty, draft);
  const agreement = agreementOf(structure, duty, useIsSigned(structure, duty));
  const face = AGREEMENT_FACES[agreement];
  const [covered] = whileWords(structure, { ...duty, standing: null }, useToday());
  const words = isStruck(duty) ? (whileWords(structure, { ...duty, coverPeriod: null })[0] ?? face.label) : face.label;
  return (
    <span className={styles.marks}>
      {open && <FindingMark {...open} href={matrixId && paths.findings(matrixId, { duty: duty.id })} />}
      {covered && (
        <span title={covered} className={styles.quietMark}>
          <Icon of={CalendarClock} size={14} label={covered} />
        </span>
      )}
      <span title={words} className={agreement === "disputed" ? styles.alertMark : styles.quietMark}>
        <Icon of={face.icon} size={14} label={words} />
      </span>
    </span>
  );
}

type Open = { severity: "blocker" | "warning"; words: string };

/** The gravest open finding of a duty. Warnings are found only after the rules have loaded. */
function useOpen(structure: DutyContext, duty: Duty, draft: boolean): Open | null {
  const rules = useDutyRules();
  const blockers = shownBlockers(structure, duty, draft);
  if (blockers.length > 0)
    return { severity: "blocker", words: blockers.map((code) => BLOCKER_LABELS[code]).join(", ") };
  const warnings = rules?.(structure, duty) ?? [];
  return warnings.length > 0 ? { severity: "warning", words: warnings.map(({ title }) => title).join(" ") } : null;
}

function FindingMark({ severity, words, href }: Open & { href: string | null }) {
  const mark = (
    <SeverityMark
      severity={severity}
      label={words}
      className={severity === "warning" ? styles.quietSeverity : undefined}
    />
  );
  return href ? (
    <a
      href={href}
      data-follow
      tabIndex={-1}
      className={styles.finding}
      title={`${words.replace(/\.$/, "")}. Show its findings`}
    >
      {mark}
    </a>
  ) : (
    <span title={words}>{mark}</span>
  );
}
