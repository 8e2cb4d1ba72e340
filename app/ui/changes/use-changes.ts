import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Comparison, DutyChange } from "~/domain/changes/comparison";
import type { Matrix } from "~/domain/matrix/matrix";
import { paths } from "~/paths";
import { useParams } from "../primitives/router";

/** The differences from a version: the changed duties by id, and how many of its duties were removed. */
export type Changes = { since: number; of: ReadonlyMap<string, DutyChange>; gone: number };
export type ChangesState =
  | { kind: "off" }
  | { kind: "loading"; since: number }
  | { kind: "failed"; since: number }
  | { kind: "ready"; changes: Changes };

type Loaded = { since: number; compare: (before: Matrix, after: Matrix) => Comparison; version: Matrix };

/**
 * Compares the matrix on screen with a version. The comparison is deferred (`useDeferredValue`), so that typing never
 * waits for it.
 */
export function useChanges(matrix: Matrix, since: number | null): ChangesState {
  const { matrixId } = useParams();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failed, setFailed] = useState<number | null>(null);
  const settled = useDeferredValue(matrix);

  useEffect(() => {
    if (since === null || !matrixId) return;
    const gone = new AbortController();
    setFailed(null);
    void load(matrixId, since, gone.signal).then(
      (next) => !gone.signal.aborted && setLoaded(next),
      () => !gone.signal.aborted && setFailed(since),
    );
    return () => gone.abort();
  }, [matrixId, since]);

  return useMemo(() => {
    if (since === null || !matrixId) return { kind: "off" };
    if (failed === since) return { kind: "failed", since };
    if (loaded?.since !== since) return { kind: "loading", since };
    const { groups, counts } = loaded.compare(loaded.version, settled);
    const there = groups.flatMap(({ duties }) => duties).filter(({ kinds }) => !kinds.includes("removed"));
    return {
      kind: "ready",
      changes: { since, of: new Map(there.map((change) => [change.dutyId, change])), gone: counts.removed },
    };
  }, [matrixId, since, failed, loaded, settled]);
}

async function load(matrixId: string, since: number, signal: AbortSignal): Promise<Loaded> {
  const [{ compareDuties }, response] = await Promise.all([
    import("~/domain/changes/comparison"),
    fetch(paths.snapshot(matrixId, since), { signal }),
  ]);
  if (!response.ok) throw new Error(`There is no version ${since} to be read.`);
  return { since, compare: compareDuties, version: await response.json() };
}
