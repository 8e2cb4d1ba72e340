import { cellText, LETTER_WORDS } from "~/domain/matrix/letters";
import type { Letter, PartyKind } from "~/domain/matrix/shapes";
import { classNames } from "../primitives/class-names";
import styles from "./marks.module.css";

/**
 * The letters of one cell as a chip in the party's colour, or in ink where it is nobody's; read out in words. A large one
 * grows with the text around it. Letters that rest stand in brackets, as in files.
 */
export function LetterChip({
  letters,
  kind,
  size = "md",
  resting = false,
}: {
  letters: readonly Letter[];
  kind: PartyKind | "neutral";
  size?: "sm" | "md" | "lg";
  resting?: boolean;
}) {
  const words = letters.map((letter) => LETTER_WORDS[letter].verb).join(" and ");
  if (resting)
    return (
      <span className={styles.resting} title={`${words}, once it applies`}>
        <span aria-hidden translate="no">
          ({cellText(letters)})
        </span>
        <span className="vh">{words}, once it applies</span>
      </span>
    );
  const shape = letters.length > 1 ? styles.joined : styles[`letter${letters[0] ?? "I"}`];
  return (
    <span className={classNames(styles.chip, styles[kind], shape, size !== "md" && styles[size])} title={words}>
      {letters.map((letter) => (
        <i key={letter} aria-hidden>
          {letter}
        </i>
      ))}
      <span className="vh">{words}</span>
    </span>
  );
}
