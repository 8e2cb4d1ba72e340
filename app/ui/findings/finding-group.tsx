import { acceptanceRefusal } from "~/domain/editing/acceptances";
import { RULE_LABELS, type Finding, type Fix, type Rule } from "~/domain/findings/finding";
import { FINDING_SOURCES } from "~/domain/findings/finding-sources";
import { dayWords } from "~/domain/day-words";
import type { MatrixEditor } from "../editor/editor-types";
import { SeverityMark } from "../marks/severity-mark";
import { Button } from "../primitives/button";
import { useOwnParty } from "../draft/own-side";
import { AboutFinding, FindingRow } from "./finding-row";
import styles from "./findings-page.module.css";
import type { PeopleFixes } from "./people-fixes";

const FEW = 3;
const LISTED = 12;

/**
 * The findings of one rule, each with its fixes, and one button that fixes all of them if their first fix is the same
 * kind of edit.
 */
export function FindingGroup({
  rule,
  findings,
  editor,
  fixes,
}: {
  rule: Rule;
  findings: readonly Finding[];
  editor: MatrixEditor;
  fixes: PeopleFixes;
}) {
  const open = findings.filter(({ accepted }) => !accepted);
  const accepted = findings.filter((finding) => finding.accepted);
  const rows = open.map((finding) => <FindingRow key={finding.key} finding={finding} editor={editor} fixes={fixes} />);
  const own = useOwnParty();
  const all = open.flatMap(({ fixes }) => {
    const [first] = fixes.filter(({ partyId }) => partyId === undefined || partyId === own?.id);
    return first && "commands" in first ? [first] : [];
  });
  return (
    <>
      {open.length > FEW ? (
        <li className={styles.group}>
          <details open={open.length <= LISTED}>
            <summary>
              <span>
                {RULE_LABELS[rule]} <b>{open.length}</b>
              </span>
              <span className={styles.source} title="Where the rule comes from">
                {FINDING_SOURCES[rule]}
              </span>
            </summary>
            {all.length === open.length && (
              <p className={styles.forAll}>
                <Button
                  size="sm"
                  onClick={() =>
                    editor.run(
                      all.flatMap(({ commands }) => commands),
                      `${RULE_LABELS[rule]}: ${all.length} fixed`,
                    )
                  }
                >
                  Fix all {all.length}: {sameLabel(all) ?? "the first way of each"}
                </Button>
              </p>
            )}
            <ul>{rows}</ul>
          </details>
        </li>
      ) : (
        rows
      )}
      {accepted.length > 0 && (
        <li className={styles.group}>
          <details>
            <summary>
              <span>
                {RULE_LABELS[rule]}, accepted <b>{accepted.length}</b>
              </span>
            </summary>
            <ul>
              {accepted.map((finding) => (
                <AcceptedRow key={finding.key} finding={finding} editor={editor} />
              ))}
            </ul>
          </details>
        </li>
      )}
    </>
  );
}

function sameLabel(fixes: readonly Fix[]): string | null {
  const [first] = fixes;
  return first && fixes.every(({ label }) => label === first.label) ? first.label : null;
}

function AcceptedRow({ finding, editor }: { finding: Finding; editor: MatrixEditor }) {
  const { accepted } = finding;
  const acting = useOwnParty();
  if (!accepted) return null;
  const theirs =
    acceptanceRefusal(editor.matrix, acting?.id ?? null, { key: finding.key, before: accepted, after: null }) !== null;
  return (
    <li className={styles.row}>
      <SeverityMark severity={finding.severity} label="accepted warning" />
      <div className={styles.what}>
        <AboutFinding finding={finding} matrix={editor.matrix} matrixId={editor.matrixId} />
        <p className={styles.title}>{finding.title}</p>
        <p className={styles.why}>
          Accepted by <bdi>{accepted.by}</bdi>, {dayWords(accepted.on)}: “<bdi translate="yes">{accepted.reason}</bdi>”
        </p>
      </div>
      <div className={styles.fixes} data-print="hide" hidden={editor.readOnly || theirs}>
        <Button
          size="sm"
          onClick={() =>
            editor.run([{ type: "finding.accept", key: finding.key, acceptance: null }], "Warning open again")
          }
        >
          Open again
        </Button>
      </div>
    </li>
  );
}
