import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { Button } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { Ellipsis, Icon } from "../primitives/icon";
import { pressOf } from "../primitives/keys";
import { Menu } from "../primitives/overlays/menu";
import type { MenuItem } from "../primitives/overlays/menu-item";
import styles from "./agreed.module.css";
import type { ListedThing, ThingEdits } from "./thing-edits";

/** A column of a list. On a phone the label stands before what the cell shows; null shows nothing. */
export type ListColumn<T> = { label: string; cell: (thing: T) => ReactNode };

type ThingListProps<T extends ListedThing> = {
  label: string;
  edits: ThingEdits<T>;
  /** The heading of the first column, which holds each thing's name. */
  nameLabel: string;
  nameOf: (thing: T) => ReactNode;
  /** A few words below the name. */
  kindOf?: (thing: T) => string;
  columns: readonly ListColumn<T>[];
  /** The class that divides the width among the columns. */
  layout: string | undefined;
  copies?: boolean;
  /** What else the menu of a thing offers, after editing. */
  more?: (thing: T) => MenuItem[];
  onOpen: (id: string) => void;
};

/** Agreed things of one kind in their order. A name opens its thing; Alt with an arrow key moves it, Delete deletes it. */
export function ThingList<T extends ListedThing>(props: ThingListProps<T>) {
  const { label, edits, nameLabel, columns, layout } = props;
  return (
    <>
      <div className={classNames(styles.heads, layout)} aria-hidden>
        <span>{nameLabel}</span>
        {columns.map((column) => (
          <span key={column.label}>{column.label}</span>
        ))}
      </div>
      <ol className={styles.list} aria-label={label}>
        {edits.things.map((thing, i) => (
          <ThingRow key={thing.id} {...props} thing={thing} index={i} />
        ))}
      </ol>
    </>
  );
}

function ThingRow<T extends ListedThing>({
  edits,
  nameOf,
  kindOf,
  columns,
  layout,
  copies = true,
  more,
  onOpen,
  thing,
  index,
}: ThingListProps<T> & { thing: T; index: number }) {
  const name = useRef<HTMLButtonElement>(null);
  const moving = useRef(false);
  useEffect(() => {
    // A row that is put elsewhere in the page loses the focus, and its name takes it back.
    if (moving.current) name.current?.focus();
    moving.current = false;
  }, [index]);

  function move(by: "up" | "down") {
    moving.current = by === "up" ? index > 0 : index < edits.things.length - 1;
    edits.move(thing, by);
  }

  function press(event: KeyboardEvent) {
    const { key, alt } = pressOf(event);
    if (alt && (key === "ArrowUp" || key === "ArrowDown")) move(key === "ArrowUp" ? "up" : "down");
    else if (key === "Delete") edits.remove(thing);
    else return;
    event.preventDefault();
  }

  const items: MenuItem[] = [
    { key: "edit", label: "Edit…", onSelect: () => onOpen(thing.id) },
    ...(more?.(thing) ?? []),
    ...(copies ? [{ key: "copy", label: "Copy", onSelect: () => edits.copy(thing) }] : []),
    { key: "up", label: "Move up", hint: "Alt ↑", separated: true, onSelect: () => move("up") },
    { key: "down", label: "Move down", hint: "Alt ↓", onSelect: () => move("down") },
    { key: "delete", label: "Delete", tone: "alert", separated: true, onSelect: () => edits.remove(thing) },
  ];
  const kind = kindOf?.(thing) ?? "";
  return (
    <li className={classNames(styles.item, layout)}>
      <div className={styles.name}>
        <button
          ref={name}
          type="button"
          className={styles.open}
          onClick={() => onOpen(thing.id)}
          onKeyDown={edits.readOnly ? undefined : press}
        >
          <bdi translate="yes">{nameOf(thing)}</bdi>
        </button>
        {kind !== "" && <span className={styles.kind}>{kind}</span>}
      </div>
      {columns.map((column) => {
        const content = column.cell(thing);
        return (
          <div key={column.label} className={styles.cell} data-empty={content === null || content === "" || undefined}>
            <span className={styles.cellLabel}>{column.label}</span>
            {typeof content === "string" ? <bdi translate="yes">{content}</bdi> : content}
          </div>
        );
      })}
      {!edits.readOnly && (
        <div className={styles.more} data-print="hide">
          <Menu
            align="end"
            items={items}
            trigger={(props) => (
              <Button
                {...props}
                variant="ghost"
                icon={<Icon of={Ellipsis} />}
                aria-label={`More for ${edits.titleOf(thing)}`}
              />
            )}
          />
        </div>
      )}
    </li>
  );
}
