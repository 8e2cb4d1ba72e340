import { PartyMark } from "../../marks/party-mark";
import styles from "./phone.module.css";
import type { Side } from "./sides";

/** A party's name in its colour, with its mark. */
export function PartyTag({ side: { kind, name } }: { side: Side }) {
  return (
    <span className={styles.tag} data-kind={kind}>
      <PartyMark kind={kind} />
      <bdi>{name}</bdi>
    </span>
  );
}
