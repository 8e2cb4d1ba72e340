import { dayWords } from "~/domain/day-words";
import type { Matrix } from "~/domain/matrix";
import { ownMomentWords, useHydrated } from "../primitives/time";
import { usePrinting } from "../primitives/use-printing";
import styles from "./printed.module.css";

type PrintedProps = {
  /** What it is about, such as "Northwind and Harbour IT: Responsibility matrix". */
  title: string;
  /** Which one of it: "DRAFT", or a version and how it stands. Empty where a page is about no single one. */
  edition: string;
  /** The day it is where nothing is known of the reader, as YYYY-MM-DD; null where a page doesn't know it. */
  today: string | null;
};

/** What paper says of itself: a heading on the first sheet, and on each sheet the title, the edition, when it was printed, and the page out of how many. */
export function Printed({ title, edition, today }: PrintedProps) {
  // Drawn again as printing begins, so that the moment is that of the printing.
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

/** What the paper of a matrix is called: its sides, then its own title. */
export function printedTitle({ parties, title }: Pick<Matrix, "parties" | "title">): string {
  const sides = (["client", "provider"] as const).flatMap((kind) => parties.find((party) => party.kind === kind)?.name ?? []);
  return `${sides.join(" and ")}: ${title}`;
}

/** A text as a string of CSS. Whatever could end the string, the rule or the element is written as its number. */
function inCss(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,:·-]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `)}"`;
}
