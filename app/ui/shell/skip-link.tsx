import styles from "./skip-link.module.css";

/** Lets the keyboard skip the bars and go to the page's content. */
export function SkipLink() {
  return (
    <a href="#content" className={styles.skip}>
      Skip to content
    </a>
  );
}
