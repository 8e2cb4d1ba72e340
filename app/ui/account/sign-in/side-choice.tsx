import { PartyMark } from "../../marks/party-mark";
import { classNames } from "../../primitives/class-names";
import { FieldError } from "../../primitives/form/field";
import styles from "../account.module.css";

type SideChoiceProps = {
  legend: string;
  hint?: string;
  chosen: string;
  error?: string;
  className?: string;
  names?: { client: string; provider: string };
};

/** Chooses which of the two sides somebody belongs to. */
export function SideChoice({
  legend,
  hint,
  chosen,
  error,
  className,
  names = { client: "Internal IT", provider: "The MSP" },
}: SideChoiceProps) {
  return (
    <fieldset className={classNames(styles.sides, className)} aria-describedby={hint ? "side-hint" : undefined}>
      <legend>{legend}</legend>
      {hint && (
        <p id="side-hint" className={styles.hint}>
          {hint}
        </p>
      )}
      <div className={styles.pair}>
        {(["client", "provider"] as const).map((side) => (
          <label key={side} className={styles.choice}>
            <input type="radio" name="side" value={side} defaultChecked={side === chosen} />
            <PartyMark kind={side} />
            <bdi>{names[side]}</bdi>
          </label>
        ))}
      </div>
      {error && <FieldError>{error}</FieldError>}
    </fieldset>
  );
}
