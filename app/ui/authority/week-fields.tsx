import { DAY_NAMES, WEEKDAYS, type Weekday } from "~/domain/cover/working-hours";
import type { Week } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { hoursFrom } from "~/domain/cover/typed-hours";
import { hoursWords } from "~/domain/parts/hours";
import { reject, type Result } from "~/domain/result";
import { useTextEdit } from "../editor/use-text-edit";
import { Button } from "../primitives/button";
import { Field, TextInput } from "../primitives/form/field";
import styles from "./authority.module.css";

type SetWeek = (values: Readonly<Record<string, Week[Weekday]>>, label: string) => Result<Matrix>;

const AFTER_MONDAY: readonly Weekday[] = ["tue", "wed", "thu", "fri"];

/** The hours of each day of a week, written as “09:00 to 12:30, 13:15 to 17:00”. */
export function WeekFields({ heading, week, set }: { heading: string; week: Week; set: SetWeek }) {
  return (
    <div className={styles.days} role="group" aria-label={heading}>
      <h3>{heading}</h3>
      {WEEKDAYS.map((weekday) => (
        <DayField key={weekday} weekday={weekday} week={week} set={set} />
      ))}
      {week.mon.length > 0 && (
        <Button
          size="sm"
          className={styles.same}
          onClick={() =>
            set(
              Object.fromEntries(AFTER_MONDAY.map((weekday) => [`week/${weekday}`, week.mon])),
              "Monday’s hours until Friday",
            )
          }
        >
          Monday&rsquo;s hours until Friday
        </Button>
      )}
    </div>
  );
}

function DayField({ weekday, week, set }: { weekday: Weekday; week: Week; set: SetWeek }) {
  const { error, control } = useTextEdit({
    value: hoursWords(week[weekday]),
    save: (text) => {
      const hours = hoursFrom(text);
      return hours === null
        ? reject("hours-unread", "Write hours such as 09:00 to 17:30, or leave the day empty.")
        : set({ [`week/${weekday}`]: hours }, DAY_NAMES[weekday]);
    },
  });
  return (
    <Field label={DAY_NAMES[weekday]} error={error} className={styles.day}>
      <TextInput {...control} placeholder="None" />
    </Field>
  );
}
