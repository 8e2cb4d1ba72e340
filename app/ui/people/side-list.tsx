import type { Matrix } from "~/domain/matrix/matrix";
import type { PartyKind } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import { PartyMark } from "../marks/party-mark";
import { ButtonLink } from "../primitives/button";
import { Link } from "../primitives/router";
import { CircleDashed, Icon, Plus } from "../primitives/icon";
import { findPeople, rolesOfSide, sideName, type PeopleFacts } from "./people-view";
import { PersonCard } from "./person-card";
import styles from "./people.module.css";

type SideProps = {
  side: PartyKind;
  /** Null if people have no page of their own here. */ matrixId: string | null;
  matrix: Matrix;
  facts: PeopleFacts;
  query: string;
  now: Date;
  today: string;
  /** The ids of the roles that have a rota. */ rotaRoleIds?: readonly string[];
  openId: string | null;
  openRole?: string | null;
  readOnly: boolean;
};

/** The people of one side, and the roles of it that nobody holds. */
export function SideList(props: SideProps) {
  const { side, matrixId, matrix, facts, query, now, today, openId, readOnly } = props;
  const all = facts.people.filter((person) => person.side === side);
  const matches = query === "" ? all : findPeople(matrix, facts, side, query);
  const vacant = rolesOfSide(matrix, side).filter(({ id }) => facts.vacant.has(id));
  const name = sideName(matrix, side);
  return (
    <section className={styles.side} aria-label={`${name}, ${all.length} ${all.length === 1 ? "person" : "people"}`}>
      <header className={styles.sideHead}>
        <PartyMark kind={side} />
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <span className={styles.quiet}>{all.length}</span>
        <span className={styles.grow} />
        {!readOnly && matrixId !== null && (
          <ButtonLink
            size="sm"
            icon={<Icon of={Plus} size={14} />}
            to={paths.people(matrixId, { add: side })}
            preventScrollReset
            aria-label={`Add a person of ${name}`}
          >
            Add a person
          </ButtonLink>
        )}
      </header>
      {vacant.length > 0 && (
        <p className={styles.vacant}>
          <Icon of={CircleDashed} size={14} />
          <span>
            Vacant: <bdi>{vacant.map((role) => role.name).join(", ")}</bdi>
          </span>
        </p>
      )}
      <Rotas {...props} />
      {matches.length === 0 ? (
        <p className={styles.nobody}>
          {all.length > 0
            ? "Nobody here matches."
            : readOnly
              ? "Nobody is written down."
              : "Nobody yet. Write down whom to call when something breaks."}
        </p>
      ) : (
        <ul className={styles.cards}>
          {matches.map((person) => (
            <PersonCard
              key={person.id}
              person={person}
              matrixId={matrixId}
              matrix={matrix}
              facts={facts}
              now={now}
              today={today}
              open={person.id === openId}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The roles of a side, each a link to its rota; none where people have no page of their own. */
function Rotas({ side, matrixId, matrix, rotaRoleIds, openRole }: SideProps) {
  const roles = rolesOfSide(matrix, side);
  if (matrixId === null || !rotaRoleIds || roles.length === 0) return null;
  const count = roles.filter(({ id }) => rotaRoleIds.includes(id)).length;
  return (
    <details className={styles.rotas} open={roles.some(({ id }) => id === openRole) || undefined}>
      <summary>
        On call: <b>{count === 0 ? "no rota" : count === 1 ? "1 rota" : `${count} rotas`}</b>
      </summary>
      <ul>
        {roles.map(({ id, name }) => (
          <li key={id}>
            <Link
              to={paths.people(matrixId, { rota: id })}
              preventScrollReset
              aria-current={id === openRole || undefined}
            >
              <bdi>{name}</bdi>
            </Link>
            {rotaRoleIds.includes(id) && <span className={styles.quiet}>has a rota</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
