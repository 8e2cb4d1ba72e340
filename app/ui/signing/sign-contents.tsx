import { memo } from "react";
import { agreedTexts } from "~/domain/compare";
import { inOrder, lettersOf } from "~/domain/letters";
import type { Duty, Matrix, Party, Role } from "~/domain/matrix";
import { LetterChip } from "../marks/letter-chip";
import { PartyMark } from "../marks/party-mark";
import styles from "./sign-page.module.css";

/** Everything a version agrees on, by domain: who does and answers for each duty, and every text that is signed. */
export const SignContents = memo(function SignContents({ matrix }: { matrix: Matrix }) {
  const parties = new Map(matrix.parties.map((party) => [party.id, party]));
  return (
    <section className={styles.part} aria-label="What it says">
      <h2>
        What it says <span className={styles.quiet}>{matrix.duties.length} duties</span>
      </h2>
      <ul className={styles.parties}>
        {matrix.parties.map((party) => (
          <li key={party.id}>
            <PartyMark kind={party.kind} />
            <span>
              <b>
                <bdi>{party.name}</bdi>
              </b>
              : {matrix.roles.filter(({ partyId }) => partyId === party.id).map(({ name }) => name).join(", ") || "no roles"}
              {party.engagedBy && `; engaged by ${parties.get(party.engagedBy)?.name ?? "a party"}`}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>A answers, R does, {matrix.settings.scheme === "RASCI" && "S supports, "}C is asked, I is told.</p>
      {matrix.domains.map((domain) => {
        const duties = matrix.duties.filter(({ domainId }) => domainId === domain.id);
        return duties.length === 0 ? null : (
          <section key={domain.id} className={styles.domain} aria-label={domain.name}>
            <h3>
              <bdi>{domain.name}</bdi> <span className={styles.quiet}>{duties.length}</span>
            </h3>
            <ul className={styles.rows}>
              {duties.map((duty) => (
                <DutyRow key={duty.id} matrix={matrix} duty={duty} parties={parties} />
              ))}
            </ul>
          </section>
        );
      })}
    </section>
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
        {agreedTexts(matrix, duty).map(({ field, text }) => (
          <div key={field}>
            <dt>{field}</dt>
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
