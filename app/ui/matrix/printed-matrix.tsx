import type { CSSProperties } from "react";
import { agreementOf, isStruck } from "~/domain/agreement/agreement";
import { whileWords } from "~/domain/agreement/who-words";
import { KIND_WORDS, KINDS, kindWords } from "~/domain/matrix/kinds";
import { LETTER_WORDS, lettersOf } from "~/domain/matrix/letters";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { LetterChip } from "../marks/letter-chip";
import { PartyMark } from "../marks/party-mark";
import { classNames } from "../primitives/class-names";
import { AGREEMENT_FACES } from "./duty-marks";
import { gridColumns, loadOf, type GridRow, type Load } from "./matrix-view";
import { partyTurned, printedBlocks, type PrintedBlock } from "./print-layout";
import styles from "./printed-matrix.module.css";

/**
 * The printed matrix: every duty that matches the filter, folded or not, with every role, in as many tables as needed.
 */
export function PrintedMatrix({ matrix, rows, kind }: { matrix: Matrix; rows: readonly GridRow[]; kind: string }) {
  const chosen = KINDS.find((one) => one === kind);
  const blocks = printedBlocks(gridColumns(matrix));
  const duties = rows.flatMap((row) => (row.kind === "domain" ? row.duties : []));
  const loads = loadOf(matrix, duties);
  const letters = (["A", "R", ...(matrix.settings.scheme === "RASCI" ? (["S"] as const) : []), "C", "I"] as const).map(
    (letter) => `${letter} ${LETTER_WORDS[letter].verb}`,
  );
  return (
    <div data-printed>
      <div className={styles.legend}>
        <p>
          {duties.length === matrix.duties.length ? "" : `${duties.length} of `}
          {matrix.duties.length} {matrix.duties.length === 1 ? "duty" : "duties"}
          {chosen && `: ${KIND_WORDS[chosen]}`}. {letters.join(", ")}.
        </p>
        {matrix.parties.map((party) => (
          <p key={party.id}>
            <PartyMark kind={party.kind} />{" "}
            <b>
              <bdi>{party.name}</bdi>
            </b>
            :{" "}
            {matrix.roles
              .filter(({ partyId }) => partyId === party.id)
              .map(({ name }) => name)
              .join(", ") || "no roles"}
          </p>
        ))}
      </div>
      {blocks.map((block) => (
        <Table
          key={block.first}
          matrix={matrix}
          rows={rows}
          marked={kind !== ""}
          block={block}
          loads={loads}
          of={blocks.length > 1 ? matrix.roles.length : null}
        />
      ))}
    </div>
  );
}

type TableProps = {
  matrix: Matrix;
  rows: readonly GridRow[];
  marked: boolean;
  block: PrintedBlock;
  loads: Map<string, Load>;
  /** The number of all roles, if this table has only some of them. */ of: number | null;
};

function Table({ matrix, rows, marked, block, loads, of }: TableProps) {
  const { columns, parties, turned, columnMm, partyMm, roleMm, first } = block;
  const sizes: CSSProperties & Record<"--party" | "--role" | "--col", string> = {
    "--party": `${partyMm}mm`,
    "--role": `${roleMm}mm`,
    "--col": `${columnMm}mm`,
  };
  return (
    <table className={classNames(styles.table, turned && styles.turned)} style={sizes}>
      {of !== null && (
        <caption>
          Roles {first + 1} to {first + columns.length} of {of}
        </caption>
      )}
      <colgroup>
        <col />
        {columns.map(({ role }) => (
          <col key={role.id} className={styles.column} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th rowSpan={2} scope="col" className={styles.corner}>
            Duty
          </th>
          {parties.map((span) => (
            <th
              key={span.party.id}
              scope="colgroup"
              colSpan={span.columns}
              className={classNames(styles.party, styles[span.party.kind], styles.edge)}
            >
              <span className={classNames(styles.name, partyTurned(block, span) && styles.upwards)}>
                {!partyTurned(block, span) && <PartyMark kind={span.party.kind} />} <bdi>{span.label}</bdi>
              </span>
            </th>
          ))}
        </tr>
        <tr>
          {columns.map(({ role, label, edge }) => (
            <th key={role.id} scope="col" className={classNames(styles.role, edge && styles.edge)}>
              <span className={classNames(styles.name, turned && styles.upwards)}>
                <bdi>{label}</bdi>
              </span>
            </th>
          ))}
        </tr>
      </thead>
      {rows.map((row) =>
        row.kind !== "domain" ? null : (
          <tbody key={row.id}>
            <tr className={styles.domain}>
              <th colSpan={columns.length + 1} scope="rowgroup">
                <bdi>{row.domain.name}</bdi> <span>{row.duties.length}</span>
              </th>
            </tr>
            {row.duties.map((duty) => (
              <Row key={duty.id} matrix={matrix} duty={duty} marked={marked} columns={columns} />
            ))}
          </tbody>
        ),
      )}
      <tbody>
        <tr className={styles.loads}>
          <th scope="row">Answers for, does</th>
          {columns.map(({ role, edge }) => (
            <td key={role.id} className={classNames(edge && styles.edge)}>
              <b>{loads.get(role.id)?.answers ?? 0}</b> {loads.get(role.id)?.does ?? 0}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

type RowProps = { matrix: Matrix; duty: Duty; marked: boolean; columns: PrintedBlock["columns"] };

function Row({ matrix, duty, marked, columns }: RowProps) {
  const agreement = agreementOf(matrix, duty);
  return (
    <tr>
      <th scope="row" className={styles.duty}>
        <span className={styles.code}>{duty.code}</span> <bdi>{duty.text}</bdi>
        {marked && <i> {kindWords(duty)}.</i>}
        {agreement === "disputed" && <i> {AGREEMENT_FACES[agreement].label}</i>}
        {whileWords(matrix, duty).map((sentence) => (
          <i key={sentence} dir="auto">
            {" "}
            {sentence}.
          </i>
        ))}
      </th>
      {columns.map(({ role, party, edge }) => {
        const letters = lettersOf(duty, role.id);
        return (
          <td key={role.id} className={classNames(edge && styles.edge)}>
            {letters.length > 0 && (
              <LetterChip letters={letters} kind={party.kind} size="sm" resting={isStruck(duty)} />
            )}
          </td>
        );
      })}
    </tr>
  );
}
