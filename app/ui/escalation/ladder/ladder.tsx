import { useRef, type Ref } from "react";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Party } from "~/domain/matrix/shapes";
import { PARTY_FIELDS } from "~/domain/parts/parties";
import { shortTime } from "~/domain/escalation/short-time";
import { PartyMark } from "../../marks/party-mark";
import { useVacantOnCards } from "../../people/people-context";
import { classNames } from "../../primitives/class-names";
import { Check, Icon } from "../../primitives/icon";
import { CallCard, type CardActions } from "./call-card";
import { lanesOf, levelName, rungsOf, type Rung, type Silent } from "../escalation-view";
import styles from "./ladder.module.css";
import { useCardDrag, type Dragged } from "./use-card-drag";

type LadderProps = {
  path: EscalationPath;
  matrix: Matrix;
  /** What can be done with levels and cards; null where they can only be read. */
  actions: CardActions | null;
  /** The level that is open beside the ladder. */
  openId?: string | null;
  /** For which roles nobody answers at a moment that was asked. */
  silent?: Silent | null;
};

/** A path over time: a column for each level, a row for each party, a card for each role that is called. On a phone the levels stand one below the other. */
export function Ladder({ path, matrix, actions, openId = null, silent = null }: LadderProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { dragged, chip, handlers } = useCardDrag({ frame, onDrop: actions?.moveTo ?? null });
  const lanes = lanesOf(matrix, path);
  const rungs = rungsOf(matrix, path);
  if (rungs.length === 0)
    return <p className={styles.none}>This path has no level yet. Nobody is called until it has one.</p>;
  return (
    <div
      ref={frame}
      {...handlers}
      className={styles.ladder}
      role="group"
      aria-label={`The levels of ${path.name}, by the minutes from its start`}
      tabIndex={0}
      style={{
        gridTemplateColumns: `132px repeat(${rungs.length}, minmax(196px, 1fr))`,
        gridTemplateRows: `auto repeat(${lanes.length}, auto)`,
      }}
      data-print="flow"
    >
      <div className={styles.lanes} aria-hidden>
        {lanes.map((party, i) => (
          <div key={party.id} className={styles.lane} style={{ gridRow: i + 2 }}>
            <PartyMark kind={party.kind} />
            <bdi className={styles.laneName} title={party.name}>
              {party.name}
            </bdi>
            <span className={styles.laneKind}>{PARTY_FIELDS.kind.words(party.kind, matrix)}</span>
          </div>
        ))}
      </div>
      <ol className={styles.levels}>
        {rungs.map((rung) => (
          <LevelColumn
            key={rung.id}
            rung={rung}
            actions={actions}
            silent={silent}
            open={rung.id === openId}
            over={dragged?.overId === rung.id}
          />
        ))}
      </ol>
      {dragged && <CarriedChip dragged={dragged} rungs={rungs} chip={chip} />}
    </div>
  );
}

/** The label beside the pointer that says what is dragged, and where it would land. */
function CarriedChip({
  dragged,
  rungs,
  chip,
}: {
  dragged: Dragged;
  rungs: readonly Rung[];
  chip: Ref<HTMLDivElement>;
}) {
  const over = rungs.find(({ id }) => id === dragged.overId);
  const called = rungs.flatMap(({ cells }) => cells.flatMap((cell) => cell.called));
  return (
    <div ref={chip} aria-hidden className={styles.chip}>
      <b>{called.find(({ role }) => role.id === dragged.roleId)?.role.name}</b>
      {over && over.id !== dragged.fromId && <span>to level {over.number}</span>}
    </div>
  );
}

type ColumnProps = {
  rung: Rung;
  actions: CardActions | null;
  silent: Silent | null;
  open: boolean;
  /** A card is dragged over it. */ over: boolean;
};

function LevelColumn({ rung, actions, silent, open, over }: ColumnProps) {
  const { id, number, level, cells } = rung;
  const name = levelName(number, level);
  const vacant = useVacantOnCards();
  const called = cells.flatMap((cell) => cell.called);
  const axis = (
    <>
      <b aria-hidden>L{number}</b>
      <span aria-hidden>{shortTime(level)}</span>
      <span className="vh">{`${name.charAt(0).toUpperCase()}${name.slice(1)}`}</span>
    </>
  );
  return (
    <li className={classNames(styles.level, open && styles.open, over && styles.over)} data-level={id}>
      <div className={styles.head}>
        {actions ? (
          <button
            type="button"
            className={styles.axis}
            data-opens={id}
            title="Change this level"
            onClick={() => actions.open(id)}
          >
            {axis}
          </button>
        ) : (
          <p className={styles.axis}>{axis}</p>
        )}
        {level.decides && (
          <p className={styles.decides}>
            <Icon of={Check} size={14} />
            May decide
          </p>
        )}
        {level.may && (
          <p className={styles.may} dir="auto" title={level.may}>
            {level.may}
          </p>
        )}
        {called.every(({ role }) => vacant.has(role.id)) && (
          <p className={styles.nobody}>
            {called.length === 0 ? "Calls nobody: it is passed over at once." : "Nobody holds a role of this level."}
          </p>
        )}
      </div>
      {cells.map((cell, i) => (
        <Cell key={cell.party.id} cell={cell} row={i + 2} rung={rung} actions={actions} silent={silent} />
      ))}
    </li>
  );
}

type CellProps = {
  cell: Rung["cells"][number];
  row: number;
  rung: Rung;
  actions: CardActions | null;
  silent: Silent | null;
};

function Cell({ cell: { party, called }, row, rung, actions, silent }: CellProps) {
  return (
    <div className={classNames(styles.cell, called.length === 0 && styles.empty)} style={{ gridRow: row }}>
      {called.length > 0 && (
        <>
          <PhoneParty party={party} />
          <ul aria-label={party.name}>
            {called.map((one) => (
              <CallCard
                key={one.role.id}
                party={party}
                called={one}
                beside={called}
                rung={rung}
                actions={actions}
                silentAt={silent?.roleIds.has(one.role.id) ? silent.when : null}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Names the party of the cards below, where the rows have no heads. */
function PhoneParty({ party }: { party: Party }) {
  return (
    <p className={styles.phoneParty} aria-hidden>
      <PartyMark kind={party.kind} />
      <bdi>{party.name}</bdi>
    </p>
  );
}
