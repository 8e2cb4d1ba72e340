import { paths } from "~/paths";
import { Button, ButtonLink } from "../primitives/button";
import { useParams } from "../primitives/router";
import styles from "./changes-bar.module.css";
import type { ChangesState } from "./use-changes";

type BarProps = {
  state: ChangesState;
  /** Whether only the marked duties are shown. */ only: boolean;
  set: (param: "since" | "changed", value: string) => void;
};

/** Says which version the marks compare with, and filters the view to the marked duties. */
export function ChangesBar({ state, only, set }: BarProps) {
  const { matrixId = "" } = useParams();
  if (state.kind === "off") return null;
  return (
    <div className={styles.bar} data-changes data-print="hide">
      <p role="status">{wordsOf(state)}</p>
      {state.kind === "ready" && state.changes.of.size > 0 && (
        <Button size="sm" variant="ghost" aria-pressed={only} onClick={() => set("changed", only ? "" : "only")}>
          {only ? "Show all duties" : "Show only these"}
        </Button>
      )}
      {state.kind === "ready" && (
        <ButtonLink
          size="sm"
          variant="ghost"
          to={paths.compare(matrixId, { from: String(state.changes.since), to: "draft" })}
        >
          Compare in full
        </ButtonLink>
      )}
      <Button size="sm" variant="ghost" onClick={() => set("since", "")}>
        Stop marking
      </Button>
    </div>
  );
}

function wordsOf(state: Exclude<ChangesState, { kind: "off" }>): string {
  if (state.kind === "loading") return `Looking for what changed since version ${state.since}…`;
  if (state.kind === "failed")
    return `Version ${state.since} couldn't be read, so nothing is marked. Check the connection and load the page again.`;
  const { since, of, gone } = state.changes;
  const changed = of.size === 0 ? "No duty" : of.size === 1 ? "1 duty" : `${of.size} duties`;
  const removed = gone === 0 ? "" : gone === 1 ? ", and 1 was removed" : `, and ${gone} were removed`;
  return `${changed} here changed since version ${since}${removed}.`;
}
