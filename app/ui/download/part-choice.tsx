import { useId } from "react";
import { PART_WORDS, type ReportPart } from "~/domain/pack/report-parts";
import styles from "./download-menu.module.css";

/** What a part is, where its name alone doesn't say it. */
const MEANINGS: Partial<Record<ReportPart, string>> = {
  clauses: "Who the parties are, what words mean, and what you agree beside the duties.",
  matrix: "Annex 1: who does and answers for what.",
  duties: "Annex 2: each duty once, with everything agreed of it.",
  escalation: "Annex 3: who is called when, who may approve what, and how you talk.",
  "accepted-warnings":
    "Annex 4: gaps that both of you live with, and why. They are admissions, so they are printed only if you choose them. The text that is signed has them either way.",
  changes: "What differs from the version before.",
  "by-party": "A list for each party of what it does and answers for. It repeats Annex 2.",
  contacts: "Whom to reach. They are no part of what is signed.",
};

type PartChoiceProps = {
  legend: string;
  parts: readonly ReportPart[];
  chosen: readonly ReportPart[];
  onChange: (chosen: readonly ReportPart[]) => void;
};

/** A group of parts of a pack to choose from, each with what it is. */
export function PartChoice({ legend, parts, chosen, onChange }: PartChoiceProps) {
  const id = useId();
  return (
    <fieldset className={styles.parts}>
      <legend>{legend}</legend>
      {parts.map((part) => (
        <label key={part}>
          <input
            type="checkbox"
            checked={chosen.includes(part)}
            aria-labelledby={`${id}-${part}`}
            aria-describedby={`${id}-${part}-means`}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, part] : chosen.filter((one) => one !== part))
            }
          />
          <span>
            <span id={`${id}-${part}`}>{PART_WORDS[part]}</span>
            <span id={`${id}-${part}-means`} className={styles.means}>
              {MEANINGS[part]}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
