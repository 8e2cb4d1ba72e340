import type { ReactNode } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../../editor/editor-types";
import { PartyMark } from "../../marks/party-mark";
import { usePeople } from "../../people/people-context";
import { classNames } from "../../primitives/class-names";
import { CircleDashed, Icon } from "../../primitives/icon";
import styles from "./grid.module.css";
import type { GridColumn } from "../matrix-view";
import { RoleMenu } from "./role-menu";

type HeadProps = {
  matrix: Matrix;
  columns: readonly GridColumn[];
  active: number | null;
  current: number;
  editor: MatrixEditor | null;
  summary: ReactNode;
  refocus: () => void;
};

/** Parties above their roles. A role's heading opens its menu. */
export function GridHead({ matrix, columns, active, current, editor, summary, refocus }: HeadProps) {
  const { rolesOf } = indexOf(matrix);
  const { vacant } = usePeople();
  const parties = matrix.parties.filter(({ id }) => (rolesOf.get(id) ?? []).length > 0);
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={classNames(styles.headRow, styles.parties)}>
        <div role="columnheader" aria-colindex={1} aria-label="Duty" className={styles.corner}>
          {summary}
        </div>
        {parties.map((party) => {
          const roles = rolesOf.get(party.id) ?? [];
          const first = columns.findIndex(({ party: other }) => other.id === party.id);
          return (
            <div
              key={party.id}
              role="columnheader"
              aria-colindex={first + 2}
              aria-colspan={roles.length}
              className={classNames(styles.party, styles[party.kind], styles.edge, roles.length === 1 && styles.single)}
              style={{ width: `calc(var(--col) * ${roles.length})` }}
              title={party.name}
            >
              <PartyMark kind={party.kind} />
              <bdi>{party.name}</bdi>
            </div>
          );
        })}
      </div>
      <div role="row" aria-rowindex={2} className={classNames(styles.headRow, styles.roles)}>
        <div role="columnheader" aria-colindex={1} className={styles.corner}>
          <span className="vh">Roles</span>
        </div>
        {columns.map(({ role, party, edge }, i) => (
          <div
            key={role.id}
            role="columnheader"
            aria-colindex={i + 2}
            aria-label={`${role.name}, ${party.name}${role.lead ? ", lead" : ""}${vacant.has(role.id) ? ", vacant" : ""}`}
            id={`role-${i}`}
            className={classNames(
              styles.role,
              styles[party.kind],
              edge && styles.edge,
              i === current && styles.current,
              active === i && styles.focus,
            )}
          >
            {editor ? (
              <RoleMenu
                role={role}
                party={party}
                editor={editor}
                refocus={refocus}
                trigger={(props) => (
                  <button
                    {...props}
                    type="button"
                    className={styles.roleName}
                    tabIndex={-1}
                    data-menu-of={`role-${i}`}
                    title={`${role.name}, ${party.name}${role.lead ? " (lead)" : ""}${vacant.has(role.id) ? ". Vacant: nobody holds it" : ""}`}
                  >
                    {role.name}
                  </button>
                )}
              />
            ) : (
              <span className={styles.roleName} title={`${role.name}, ${party.name}`}>
                {role.name}
              </span>
            )}
            {vacant.has(role.id) && <Icon of={CircleDashed} size={12} className={styles.vacant} />}
          </div>
        ))}
      </div>
    </div>
  );
}
