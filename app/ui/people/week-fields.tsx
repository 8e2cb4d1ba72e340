import { useRef } from "react";
import { DAY_NAMES, WEEKDAYS, type Weekday, type WeeklyHours } from "~/domain/cover/working-hours";
import { hoursWords } from "~/domain/parts/hours";
import type { WrittenWeek } from "~/domain/people/week";
import { Button } from "../primitives/button";
import { FieldError, TextInput } from "../primitives/form/field";
import { useHydrated } from "../primitives/time";
import styles from "./people.module.css";

type WeekProps = {
  legend: string;
  hint?: string;
  /** Names the fields: `week-mon` and so on. */ prefix: string;
  texts: WrittenWeek;
  error?: string;
  onTexts?: (texts: WrittenWeek) => void;
};

const WORKING_DAYS: readonly Weekday[] = ["tue", "wed", "thu", "fri"];

/** The hours of a week, a line for each day; one button writes Monday's on the other working days. */
export function WeekFields({ legend, hint, prefix, texts, error, onTexts }: WeekProps) {
  const fields = useRef<HTMLFieldSetElement>(null);
  const alive = useHydrated();
  const fieldOf = (weekday: Weekday) =>
    fields.current?.querySelector<HTMLInputElement>(`[name="${prefix}-${weekday}"]`) ?? null;
  const tell = () => onTexts?.(writtenWeek((weekday) => fieldOf(weekday)?.value ?? ""));

  function repeatMonday() {
    const monday = fieldOf("mon")?.value ?? "";
    for (const weekday of WORKING_DAYS) {
      const field = fieldOf(weekday);
      if (field) field.value = monday;
    }
    tell();
  }

  return (
    <fieldset
      ref={fields}
      className={styles.week}
      onChange={tell}
      aria-describedby={error ? `${prefix}-error` : undefined}
    >
      <legend>{legend}</legend>
      {hint && <p className={styles.quiet}>{hint}</p>}
      {WEEKDAYS.map((weekday) => (
        <label key={weekday} className={styles.day}>
          <span>{DAY_NAMES[weekday]}</span>
          <TextInput
            name={`${prefix}-${weekday}`}
            defaultValue={texts[weekday]}
            placeholder={weekday === "mon" ? "09:00 to 12:30, 13:00 to 17:00" : undefined}
            aria-invalid={error?.includes(DAY_NAMES[weekday]) ? true : undefined}
            dir="ltr"
          />
        </label>
      ))}
      {error && <FieldError id={`${prefix}-error`}>{error}</FieldError>}
      {alive && (
        <div>
          <Button size="sm" variant="ghost" onClick={repeatMonday}>
            Tuesday to Friday as on Monday
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** A week as it is written in the fields; empty where nobody said any hours. */
export function weekTexts(week: WeeklyHours["days"] | null): WrittenWeek {
  return writtenWeek((weekday) => (week ? hoursWords(week[weekday]) : ""));
}

/** The text of each day. */
export function writtenWeek(textOf: (weekday: Weekday) => string): WrittenWeek {
  return {
    mon: textOf("mon"),
    tue: textOf("tue"),
    wed: textOf("wed"),
    thu: textOf("thu"),
    fri: textOf("fri"),
    sat: textOf("sat"),
    sun: textOf("sun"),
  };
}
