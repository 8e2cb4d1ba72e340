import { paths } from "~/paths";
import type { DirectoryChoice } from "~/services/account/directories.server";
import { ButtonLink } from "../../primitives/button";
import styles from "../account.module.css";

type DirectoryLinksProps = { directories: DirectoryChoice[]; next: string; words: (label: string) => string };

/** A button for each directory, above the other ways to sign in; nothing without directories. */
export function DirectoryLinks({ directories, next, words }: DirectoryLinksProps) {
  if (directories.length === 0) return null;
  return (
    <>
      <div className={styles.directories}>
        {directories.map(({ id, label }) => (
          <ButtonLink key={id} to={paths.signInDirectory(id, next)} reloadDocument size="lg" className={styles.submit}>
            <span className={styles.cut}>{words(label)}</span>
          </ButtonLink>
        ))}
      </div>
      <p className={styles.or}>
        <span>or</span>
      </p>
    </>
  );
}
