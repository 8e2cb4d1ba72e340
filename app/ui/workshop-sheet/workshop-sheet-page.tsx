import { describeLetters } from "~/domain/matrix/letter-words";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Domain, Duty } from "~/domain/matrix/shapes";
import { DUTY_FIELDS } from "~/domain/parts/duties";
import { paths } from "~/paths";
import { DomainOptions } from "../duty/domain-options";
import { Button, ButtonLink } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { Field, Select } from "../primitives/form/field";
import { Segmented } from "../primitives/form/segmented";
import { Icon, Printer } from "../primitives/icon";
import { useSearchParams } from "../primitives/router";
import styles from "./workshop-sheet.module.css";

const WHICH = [
  { value: "all", label: "All duties" },
  { value: "first", label: "First workshop" },
] as const;

type SheetProps = { matrix: Matrix; matrixId: string };

/** What is asked in a workshop, on paper: each duty with its question, when it is done, and room for what is decided. */
export function WorkshopSheetPage({ matrix, matrixId }: SheetProps) {
  const [params, setParams] = useSearchParams();
  const which = params.get("which") === "first" ? "first" : "all";
  const domainId = params.get("domain") ?? "";
  const groups = matrix.domains
    .filter(({ id }) => domainId === "" || id === domainId)
    .map((domain) => ({
      domain,
      duties: matrix.duties.filter((duty) => duty.domainId === domain.id && (which === "all" || duty.firstWorkshop)),
    }))
    .filter(({ duties }) => duties.length > 0);

  function choose(name: "which" | "domain", value: string) {
    setParams(
      (current) => {
        const next = new URLSearchParams(current);
        if (value === "" || value === "all") next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  }

  return (
    <div className={styles.page} data-print="flow">
      <h1 className={styles.title}>Workshop sheet</h1>
      <div className={styles.choices} data-print="hide">
        <Segmented label="Which duties" options={WHICH} value={which} onChange={(value) => choose("which", value)} />
        <Field label={DUTY_FIELDS.domainId.label} className={styles.domain}>
          <Select value={domainId} onChange={({ target }) => choose("domain", target.value)}>
            <option value="">All domains</option>
            <DomainOptions domains={matrix.domains} />
          </Select>
        </Field>
        <Button variant="primary" icon={<Icon of={Printer} />} onClick={() => window.print()}>
          Print
        </Button>
        <ButtonLink variant="ghost" to={paths.matrix(matrixId)}>
          Back to the matrix
        </ButtonLink>
      </div>
      {groups.length === 0 ? (
        <Empty title="No duty is on this sheet">
          {which === "first"
            ? "No duty here is marked for the first workshop. Choose all duties, or mark some in their drawer."
            : "Add duties to the matrix first."}
        </Empty>
      ) : (
        groups.map((group) => <DomainTable key={group.domain.id} matrix={matrix} {...group} />)
      )}
    </div>
  );
}

function DomainTable({ domain, duties, matrix }: { domain: Domain; duties: readonly Duty[]; matrix: Matrix }) {
  return (
    <section className={styles.section}>
      <h2 id={`sheet-${domain.id}`}>
        <bdi>{domain.name}</bdi>
      </h2>
      <table className={styles.table} aria-labelledby={`sheet-${domain.id}`}>
        <thead>
          <tr>
            <th scope="col">Duty</th>
            <th scope="col">Question</th>
            <th scope="col">{DUTY_FIELDS.doneWhen.label}</th>
            <th scope="col">Decision</th>
          </tr>
        </thead>
        <tbody>
          {duties.map((duty) => (
            <tr key={duty.id}>
              <th scope="row" dir="auto">
                <span className={styles.code}>{duty.code}</span> {duty.text}
                <small className={styles.letters}>{describeLetters(matrix, duty)}</small>
              </th>
              <td dir="auto" data-label="Question">
                {duty.workshopQuestion}
              </td>
              <td dir="auto" data-label={DUTY_FIELDS.doneWhen.label}>
                {duty.doneWhen}
              </td>
              <td className={styles.blank} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
