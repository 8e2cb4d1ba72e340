import type { ReactNode } from "react";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { TARGET_NOTE } from "~/domain/parts/paths";
import { useSearchParams } from "../primitives/router";
import styles from "./escalation-page.module.css";
import { Ladder } from "./ladder/ladder";
import { PathChoice } from "./path-choice";
import { PathFacts } from "./path-facts";
import { PathTitle } from "./path-head";

type BelowProps = {
  path: EscalationPath;
  matrix: Matrix;
  /** How cards are moved. */ hint?: ReactNode;
  children?: ReactNode;
};

/** What is said below a ladder: how its minutes count, and the texts of its path. */
export function BelowLadder({ path, matrix, hint, children }: BelowProps) {
  return (
    <>
      <p className={styles.note}>
        Minutes are counted from the start of a path, on the clock that the path names. A level that reaches nobody is
        passed over at once. {TARGET_NOTE}
        {hint}
      </p>
      <PathFacts path={path} matrix={matrix} />
      {children}
    </>
  );
}

/** The paths of a matrix that can only be read, as a read-only link shows them. */
export function SharedPaths({ matrix }: { matrix: Matrix }) {
  const [params, setParams] = useSearchParams();
  const path = matrix.paths.find(({ id }) => id === params.get("path")) ?? matrix.paths[0];
  if (!path) return null;

  function choose(pathId: string) {
    const next = new URLSearchParams(params);
    next.set("path", pathId);
    setParams(next, { replace: true, preventScrollReset: true });
  }

  return (
    <div className={styles.page} data-print="flow">
      <div className={styles.alone} data-print="flow">
        <PathChoice paths={matrix.paths} path={path} onChoose={choose} onMove={null} />
        <header className={styles.head}>
          <PathTitle path={path} matrix={matrix} />
        </header>
        <Ladder path={path} matrix={matrix} actions={null} />
        <BelowLadder path={path} matrix={matrix} />
      </div>
    </div>
  );
}
