import { memo, type ReactNode } from "react";
import { isStruck } from "~/domain/agreement/agreement";
import { whileWords } from "~/domain/agreement/who-words";
import { BLOCKER_LABELS } from "~/domain/findings/blocker-words";
import { kindWords } from "~/domain/matrix/kinds";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import type { Lens } from "~/domain/matrix/owner";
import { paths } from "~/paths";
import { useDutyRules, useToday, type DutyContext } from "../findings/findings-context";
import { LetterChip } from "../marks/letter-chip";
import { SeverityMark } from "../marks/severity-mark";
import { useVacantOnCards } from "../people/people-context";
import { classNames } from "../primitives/class-names";
import { Ellipsis, Icon } from "../primitives/icon";
import { cardFace } from "./board-view";
import styles from "./card.module.css";
import { useDragCard } from "./dnd";

type CardProps = {
  duty: Duty;
  parties: Matrix["parties"];
  roles: Matrix["roles"];
  settings: Matrix["settings"];
  lens: Lens;
  /** Whether the card says the duty's kind and pressures. */
  marked: boolean;
  /** Whose findings the marks lead to; null in a version, which has none. */
  matrixId: string | null;
  accepted: Matrix["accepted"];
  readOnly: boolean;
  selected: boolean;
  /** Tab reaches one card of each column; arrow keys reach the others. */
  tabStop: boolean;
  lifted: boolean;
  /** What changed since the compared version, in words; null if nothing did or nothing is compared. */
  changed: string | null;
};

/**
 * A duty on the board. It is rendered again only when its own props change; the board listens for its clicks and keys.
 */
export const DutyCard = memo(function DutyCard(props: CardProps) {
  const { ref, isDragging } = useDragCard(props.duty.id, props.readOnly);
  return (
    <li className={styles.item}>
      <CardFrame {...props} dragRef={ref} ghost={isDragging} />
    </li>
  );
});

function CardFrame({
  duty,
  parties,
  roles,
  settings,
  accepted,
  matrixId,
  lens,
  marked,
  readOnly,
  selected,
  tabStop,
  lifted,
  changed,
  dragRef,
  ghost,
}: CardProps & { dragRef: (element: Element | null) => void; ghost: boolean }) {
  const face = cardFace({ parties, roles, settings }, duty, matrixId !== null);
  return (
    <article
      ref={dragRef}
      data-duty={duty.id}
      tabIndex={tabStop ? 0 : -1}
      aria-label={`${duty.text}${selected ? ", selected" : ""}`}
      className={classNames(
        styles.card,
        face.shared && styles.split,
        selected && styles.selected,
        ghost && styles.ghost,
        lifted && styles.lifted,
        readOnly && styles.still,
        changed !== null && styles.changed,
      )}
    >
      {face.shared && <SplitEdge top={face.halves.top} bottom={face.halves.bottom} />}
      <CardText
        duty={duty}
        parties={parties}
        roles={roles}
        settings={settings}
        accepted={accepted}
        matrixId={matrixId}
        lens={lens}
        marked={marked}
      />
      {changed !== null && <p className={styles.changedWords}>{changed}</p>}
      {!readOnly && (
        <button type="button" tabIndex={-1} data-menu className={styles.menu} aria-label={`Move or open: ${duty.text}`}>
          <Icon of={Ellipsis} size={14} className={styles.dots} />
          <span className={styles.moveWord}>Move to…</span>
        </button>
      )}
    </article>
  );
}

function SplitEdge({ top, bottom }: { top: string; bottom: string }) {
  return <span aria-hidden className={classNames(styles.edge, styles[`top-${top}`], styles[`bottom-${bottom}`])} />;
}

/** What a card says: the duty, who answers and does, the boundary note, and what stops signing. */
export function CardText({
  duty,
  parties,
  roles,
  settings,
  accepted,
  matrixId,
  lens,
  marked,
}: Pick<CardProps, "duty" | "parties" | "roles" | "settings" | "accepted" | "matrixId" | "lens" | "marked">) {
  const { lines, owner, answers, blockers, shared } = cardFace({ parties, roles, settings }, duty, matrixId !== null);
  const forAWhile = whileWords({ parties }, duty, useToday());
  const struck = isStruck(duty);
  const vacant = useVacantOnCards();
  return (
    <>
      <p className={styles.title} dir="auto">
        <span className={styles.code}>{duty.code}</span> {duty.text}
      </p>
      {marked && <p className={styles.kind}>{kindWords(duty)}</p>}
      {forAWhile.map((sentence) => (
        <p key={sentence} className={styles.forAWhile} dir="auto">
          {sentence}
        </p>
      ))}
      <p className={styles.meta}>
        {lines.map(({ roleId, name, kind, letters }) => (
          <span key={roleId}>
            <LetterChip letters={letters} kind={kind} size="sm" resting={struck} />{" "}
            <bdi className={styles.role}>{name}</bdi>
            {!struck && vacant.has(roleId) && (
              <span className={styles.vacant} title={`Nobody holds the role ${name}`}>
                vacant
              </span>
            )}
          </span>
        ))}
        {lens === "does" && !struck && (
          <span className={styles.other}>
            {owner && <bdi className={styles.role}>{owner}</bdi>} {answers}
          </span>
        )}
      </p>
      {blockers.map((code) => (
        <p key={code}>
          <ToFindings duty={duty} matrixId={matrixId} className={styles.blocker}>
            <SeverityMark severity="blocker" /> {BLOCKER_LABELS[code]}
          </ToFindings>
        </p>
      ))}
      {blockers.length === 0 && matrixId && (
        <Warnings duty={duty} context={{ parties, roles, settings, accepted }} matrixId={matrixId} />
      )}
      {shared && duty.boundary && (
        <p className={styles.note} dir="auto" title={duty.boundary}>
          {duty.boundary}
        </p>
      )}
    </>
  );
}

/**
 * The number of warnings, on a card without blockers. A component of its own, because the rules load later and then
 * only this is rendered again.
 */
function Warnings({ duty, context, matrixId }: { duty: Duty; context: DutyContext; matrixId: string }) {
  const rules = useDutyRules();
  const found = rules?.(context, duty) ?? [];
  if (found.length === 0) return null;
  return (
    <p title={found.map(({ title }) => title).join(" ")}>
      <ToFindings duty={duty} matrixId={matrixId} className={styles.warning}>
        <SeverityMark severity="warning" /> {found.length === 1 ? "1 warning" : `${found.length} warnings`}
      </ToFindings>
    </p>
  );
}

function ToFindings({
  duty,
  matrixId,
  className,
  children,
}: {
  duty: Duty;
  matrixId: string | null;
  className?: string;
  children: ReactNode;
}) {
  return matrixId ? (
    <a
      href={paths.findings(matrixId, { duty: duty.id })}
      data-follow
      tabIndex={-1}
      className={className}
      title="Show its findings"
    >
      {children}
    </a>
  ) : (
    <span className={className}>{children}</span>
  );
}
