import type { PartyKind } from "~/domain/matrix/shapes";
import { classNames } from "../primitives/class-names";
import styles from "./marks.module.css";

export type MarkKind = PartyKind | "shared" | "none";

/**
 * A party's shape: circle for the client, square for the provider, diamond for a third party. Shape first, colour
 * second.
 */
export function PartyMark({ kind, className }: { kind: MarkKind; className?: string }) {
  return <span aria-hidden className={classNames(styles.mark, styles[kind], className)} />;
}
