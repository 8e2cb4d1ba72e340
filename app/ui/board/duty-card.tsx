import { memo } from "react";
import { coveringToday } from "~/domain/agreement";
import { BLOCKER_LABELS } from "~/domain/findings/blockers";
import type { Duty, Matrix } from "~/domain/matrix";
import type { Lens } from "~/domain/owner";
import { useToday } from "../findings/findings-context";
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
  readOnly: boolean;
  selected: boolean;
  /** One card of each column is reached with Tab; arrows lead on from there. */
  tabStop: boolean;
  lifted: boolean;
};

/** A duty on the board. It is drawn again only when it changes itself: the board hears its clicks and keys. */
export const DutyCard = memo(function DutyCard(props: CardProps) {
  const { ref, isDragging } = useDragCard(props.duty.id, props.readOnly);
  return (
    <li className={styles.item}>
      <CardFrame {...props} dragRef={ref} ghost={isDragging} />
    </li>
  );
});

function CardFrame({ duty, parties, roles, settings, lens, readOnly, selected, tabStop, lifted, dragRef, ghost }: CardProps & { dragRef: (element: Element | null) => void; ghost: boolean }) {
  const face = cardFace({ parties, roles, settings }, duty);
  return (
    <article
      ref={dragRef}
      data-duty={duty.id}
      tabIndex={tabStop ? 0 : -1}
      aria-label={`${duty.text}${selected ? ", selected" : ""}`}
      className={classNames(styles.card, face.shared && styles.split, selected && styles.selected, ghost && styles.ghost, lifted && styles.lifted, readOnly && styles.still)}
    >
      {face.shared && <SplitEdge top={face.halves.top} bottom={face.halves.bottom} />}
      <CardText duty={duty} parties={parties} roles={roles} settings={settings} lens={lens} />
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
export function CardText({ duty, parties, roles, settings, lens }: Pick<CardProps, "duty" | "parties" | "roles" | "settings" | "lens">) {
  const { lines, answers, blockers, shared } = cardFace({ parties, roles, settings }, duty);
  const covering = coveringToday({ parties, roles }, duty, useToday());
  const vacant = useVacantOnCards();
  return (
    <>
      <p className={styles.title} dir="auto">
        <span className={styles.code}>{duty.code}</span> {duty.text}
      </p>
      <p className={styles.meta}>
        {lines.map(({ roleId, name, kind, letters }) => (
          <span key={roleId}>
            <LetterChip letters={letters} kind={kind} size="sm" /> <bdi className={styles.role}>{name}</bdi>
            {vacant.has(roleId) && (
              <span className={styles.vacant} title={`Nobody holds the role ${name}`}>
                vacant
              </span>
            )}
          </span>
        ))}
        {lens === "does" && <span className={styles.other}>{answers}</span>}
      </p>
      {covering && <p className={styles.meta}>Covered by {covering} today</p>}
      {blockers.map((code) => (
        <p key={code} className={styles.blocker}>
          <SeverityMark severity="blocker" /> {BLOCKER_LABELS[code]}
        </p>
      ))}
      {shared && duty.boundary && (
        <p className={styles.note} dir="auto" title={duty.boundary}>
          {duty.boundary}
        </p>
      )}
    </>
  );
}
