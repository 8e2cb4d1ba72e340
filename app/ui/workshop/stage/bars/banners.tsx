import { paths } from "~/paths";
import type { LiveState } from "../../../live/event-source";
import { Link } from "../../../primitives/router";
import styles from "../stage.module.css";

/** Why what is on screen may be old, or why nothing is settled on it. */
export function Banners({ live, archived, matrixId }: { live: LiveState; archived: boolean; matrixId: string | null }) {
  return (
    <div role="status">
      {live === "lost" && (
        <p className={styles.banner} data-tone="alert">
          The connection is lost. What you see may be old; it comes back by itself, and nothing is lost.
        </p>
      )}
      {live === "refused" && (
        <p className={styles.banner} data-tone="alert">
          The server refuses this page. <a href="">Load it again</a>, or sign in again.
        </p>
      )}
      {live === "other-release" && (
        <p className={styles.banner}>
          Demarc was updated. <a href="">Reload</a> to go on; the workshop stays where it is.
        </p>
      )}
      {archived && (
        <p className={styles.banner} data-tone="alert">
          The matrix was archived, so nothing is settled on it.{" "}
          {matrixId !== null && <Link to={paths.matrices(matrixId)}>Bring it back</Link>}
          {matrixId !== null && ", or end the workshop: what was said is in its minutes."}
        </p>
      )}
    </div>
  );
}
