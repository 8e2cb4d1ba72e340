import { memo, useState, type KeyboardEvent } from "react";
import { LIMITS } from "~/domain/limits";
import type { PlanItem } from "~/domain/workshop/planning";
import { Button } from "../../primitives/button";
import { classNames } from "../../primitives/class-names";
import {
  ChevronDown,
  ChevronRight,
  Ellipsis,
  GripVertical,
  Icon,
  MoveDown,
  MoveUp,
  Trash2,
} from "../../primitives/icon";
import { pressOf } from "../../primitives/keys";
import { Menu } from "../../primitives/overlays/menu";
import type { MenuItem } from "../../primitives/overlays/menu-item";
import type { SubjectOnBoard } from "./plan-view";
import { SubjectFacts } from "./subject-facts";
import styles from "./plan.module.css";

/** What can be done with an item of the plan. */
export type RowActs = {
  /** Moves it to a place, counted from 0. */
  moveTo: (itemId: string, place: number) => void;
  remove: (itemId: string) => void;
  /** Says how long it takes; gives the sentence why that isn't taken. */
  setMinutes: (itemId: string, minutes: number) => string | null;
};

type RowProps = {
  item: PlanItem;
  /** Its place, from 0. */
  place: number;
  count: number;
  /** Whether anything was said about it, so that it stays. */
  fixed: boolean;
  /** How far it is; empty where nothing happened to it. */
  status: string;
  /** Null for what was deleted from the board. */
  subject: SubjectOnBoard | null;
  matrixId: string;
  /** Null where the plan can only be read. */
  acts: RowActs | null;
  /** Where the line is drawn before which a dragged item would land. */
  landing: "above" | "below" | null;
  carried: boolean;
};

/** An item of the plan: what it is about, how long it takes, and how it is moved. */
export const PlanRow = memo(function PlanRow({
  item,
  place,
  count,
  fixed,
  status,
  subject,
  matrixId,
  acts,
  landing,
  carried,
}: RowProps) {
  const [open, setOpen] = useState(false);
  const name = subject?.name ?? "What was deleted";

  function press(event: KeyboardEvent) {
    if (!acts || event.target instanceof HTMLInputElement) return;
    const { key, alt, control } = pressOf(event);
    const keys: Record<string, () => void> = alt
      ? {
          ArrowUp: () => acts.moveTo(item.id, place - 1),
          ArrowDown: () => acts.moveTo(item.id, place + 1),
          Home: () => acts.moveTo(item.id, 0),
          End: () => acts.moveTo(item.id, count - 1),
        }
      : fixed
        ? {}
        : { Delete: () => acts.remove(item.id) };
    const act = !control && Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  }

  return (
    <li
      className={classNames(styles.item, carried && styles.carried)}
      data-item={item.id}
      data-landing={landing ?? undefined}
      onKeyDown={press}
    >
      <div className={styles.line}>
        {acts && (
          <span className={styles.grip} data-grip title="Drag to another place" aria-hidden>
            <Icon of={GripVertical} size={14} />
          </span>
        )}
        <span className={styles.place} aria-hidden>
          {place + 1}
        </span>
        <button type="button" className={styles.face} data-face aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon of={open ? ChevronDown : ChevronRight} size={14} />
          <span className={styles.words}>
            <span className={styles.text}>
              {subject?.kind === "duty" && <span className={styles.code}>{subject.name}</span>}
              <bdi translate="yes">{subject?.text ?? "Deleted from the board"}</bdi>
            </span>
            <span className={styles.sub}>
              {subject ? <bdi translate="yes">{subject.domain}</bdi> : "It was here when it was chosen."}
              {status && <span className={styles.status}>{status}</span>}
            </span>
          </span>
        </button>
        <Minutes item={item} name={name} acts={acts} />
        {acts && (
          <Menu
            align="end"
            items={itemsOf({ item, place, count, fixed }, acts)}
            trigger={(props) => (
              <Button
                {...props}
                size="sm"
                variant="ghost"
                icon={<Icon of={Ellipsis} size={14} />}
                aria-label={`${name}: move or take out`}
              />
            )}
          />
        )}
      </div>
      {open && <SubjectFacts subject={subject} matrixId={matrixId} fixed={fixed} />}
    </li>
  );
});

/** How long an item takes. What is no number of minutes stays in the field, with the reason. */
function Minutes({ item, name, acts }: { item: PlanItem; name: string; acts: RowActs | null }) {
  const [typed, setTyped] = useState<{ text: string; error: string | null } | null>(null);
  if (!acts) return <span className={styles.minutesSaid}>{item.minutes} min</span>;
  const errorId = `minutes-${item.id}`;
  return (
    <span className={styles.minutes}>
      <input
        type="number"
        min={1}
        max={LIMITS.itemMinutes}
        inputMode="numeric"
        aria-label={`Minutes for ${name}`}
        aria-invalid={typed?.error ? true : undefined}
        aria-describedby={typed?.error ? errorId : undefined}
        value={typed?.text ?? item.minutes}
        onChange={({ target }) =>
          setTyped({ text: target.value, error: acts.setMinutes(item.id, Number(target.value)) })
        }
        onBlur={() => setTyped(null)}
      />
      <span aria-hidden>min</span>
      {typed?.error && (
        <span id={errorId} className={styles.minutesError} role="alert">
          {typed.error}
        </span>
      )}
    </span>
  );
}

function itemsOf(
  { item, place, count, fixed }: { item: PlanItem; place: number; count: number; fixed: boolean },
  { moveTo, remove }: RowActs,
): MenuItem[] {
  return [
    {
      key: "up",
      label: "Move up",
      hint: "Alt ↑",
      icon: <Icon of={MoveUp} size={14} />,
      disabled: place === 0,
      onSelect: () => moveTo(item.id, place - 1),
    },
    {
      key: "down",
      label: "Move down",
      hint: "Alt ↓",
      icon: <Icon of={MoveDown} size={14} />,
      disabled: place === count - 1,
      onSelect: () => moveTo(item.id, place + 1),
    },
    {
      key: "top",
      label: "Move to the top",
      hint: "Alt Home",
      disabled: place === 0,
      onSelect: () => moveTo(item.id, 0),
    },
    {
      key: "end",
      label: "Move to the end",
      hint: "Alt End",
      disabled: place === count - 1,
      onSelect: () => moveTo(item.id, count - 1),
    },
    {
      key: "remove",
      label: fixed ? "Stays: it was talked about. Skip it on the stage" : "Take out of the plan",
      hint: fixed ? undefined : "Delete",
      separated: true,
      icon: <Icon of={Trash2} size={14} />,
      disabled: fixed,
      onSelect: () => remove(item.id),
    },
  ];
}
