import { memo, useDeferredValue, useMemo, useState } from "react";
import { agreedWords } from "~/domain/changes/field-words";
import { inOrder, lettersOf } from "~/domain/matrix/letters";
import type { Matrix } from "~/domain/matrix/matrix";
import { DUTY_FIELDS } from "~/domain/parts/duties";
import { legalWords } from "~/domain/parts/parties";
import type { Duty, Party, Role } from "~/domain/matrix/shapes";
import { dutyFilter } from "../../board/board-view";
import { DomainOptions } from "../../duty/domain-options";
import { LetterChip } from "../../marks/letter-chip";
import { PartyMark } from "../../marks/party-mark";
import { Field, Select, TextInput } from "../../primitives/form/field";
import { useHydrated } from "../../primitives/time";
import styles from "./sign-page.module.css";

/** What is agreed of a duty besides what its line says: code, words, domain and letters. */
const { code: _code, text: _text, domainId: _domainId, letters: _letters, ...BESIDE_LETTERS } = DUTY_FIELDS;

const ALL = { query: "", domainId: "", owner: "" };

/** The whole text of a version, folded. The browser's own search unfolds it, and so does the filter beside it. */
export const SignContents = memo(function SignContents({ matrix }: { matrix: Matrix }) {
  const hydrated = useHydrated();
  const [open, setOpen] = useState(false);
  const [filter, setFilter] = useState(ALL);
  const settledFilter = useDeferredValue(filter);
  const fits = useMemo(
    () => dutyFilter(matrix, { ...settledFilter, kind: "", role: "", only: "" }),
    [matrix, settledFilter],
  );
  const duties = useMemo(() => matrix.duties.filter(fits), [matrix, fits]);
  const parties = matrix.parties.filter(({ kind }) => kind !== "third-party");

  function narrow(part: Partial<typeof ALL>) {
    setFilter((current) => ({ ...current, ...part }));
    setOpen(true);
  }

  return (
    <section className={styles.part} aria-label="What it says">
      <h2>
        What it says <span className={styles.quiet}>{matrix.duties.length} duties</span>
      </h2>
      {hydrated && (
        <div className={styles.filter} role="search" data-print="hide">
          <Field label="Find a duty" hideLabel>
            <TextInput
              type="search"
              placeholder="Find a duty"
              value={filter.query}
              onChange={(event) => narrow({ query: event.target.value })}
            />
          </Field>
          <Field label="Domain" hideLabel>
            <Select value={filter.domainId} onChange={(event) => narrow({ domainId: event.target.value })}>
              <option value="">All domains</option>
              <DomainOptions domains={matrix.domains} />
            </Select>
          </Field>
          <Field label="Who answers" hideLabel>
            <Select value={filter.owner} onChange={(event) => narrow({ owner: event.target.value })}>
              <option value="">Whoever answers</option>
              {parties.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name} answers
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
      <details className={styles.whole} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {duties.length === matrix.duties.length
            ? `All ${matrix.duties.length} duties, word for word`
            : `${duties.length} of ${matrix.duties.length} duties, word for word`}
        </summary>
        <div className={styles.inside}>
          <Whole matrix={matrix} duties={duties} />
        </div>
      </details>
    </section>
  );
});

/**
 * The parties, the meaning of the letters, and the filtered duties by domain: who does and answers for each, and every
 * signed text.
 */
const Whole = memo(function Whole({ matrix, duties }: { matrix: Matrix; duties: readonly Duty[] }) {
  const parties = new Map(matrix.parties.map((party) => [party.id, party]));
  return (
    <>
      <ul className={styles.parties}>
        {matrix.parties.map((party) => (
          <li key={party.id}>
            <PartyMark kind={party.kind} />
            <span>
              <b>
                <bdi>{party.name}</bdi>
              </b>
              :{" "}
              {matrix.roles
                .filter(({ partyId }) => partyId === party.id)
                .map(({ name }) => name)
                .join(", ") || "no roles"}
              {party.engagedBy && `; engaged by ${parties.get(party.engagedBy)?.name ?? "a party"}`}
              {legalWords(party.legal).map((words) => `; ${words}`)}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>
        A answers, R does, {matrix.settings.scheme === "RASCI" && "S supports, "}C is asked, I is told.
      </p>
      {matrix.domains.map((domain) => {
        const ofDomain = duties.filter(({ domainId }) => domainId === domain.id);
        return ofDomain.length === 0 ? null : (
          <section key={domain.id} className={styles.domain} aria-label={domain.name}>
            <h3>
              <bdi>{domain.name}</bdi> <span className={styles.quiet}>{ofDomain.length}</span>
            </h3>
            <ul className={styles.rows}>
              {ofDomain.map((duty) => (
                <DutyRow key={duty.id} matrix={matrix} duty={duty} parties={parties} />
              ))}
            </ul>
          </section>
        );
      })}
      {duties.length === 0 && <p className={styles.quiet}>No duty matches. Clear the filter to read all of them.</p>}
    </>
  );
});

function DutyRow({ matrix, duty, parties }: { matrix: Matrix; duty: Duty; parties: Map<string, Party> }) {
  const holding = matrix.roles.filter((role) => lettersOf(duty, role.id).length > 0);
  return (
    <li className={styles.duty}>
      <p dir="auto">
        <span className={styles.code}>{duty.code}</span>
        {duty.text}
      </p>
      {holding.length > 0 && (
        <ul className={styles.holding}>
          {holding.map((role) => (
            <Cell key={role.id} role={role} duty={duty} kind={parties.get(role.partyId)?.kind ?? "third-party"} />
          ))}
        </ul>
      )}
      <dl className={styles.texts}>
        {agreedWords(duty, BESIDE_LETTERS, matrix).map(({ field, label, text }) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd dir="auto">{text}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Cell({ role, duty, kind }: { role: Role; duty: Duty; kind: Party["kind"] }) {
  return (
    <li>
      <LetterChip letters={inOrder(lettersOf(duty, role.id))} kind={kind} size="sm" />
      <bdi>{role.name}</bdi>
    </li>
  );
}
