import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { Button } from "../../primitives/button";
import { Select } from "../../primitives/form/field";
import { ArrowDown, ArrowUp, Icon, Plus, X } from "../../primitives/icon";
import styles from "./panel.module.css";

type Item = { key: string; name: string; mark?: ReactNode; beside?: ReactNode };
type Option = { id: string; name: string };

type ListProps = {
  title: string;
  /** What is said where the list is empty. */
  empty: string;
  items: readonly Item[];
  onOrder: (keys: string[]) => void;
  onRemove: (key: string) => void;
  add: {
    label: string;
    /** Why nothing more can be added; null where it can. */ full: string | null;
    groups: readonly { name: string | null; options: readonly Option[] }[];
    onAdd: (id: string) => void;
  };
};

/** A short list whose order counts: each entry can be moved up and down and taken out, and another one be added. */
export function OrderedList({ title, empty, items, onOrder, onRemove, add }: ListProps) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const focusNext = useRef<{ key: string; act: string } | null>(null);

  useEffect(() => {
    const next = focusNext.current;
    focusNext.current = null;
    if (!next) return;
    const buttons = [
      ...(list.current?.querySelectorAll<HTMLButtonElement>(`[data-of="${CSS.escape(next.key)}"]`) ?? []),
    ];
    const wanted = buttons.find(({ dataset, disabled }) => dataset.act === next.act && !disabled);
    (wanted ?? buttons.find(({ disabled }) => !disabled))?.focus();
  });

  function move(at: number, by: -1 | 1) {
    const keys = items.map(({ key }) => key);
    const [key = ""] = keys.splice(at, 1);
    keys.splice(at + by, 0, key);
    focusNext.current = { key, act: by < 0 ? "up" : "down" };
    onOrder(keys);
  }

  function remove(at: number) {
    const next = items[at + 1] ?? items[at - 1];
    focusNext.current = next ? { key: next.key, act: "remove" } : null;
    onRemove(items[at]?.key ?? "");
  }

  return (
    <section className={styles.block} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {items.length === 0 && <p className={styles.quiet}>{empty}</p>}
      <ul ref={list} className={styles.items}>
        {items.map(({ key, name, mark, beside }, at) => (
          <li key={key} className={styles.item}>
            <span className={styles.itemName}>
              {mark}
              <bdi>{name}</bdi>
            </span>
            {beside}
            <span className={styles.itemActs}>
              <Button
                size="sm"
                variant="ghost"
                icon={<Icon of={ArrowUp} size={14} />}
                aria-label={`Move ${name} up`}
                data-of={key}
                data-act="up"
                disabled={at === 0}
                onClick={() => move(at, -1)}
              />
              <Button
                size="sm"
                variant="ghost"
                icon={<Icon of={ArrowDown} size={14} />}
                aria-label={`Move ${name} down`}
                data-of={key}
                data-act="down"
                disabled={at === items.length - 1}
                onClick={() => move(at, 1)}
              />
              <Button
                size="sm"
                variant="ghost"
                icon={<Icon of={X} size={14} />}
                aria-label={`Take ${name} out`}
                data-of={key}
                data-act="remove"
                onClick={() => remove(at)}
              />
            </span>
          </li>
        ))}
      </ul>
      <AddOne {...add} />
    </section>
  );
}

function AddOne({ label, full, groups, onAdd }: ListProps["add"]) {
  const [chosen, setChosen] = useState("");
  const filled = groups.filter(({ options }) => options.length > 0);
  const first = filled[0]?.options[0]?.id ?? "";
  const value = filled.some(({ options }) => options.some(({ id }) => id === chosen)) ? chosen : first;
  if (full) return <p className={styles.quiet}>{full}</p>;
  if (filled.length === 0) return null;
  return (
    <div className={styles.add}>
      <Select aria-label={label} value={value} onChange={({ target }) => setChosen(target.value)}>
        {filled.map(({ name, options }) =>
          name === null ? (
            <Options key="" options={options} />
          ) : (
            <optgroup key={name} label={name}>
              <Options options={options} />
            </optgroup>
          ),
        )}
      </Select>
      <Button icon={<Icon of={Plus} />} onClick={() => onAdd(value)}>
        {label}
      </Button>
    </div>
  );
}

function Options({ options }: { options: readonly Option[] }) {
  return options.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}
