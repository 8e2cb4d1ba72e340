import type { ReactElement } from "react";
import type { Outcome } from "~/domain/workshop/outcome";

/**
 * An outcome as the two sides' marks beside the line between them: touching it, apart, crossed, with a line that runs
 * elsewhere for each, or not to be made out. The words stand beside it.
 */
export function OutcomeGlyph({ outcome, className }: { outcome: Outcome; className?: string }) {
  return (
    <svg viewBox="0 0 44 20" width="44" height="20" aria-hidden="true" focusable="false" className={className}>
      {DRAWN[outcome]}
    </svg>
  );
}

const STRONG = { stroke: "var(--ink)", strokeWidth: 1.5, fill: "none" };
const FAINT = { stroke: "var(--ink-3)", strokeWidth: 1.5, strokeDasharray: "2 2", fill: "none" };

const DRAWN: Record<Outcome, ReactElement> = {
  agree: (
    <>
      <circle cx="14" cy="10" r="7.5" fill="var(--int)" />
      <rect x="23" y="2.5" width="15" height="15" rx="2.5" fill="var(--msp)" />
      <path d="M22.2 1v18" {...STRONG} />
    </>
  ),
  gap: (
    <>
      <circle cx="8" cy="10" r="7.5" fill="var(--int)" />
      <rect x="29" y="2.5" width="15" height="15" rx="2.5" fill="var(--msp)" />
      <path d="M22.2 1v18" {...FAINT} />
    </>
  ),
  overlap: (
    <>
      <rect x="20" y="2.5" width="15" height="15" rx="2.5" fill="var(--msp)" />
      <circle cx="17" cy="10" r="8" fill="var(--int)" stroke="var(--surface)" strokeWidth="1.5" />
    </>
  ),
  differs: (
    <>
      <circle cx="8" cy="10" r="7.5" fill="var(--int)" />
      <rect x="29" y="2.5" width="15" height="15" rx="2.5" fill="var(--msp)" />
      <path d="M18.7 1v9h7v9" {...STRONG} />
    </>
  ),
  unclear: (
    <>
      <circle cx="8" cy="10" r="6.75" stroke="var(--int)" strokeWidth="1.5" strokeDasharray="3 2" fill="none" />
      <rect
        x="29.75"
        y="3.25"
        width="13.5"
        height="13.5"
        rx="2"
        stroke="var(--msp)"
        strokeWidth="1.5"
        strokeDasharray="3 2"
        fill="none"
      />
      <path d="M22.2 1v18" {...FAINT} />
    </>
  ),
};
