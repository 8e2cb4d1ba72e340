import { useMemo } from "react";
import { balanceOf, balanceWords } from "~/domain/matrix/owner";
import type { SigningPage } from "~/domain/signing/signing-view";
import { partyShare } from "~/domain/agreement/stays-with";
import { BalanceBar } from "../../marks/balance-bar";
import styles from "./sign-page.module.css";

const LENSES = [
  { lens: "does", words: "Who does it" },
  { lens: "answers", words: "Who answers" },
] as const;

/**
 * The duties that stay with the signatory's side, counted by domain, the reserved ones by name, and how all duties
 * divide between both sides.
 */
export function SignShare({ page: { matrix, signatory } }: { page: SigningPage }) {
  const { partyId, partyName } = signatory;
  const { answers, does, domains, reserved } = useMemo(() => partyShare(matrix, partyId), [matrix, partyId]);
  return (
    <>
      <section className={styles.part} aria-label={`What stays with ${partyName}`}>
        <h2>
          What stays with <bdi>{partyName}</bdi>
        </h2>
        <p>
          <bdi>{partyName}</bdi> answers for {duties(answers)} and does {does} of {matrix.duties.length}.
        </p>
        {domains.length > 0 && (
          <table className={styles.share}>
            <thead>
              <tr>
                <th scope="col">Domain</th>
                <th scope="col">Answers</th>
                <th scope="col">Does</th>
              </tr>
            </thead>
            <tbody>
              {domains.map(({ domain, answers: answered, does: done }) => (
                <tr key={domain.id}>
                  <th scope="row">
                    <bdi>{domain.name}</bdi>
                  </th>
                  <td>{answered}</td>
                  <td>{done}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {reserved.length > 0 && (
          <>
            <h3>
              Reserved: direction, budget and risk <span className={styles.quiet}>{reserved.length}</span>
            </h3>
            <ul className={styles.reserved}>
              {reserved.map(({ id, code, text }) => (
                <li key={id} dir="auto">
                  <span className={styles.code}>{code}</span>
                  {text}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section className={styles.part} aria-label="The balance">
        <h2>The balance</h2>
        {LENSES.map(({ lens, words }) => {
          const parts = balanceOf(matrix, lens);
          return (
            <div key={lens} className={styles.balance}>
              <p>
                <b>{words}</b> <span>{balanceWords(parts)}</span>
              </p>
              <BalanceBar parts={parts} size="board" label={`${words}: ${balanceWords(parts)}`} />
            </div>
          );
        })}
      </section>
    </>
  );
}

function duties(count: number): string {
  return count === 1 ? "1 duty" : `${count} duties`;
}
