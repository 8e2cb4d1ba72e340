import { useMemo, type ReactNode } from "react";
import { isOfKind, KIND_WORDS, KINDS } from "~/domain/matrix/kinds";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty, PartyKind } from "~/domain/matrix/shapes";
import { balanceOf, balanceWords, columnKeyOf, indexOf } from "~/domain/matrix/owner";
import { paths } from "~/paths";
import { PartyMark, type MarkKind } from "../marks/party-mark";
import { loadOf } from "../matrix/matrix-view";
import { Link, useNavigate } from "../primitives/router";
import styles from "./pictures.module.css";

/** Five charts of the matrix, each with its figures as a table. A click shows the duties in the grid. */
export function Pictures({ matrix, matrixId }: { matrix: Matrix; matrixId: string }) {
  if (matrix.duties.length === 0) return null;
  return (
    <aside className={styles.pictures} aria-label="Pictures">
      <Balance matrix={matrix} matrixId={matrixId} />
      <Kinds matrix={matrix} matrixId={matrixId} />
      <LoadByRole matrix={matrix} matrixId={matrixId} />
      <Dependency matrix={matrix} matrixId={matrixId} />
      <Heat matrix={matrix} matrixId={matrixId} />
    </aside>
  );
}

type PictureProps = { matrix: Matrix; matrixId: string };
type Segment = { key: string; kind: MarkKind; from: number; share: number };

/** A bar of segments side by side, as an image whose words say the same. */
function Bar({ segments, label, height = 11 }: { segments: readonly Segment[]; label: string; height?: number }) {
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.bar}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      style={{ height }}
    >
      {segments.map(({ key, kind, from, share }) =>
        kind === "shared" ? (
          <g key={key}>
            <rect x={from} y={0} width={Math.max(0, share - 0.3)} height={height / 2} className={styles.client} />
            <rect
              x={from}
              y={height / 2}
              width={Math.max(0, share - 0.3)}
              height={height / 2}
              className={styles.provider}
            />
          </g>
        ) : (
          <rect key={key} x={from} y={0} width={Math.max(0, share - 0.3)} height={height} className={styles[kind]} />
        ),
      )}
    </svg>
  );
}

function segmentsOf(parts: readonly { key: string; kind: MarkKind; count: number }[], whole: number): Segment[] {
  let from = 0;
  return parts.flatMap(({ key, kind, count }) => {
    if (count === 0) return [];
    const segment = { key, kind, from, share: (count / whole) * 100 };
    from += segment.share;
    return [segment];
  });
}

