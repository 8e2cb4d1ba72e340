import type { PartyKind } from "~/domain/matrix/shapes";
import { classNames } from "../primitives/class-names";
import styles from "./avatar.module.css";

/** A person's initials in the shape of their side: a circle for the client, a rounded square for the provider. */
export function Avatar({ name, kind, size = "md" }: { name: string; kind: PartyKind | null; size?: "sm" | "md" }) {
  return (
    <span aria-hidden="true" className={classNames(styles.avatar, styles[size], kind && styles[kind])}>
      {initialsOf(name)}
    </span>
  );
}

/** First letters of the first and the last word. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return `${first}${last}`.toUpperCase();
}
