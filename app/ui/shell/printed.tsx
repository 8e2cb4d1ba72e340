import { dayWords } from "~/domain/day-words";
import type { Matrix } from "~/domain/matrix/matrix";
import { ownMomentWords, useHydrated } from "../primitives/time";
import { usePrinting } from "../primitives/use-printing";
import styles from "./printed.module.css";

type PrintedProps = {
  /** The subject, such as "Northwind and Harbour IT: Responsibility matrix". */
  title: string;
  /** The edition: "DRAFT", or a version with its status. Empty on pages about no single edition. */
  edition: string;
  /** Today as the server has it, as YYYY-MM-DD, until the reader's own is known; null if the page doesn't know it. */
  today: string | null;
};

/**
 * The print header and footer: a heading on the first sheet, and on each sheet the title, the edition, the time of
 * printing and the page number.
 */
export function Printed({ title, edition, today }: PrintedProps) {
  // Renders again when printing begins, so that the time is that of the printing.
  usePrinting();
  const hydrated = useHydrated();
  const day = hydrated ? ownMomentWords(new Date()) : today && `${dayWords(today)} in UTC`;
  const when = day ? `Printed ${day}` : "";
  const boxes: [string, string][] = [
    ["top-left", inCss(title)],
    ["top-right", inCss(edition)],
    ["bottom-left", inCss(when)],
    ["bottom-right", `"Page " counter(page) " of " counter(pages)`],
  ];
  const rules = boxes.map(([box, content]) => `@${box} { content: ${content}; }`).join(" ");
  return (
    <>
      {/* Only a rule of the page itself reaches the margins of each sheet. A browser that knows none has the heading. */}
      <style dangerouslySetInnerHTML={{ __html: `@page { ${rules} }` }} />
      <header className={styles.heading}>
        <p className={styles.title}>
          <bdi>{title}</bdi>
        </p>
        <p>{[edition, when].filter(Boolean).join(" · ")}</p>
      </header>
    </>
  );
}

/** The print title of a matrix: its sides, then its own title. */
export function printedTitle({ parties, title }: Pick<Matrix, "parties" | "title">): string {
  const sides = (["client", "provider"] as const).flatMap(
    (kind) => parties.find((party) => party.kind === kind)?.name ?? [],
  );
  return `${sides.join(" and ")}: ${title}`;
}

/** A text as a CSS string. Characters that could end the string, the rule or the `style` element are escaped. */
function inCss(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,:·-]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `)}"`;
}
