import { LETTER_WORDS } from "~/domain/matrix/letters";
import type { Letter, PartyKind } from "~/domain/matrix/shapes";
import { classNames } from "../primitives/class-names";
import styles from "./marks.module.css";

/** The letters of one cell as a chip in the party's colour; read out in words. */
export function LetterChip({
  letters,
  kind,
  size = "md",
}: {
  letters: readonly Letter[];
  kind: PartyKind;
  size?: "sm" | "md";
}) {
  const words = letters.map((letter) => LETTER_WORDS[letter].verb).join(" and ");
  const shape = letters.length > 1 ? styles.joined : styles[`letter${letters[0] ?? "I"}`];
  return (
    <span className={classNames(styles.chip, styles[kind], shape, size === "sm" && styles.small)} title={words}>
      {letters.map((letter) => (
        <i key={letter} aria-hidden>
          {letter}
        </i>
      ))}
      <span className="vh">{words}</span>
    </span>
  );
}
