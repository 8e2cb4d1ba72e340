import type { SigningPage } from "~/domain/signing/signing-view";
import { KIND_WORDS } from "../../changes/change-words";
import { CompareRow } from "../../versions/compare-row";
import compare from "../../versions/compare-page.module.css";
import styles from "./sign-page.module.css";

/** The list starts folded if more duties changed than this. */
const MOST_UNFOLDED = 20;

/** What changed since the version that was agreed before. */
export function SignChanges({
  page: { since, number, matrixId },
  way,
}: {
  page: SigningPage;
  way: "account" | "link";
}) {
  if (!since) {
    return (
      <section className={styles.part} aria-label="What changed">
        <h2>What changed</h2>
        <p className={styles.quiet}>Nothing was agreed before version {number}, so all of it is new.</p>
      </section>
    );
  }
  const { comparison, frame, parties } = since;
  return (
    <section className={styles.part} aria-label={`What changed since version ${since.number}`}>
      <h2>
        What changed since version {since.number} <span className={styles.quiet}>{comparison.changed}</span>
      </h2>
      <p className={styles.quiet}>
        Version {since.number} is what was agreed last. {comparison.unchanged}{" "}
        {comparison.unchanged === 1 ? "duty is" : "duties are"} unchanged.
      </p>
      {comparison.changed > 0 && (
        <details className={styles.whole} open={comparison.changed <= MOST_UNFOLDED}>
          <summary>{comparison.changed === 1 ? "1 changed duty" : `${comparison.changed} changed duties`}</summary>
          <div className={styles.inside}>
            {comparison.groups.map(({ domainId, name, duties }) => (
              <section key={domainId} className={compare.group} aria-label={`${name}, ${duties.length} changed`}>
                <h3>
                  <bdi>{name}</bdi>
                </h3>
                <ul className={compare.rows}>
                  {duties.map((change) => (
                    <CompareRow
                      key={change.dutyId}
                      matrixId={matrixId}
                      change={change}
                      parties={parties}
                      words={KIND_WORDS}
                      inDraft={false}
                      anchored={false}
                    />
                  ))}
                </ul>
              </section>
            ))}
          </div>
        </details>
      )}
      {frame.length > 0 && (
        <ul className={styles.rows}>
          {frame.map((sentence) => (
            <li key={sentence} dir="auto">
              {sentence}
            </li>
          ))}
        </ul>
      )}
      {way === "account" && comparison.changed === 0 && frame.length === 0 && <p>Nothing in the text changed.</p>}
    </section>
  );
}
