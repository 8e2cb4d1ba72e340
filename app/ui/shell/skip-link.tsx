import styles from "./skip-link.module.css";

/** Lets the keyboard pass over the bars to the page. */
export function SkipLink() {
  return (
    <a href="#content" className={styles.skip}>
      Skip to content
    </a>
  );
}
