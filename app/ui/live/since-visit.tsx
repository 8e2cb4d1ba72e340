import { useEffect, useState } from "react";
import { paths } from "~/paths";
import type { SinceVisit as Since } from "~/services/live/visits.server";
import { Button, ButtonLink } from "../primitives/button";
import { Icon, X } from "../primitives/icon";
import { Time } from "../primitives/time";
import styles from "./since-visit.module.css";

type SinceProps = { matrixId: string; loaded: Since | null };

/** Says what others changed since the reader had the matrix open last, until they have seen it. What comes later is shown as it happens. */
export function SinceVisit({ matrixId, loaded }: SinceProps) {
  const [told, setTold] = useState(loaded);
  useVisit(matrixId, loaded?.since ?? null);
  if (!told) return null;
  const caughtUp = () => {
    setTold(null);
    tellVisit(matrixId, null);
    document.getElementById("content")?.focus({ preventScroll: true });
  };
  return (
    <section className={styles.since} aria-label="Since you were here" data-print="hide">
      <p>
        {told.changes === 1 ? "1 change" : `${told.changes} changes`} by{" "}
        {told.people === 1 ? <bdi>{told.name}</bdi> : `${told.people} people`} since you were here on{" "}
        <Time iso={told.since} withTime />
      </p>
      <ButtonLink size="sm" variant="ghost" to={paths.activity(matrixId, { since: told.since })} onClick={caughtUp}>
        See {told.changes === 1 ? "it" : "them"}
      </ButtonLink>
      <Button
        size="sm"
        variant="ghost"
        icon={<Icon of={X} />}
        aria-label="Dismiss"
        title="Dismiss"
        onClick={caughtUp}
      />
    </section>
  );
}

/** Tells the server once that the matrix is on screen, and what was told: a page in the background is no visit until it is shown. */
function useVisit(matrixId: string, since: string | null): void {
  const [first] = useState(since);
  useEffect(() => {
    function begin() {
      if (document.visibilityState !== "visible") return;
      document.removeEventListener("visibilitychange", begin);
      tellVisit(matrixId, first);
    }
    document.addEventListener("visibilitychange", begin);
    begin();
    return () => document.removeEventListener("visibilitychange", begin);
  }, [matrixId, first]);
}

function tellVisit(matrixId: string, since: string | null): void {
  // Where it doesn't arrive, the reader is told the same once more next time.
  fetch(paths.visit(matrixId), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ since }),
    keepalive: true,
  }).catch(() => undefined);
}