function Figure({
  title,
  note,
  children,
  table,
}: {
  title: string;
  note?: string;
  children: ReactNode;
  table: { head: string[]; rows: ReactNode[][] };
}) {
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h2>{title}</h2>
        {note && <span>{note}</span>}
      </figcaption>
      {children}
      <details className={styles.table}>
        <summary>As a table</summary>
        <div>
          <table>
            <thead>
              <tr>
                {table.head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(([first, ...rest], at) => (
                <tr key={at}>
                  <th scope="row">{first}</th>
                  {rest.map((value, i) => (
                    <td key={table.head[i + 1]}>{value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** Who does what, domain by domain. */
function Balance({ matrix, matrixId }: PictureProps) {
  const rows = useMemo(() => {
    const byDomain = new Map<string, Duty[]>(matrix.domains.map(({ id }) => [id, []]));
    for (const duty of matrix.duties) byDomain.get(duty.domainId)?.push(duty);
    return matrix.domains.map((domain) => ({
      domain,
      duties: byDomain.get(domain.id) ?? [],
      parts: balanceOf(matrix, "does", byDomain.get(domain.id) ?? []),
    }));
  }, [matrix]);
  const most = Math.max(1, ...rows.map(({ duties }) => duties.length));
  const columns = rows[0]?.parts ?? [];
  return (
    <Figure
      title="Balance by domain"
      table={{
        head: ["Domain", ...columns.map(({ label }) => label)],
        rows: rows.map(({ domain, parts }) => [domain.name, ...parts.map(({ count }) => count)]),
      }}
    >
      <p className={styles.key}>
        {columns.map(({ key, kind, label }) => (
          <span key={key}>
            <PartyMark kind={kind} /> <bdi>{label}</bdi>
          </span>
        ))}
      </p>
      <ul className={styles.bars}>
        {rows.map(({ domain, duties, parts }) => (
          <li key={domain.id}>
            <Link to={`${paths.matrix(matrixId)}?domain=${encodeURIComponent(domain.id)}`}>
              <bdi>{domain.name}</bdi>
              <Bar segments={segmentsOf(parts, most)} label={balanceWords(parts)} />
              <span>{duties.length}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Figure>
  );
}

/** Which side answers for what defends and what invests, and for what each pressure makes matter. */
function Kinds({ matrix, matrixId }: PictureProps) {
  const rows = useMemo(
    () =>
      KINDS.map((kind) => {
        const duties = matrix.duties.filter((duty) => isOfKind(duty, kind));
        return { kind, duties, parts: balanceOf(matrix, "answers", duties) };
      }),
    [matrix],
  );
  const most = Math.max(1, ...rows.map(({ duties }) => duties.length));
  const columns = rows[0]?.parts ?? [];
  const sides = columns.filter(({ kind }) => kind !== "none");
  const shown = (query: Record<string, string>) =>
    `${paths.board(matrixId)}?${new URLSearchParams({ lens: "answers", ...query }).toString()}`;
  return (
    <Figure
      title="Defend, invest and the pressures"
      note={`answer: ${sides.map(({ label }) => label).join(" · ")}`}
      table={{
        head: ["Kind or pressure", ...columns.map(({ label }) => label)],
        rows: rows.map(({ kind, parts }) => [
          KIND_WORDS[kind],
          ...parts.map(({ key, label, count }) =>
            count === 0 ? (
              0
            ) : (
              <Link
                key={key}
                to={shown({ kind, owner: key === "unassigned" ? "nobody" : key })}
                aria-label={`${label}, ${KIND_WORDS[kind]}: ${count}`}
              >
                {count}
              </Link>
            ),
          ),
        ]),
      }}
    >
      <ul className={styles.bars}>
        {rows.map(({ kind, parts }) => (
          <li key={kind}>
            <Link to={shown({ kind })}>
              <span>{KIND_WORDS[kind]}</span>
              <Bar segments={segmentsOf(parts, most)} label={`Answered for by ${balanceWords(parts)}`} />
              <span aria-hidden>
                {parts.flatMap(({ kind: side, count }) => (side === "none" ? [] : count)).join(" · ")}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Figure>
  );
}

/** How much each role answers for and does. */
function LoadByRole({ matrix, matrixId }: PictureProps) {
  const loads = useMemo(() => loadOf(matrix, matrix.duties), [matrix]);
  const { party } = indexOf(matrix);
  const most = Math.max(1, ...[...loads.values()].flatMap(({ answers, does }) => [answers, does]));
  const rows = matrix.roles.map((role) => ({
    role,
    kind: party.get(role.partyId)?.kind ?? ("client" satisfies PartyKind),
    ...(loads.get(role.id) ?? { answers: 0, does: 0 }),
  }));
  return (
    <Figure
      title="Load by role"
      note="answers, does"
      table={{
        head: ["Role", "Answers", "Does"],
        rows: rows.map(({ role, answers, does }) => [
          `${role.name}, ${party.get(role.partyId)?.name ?? ""}`,
          answers,
          does,
        ]),
      }}
    >
      <ul className={styles.bars}>
        {rows.map(({ role, kind, answers, does }) => (
          <li key={role.id}>
            <Link to={`${paths.matrix(matrixId)}?role=${encodeURIComponent(role.id)}`}>
              <span className={styles.name}>
                <PartyMark kind={kind} /> <bdi>{role.name}</bdi>
              </span>
              <svg
                role="img"
                aria-label={`answers for ${answers}, does ${does}`}
                className={styles.bar}
                viewBox="0 0 100 13"
                preserveAspectRatio="none"
                style={{ height: 13 }}
              >
                <rect x={0} y={0} width={(answers / most) * 100} height={6} className={styles[kind]} />
                <rect
                  x={0.2}
                  y={7.5}
                  width={Math.max(0, (does / most) * 100 - 0.4)}
                  height={5}
                  className={styles[`outline-${kind}`]}
                  vectorEffect="non-scaling-stroke"
                />
              </svg>
              <span>
                <b>{answers}</b> {does}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Figure>
  );
}

/** The duties that only one party can do, and how many of them have no documentation. */
function Dependency({ matrix, matrixId }: PictureProps) {
  const facts = useMemo(() => {
    const counts = new Map<string, { all: number; undocumented: number }>();
    for (const duty of matrix.duties) {
      const key = columnKeyOf(matrix, duty, "does");
      const entry = counts.get(key) ?? { all: 0, undocumented: 0 };
      counts.set(key, { all: entry.all + 1, undocumented: entry.undocumented + (duty.documentation === "" ? 1 : 0) });
    }
    return matrix.parties.map((party) => ({ party, ...(counts.get(party.id) ?? { all: 0, undocumented: 0 }) }));
  }, [matrix]);
  const total = Math.max(1, matrix.duties.length);
  return (
    <Figure
      title="Who can do it"
      note={`${matrix.duties.length} duties`}
      table={{
        head: ["Only", "Duties", "Written down nowhere"],
        rows: facts.map(({ party, all, undocumented }) => [party.name, all, undocumented]),
      }}
    >
      <Bar
        height={12}
        segments={segmentsOf(
          facts.map(({ party, all }) => ({ key: party.id, kind: party.kind, count: all })),
          total,
        )}
        label={facts.map(({ party, all }) => `Only ${party.name}: ${all}`).join(", ")}
      />
      <ul className={styles.facts}>
        {facts.map(({ party, all, undocumented }) => (
          <li key={party.id}>
            <Link to={`${paths.matrix(matrixId)}?only=${encodeURIComponent(party.id)}`}>
              <b>{all}</b>
              <span>
                <PartyMark kind={party.kind} /> Only <bdi>{party.name}</bdi>
              </span>
              <small>{all === 0 ? "None" : `${undocumented} written down nowhere`}</small>
            </Link>
          </li>
        ))}
      </ul>
    </Figure>
  );
}

const CELL = 12;
const PER_ROW = 24;

/** How many letters each duty has: pale where few are involved, dark where many are. */
function Heat({ matrix, matrixId }: PictureProps) {
  const navigate = useNavigate();
  const duties = matrix.duties.map((duty) => ({
    duty,
    letters: Object.values(duty.letters).reduce((sum, cell) => sum + cell.length, 0),
  }));
  const most = Math.max(1, ...duties.map(({ letters }) => letters));
  const average = duties.length === 0 ? 0 : duties.reduce((sum, { letters }) => sum + letters, 0) / duties.length;
  const rows = Math.ceil(duties.length / PER_ROW);
  return (
    <Figure
      title="Letters per duty"
      note={`${average.toFixed(1)} on average, ${most} at most`}
      table={{
        head: ["Duty", "Letters"],
        rows: duties.map(({ duty, letters }) => [
          <Link key={duty.id} to={paths.matrix(matrixId, duty.id)}>{`${duty.code} ${duty.text}`}</Link>,
          letters,
        ]),
      }}
    >
      <svg
        role="img"
        aria-label={`${duties.length} duties, from ${Math.min(...duties.map(({ letters }) => letters), most)} to ${most} letters`}
        className={styles.heat}
        viewBox={`0 0 ${PER_ROW * CELL} ${Math.max(1, rows) * CELL}`}
      >
        {duties.map(({ duty, letters }, i) => (
          <rect
            key={duty.id}
            x={(i % PER_ROW) * CELL + 0.5}
            y={Math.floor(i / PER_ROW) * CELL + 0.5}
            width={CELL - 1}
            height={CELL - 1}
            rx={1.5}
            className={styles.cell}
            style={{ opacity: 0.08 + 0.92 * (letters / most) }}
            onClick={() => navigate(paths.matrix(matrixId, duty.id))}
          >
            <title>{`${duty.code} ${duty.text}: ${letters} letters`}</title>
          </rect>
        ))}
      </svg>
    </Figure>
  );
}
