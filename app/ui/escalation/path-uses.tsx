import { useMemo } from "react";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Duty } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import type { MatrixEditor } from "../editor/editor-types";
import { Select } from "../primitives/form/field";
import { Link } from "../primitives/router";
import styles from "./escalation-page.module.css";
import { dutiesUsing, usesOf, type DomainUse } from "./escalation-view";

const counted = (count: number) => `${count} ${count === 1 ? "duty" : "duties"}`;

/** Which duties the path applies to, and the path of each domain, which its duties follow unless they name their own. */
export function PathUses({ editor, path }: { editor: MatrixEditor; path: EscalationPath }) {
  const { matrix } = editor;
  const uses = useMemo(() => usesOf(matrix), [matrix]);
  const count = dutiesUsing(matrix, path.id);
  const without = dutiesUsing(matrix, null);
  return (
    <section className={styles.uses} aria-labelledby="uses-title">
      <h2 id="uses-title">Duties and their path</h2>
      <p className={styles.quiet}>
        <bdi>{path.name}</bdi> applies to {count === 0 ? "no duty yet" : counted(count)}.
        {without > 0 &&
          ` ${counted(without)} ${without === 1 ? "has" : "have"} no path: neither the duty nor its domain names one.`}
      </p>
      {uses.length === 0 && (
        <p className={styles.quiet}>There is no domain yet. A domain names the path of its duties.</p>
      )}
      <ul className={styles.domains}>
        {uses.map((use) => (
          <DomainRow key={use.domain.id} use={use} editor={editor} />
        ))}
      </ul>
    </section>
  );
}

function DomainRow({ use: { domain, count, own }, editor }: { use: DomainUse; editor: MatrixEditor }) {
  const { matrix, matrixId, readOnly, run } = editor;
  const nameOf = (pathId: string | null) => matrix.paths.find(({ id }) => id === pathId)?.name ?? "No path";

  function choose(pathId: string | null) {
    run(
      [{ type: "domain.escalate", domainId: domain.id, pathId }],
      pathId === null ? `${domain.name} names no path` : `${domain.name} names ${nameOf(pathId)}`,
    );
  }

  return (
    <li className={styles.domain}>
      <div className={styles.domainWords}>
        <Link to={paths.domain(matrixId, domain.id)} discover="none">
          <bdi>{domain.name}</bdi>
        </Link>
        <span className={styles.quiet}>{counted(count)}</span>
      </div>
      {readOnly ? (
        <bdi className={styles.chosen}>{nameOf(domain.pathId)}</bdi>
      ) : (
        <Select
          className={styles.chosen}
          aria-label={`Escalation path of ${domain.name}`}
          value={domain.pathId ?? ""}
          onChange={({ target }) => choose(target.value || null)}
        >
          <option value="">No path</option>
          {matrix.paths.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {own.length > 0 && (
        <ul className={styles.own}>
          {own.map((duty) => (
            <OwnPath key={duty.id} duty={duty} name={nameOf(duty.pathId)} matrixId={matrixId} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** A duty that names a path by itself. */
function OwnPath({ duty, name, matrixId }: { duty: Duty; name: string; matrixId: string }) {
  return (
    <li>
      <Link to={paths.duty(matrixId, duty.id)} discover="none" title={duty.text}>
        {duty.code}
      </Link>{" "}
      names <bdi>{name}</bdi> by itself
    </li>
  );
}
