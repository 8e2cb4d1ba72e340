import { useId, type ReactNode } from "react";
import { classNames } from "../class-names";
import styles from "./segmented.module.css";

type SegmentedOption<T extends string> = { value: T; label: ReactNode; icon?: ReactNode; title?: string };
type SegmentedProps<T extends string> = {
  label: string;
  options: readonly SegmentedOption<T>[];
  value: T;
  onChange: (value: T) => void;
  stretch?: boolean;
  className?: string;
};

/** A choice of one out of a few, side by side. Arrow keys move between the choices as in any radio group. */
export function Segmented<T extends string>({
  label,
  options,
  value,
  onChange,
  stretch = false,
  className,
}: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset
      className={classNames(styles.group, stretch && styles.stretch, className)}
      role="radiogroup"
      aria-label={label}
    >
      {options.map((option) => (
        <label key={option.value} className={styles.option} title={option.title}>
          <input
            type="radio"
            name={name}
            className="vh"
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          <span className={styles.text}>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
