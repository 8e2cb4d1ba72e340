import { DAY_NAMES } from "~/domain/cover/working-hours";
import { dayWords } from "~/domain/day-words";
import type { ShownTime, ShownTurn } from "~/domain/escalation/rota-preview.server";
import { classNames } from "../primitives/class-names";
import styles from "./people.module.css";

type TurnsProps = { turns: readonly ShownTurn[]; timeZone: string; nameOf: (personId: string) => string };

/** Who is on call next, as stored: with whoever stands in, and where nobody does. */
export function NextTurns({ turns, timeZone, nameOf }: TurnsProps) {
  return (
    <section className={styles.part} aria-labelledby="next-title">
      <h3 id="next-title">Next turns</h3>
      <p className={styles.quiet}>On the clocks of {timeZone}, with overrides and days away.</p>
      {turns.length === 0 ? (
        <p>Nobody of this rota is here any more. Choose other people.</p>
      ) : (
        <ol className={styles.turns}>
          {turns.map((turn, i) => (
            <li key={`${turn.from.day} ${turn.from.time}`}>
              <span className={styles.quiet}>{spanWords(turn, i === 0)}</span>
              <span className={classNames(turn.kind === "nobody" && styles.hole)}>{whoWords(turn, nameOf)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function timeWords({ day, weekday, time }: ShownTime): string {
  return `${DAY_NAMES[weekday].slice(0, 3)} ${dayWords(day)}, ${time}`;
}

function spanWords({ from, to }: ShownTurn, isNow: boolean): string {
  if (to === null) return isNow ? "From now on" : `From ${timeWords(from)} on`;
  return isNow ? `Until ${timeWords(to)}` : `${timeWords(from)} to ${timeWords(to)}`;
}

function whoWords({ personIds, away, kind }: ShownTurn, nameOf: TurnsProps["nameOf"]): string {
  const missing = away.length === 0 ? "" : `${away.map(nameOf).join(", ")} ${away.length === 1 ? "is" : "are"} away`;
  if (kind === "off") return "Declared off";
  if (kind === "nobody") return missing === "" ? "Nobody" : `Nobody: ${missing}`;
  const names = personIds.map(nameOf).join(", then ");
  return [names, kind === "override" ? "override" : "", missing].filter(Boolean).join("; ");
}
