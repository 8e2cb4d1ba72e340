import { CircleAlert } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import dates from "./date-remarks.module.css";
import styles from "./sentence-list.module.css";

/** Names the characters of a version that its PDF can only show as boxes, each with its place. */
export function MissingCharacters({ places, signing = false }: { places: readonly string[]; signing?: boolean }) {
  if (places.length === 0) return null;
  return (
    <section aria-label="Characters without a typeface" className={dates.remarks}>
      <Notice icon={CircleAlert} tone="alert">
        No typeface has some characters of this version. Its PDF shows □ in their place and says so on its first page;
        the text that is signed has them.{" "}
        {signing
          ? "If it matters to you, decline, and ask for a version without them."
          : "Write these without them before you publish."}
      </Notice>
      <ul className={styles.list}>
        {places.map((place) => (
          <li key={place}>{place}</li>
        ))}
      </ul>
    </section>
  );
}
