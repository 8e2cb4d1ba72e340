import { Button } from "../primitives/button";
import type { useFindings } from "./findings-context";
import styles from "./findings-page.module.css";

type CoverNoteProps = { cover: ReturnType<typeof useFindings>["cover"]; horizon: string | undefined };

/** Which weeks the findings about hours are of, and how far they are. */
export function CoverNote({ cover: { state, retry }, horizon }: CoverNoteProps) {
  if (state === "none") return null;
  return (
    <p className={styles.coverNote} role="status">
      {state === "waiting" && "Who can be reached when is still being worked out; its findings follow."}
      {state === "here" && `Who can be reached was worked out for ${horizon}.`}
      {state === "failed" && (
        <>
          Who can be reached could not be fetched, so its findings are missing or not the newest. Check your connection.{" "}
          <Button size="sm" onClick={retry}>
            Try again
          </Button>
        </>
      )}
    </p>
  );
}
