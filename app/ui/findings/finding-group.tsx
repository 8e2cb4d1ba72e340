import { useState } from "react";
import { acceptanceRefusal } from "~/domain/editing/acceptances";
import {
  FINDING_SOURCES,
  RULE_LABELS,
  type Finding,
  type Fix,
  type Rule,
  type WritePlace,
} from "~/domain/findings/finding";
import type { Matrix } from "~/domain/matrix/matrix";
import { dayWords } from "~/domain/day-words";
import { paths } from "~/paths";
import type { MatrixEditor } from "../editor/editor-types";
import { SeverityMark } from "../marks/severity-mark";
import { Button, ButtonLink } from "../primitives/button";
import { Ellipsis, Icon } from "../primitives/icon";
import { Menu } from "../primitives/overlays/menu";
import type { MenuItem } from "../primitives/overlays/menu-item";
import { Link } from "../primitives/router";
import { useOwnParty } from "../draft/own-side";
import { AcceptDialog } from "./accept-dialog";
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

type RowProps = { finding: Finding; editor: MatrixEditor; fixes: PeopleFixes };

/** A finding with its ways out: the best one as a button, the others in a menu, and what those do whose names don't say it all. */
export function FindingRow({ finding, editor, fixes }: RowProps) {
  const [accepting, setAccepting] = useState(false);
  const { matrix, matrixId, run } = editor;
  const acting = useOwnParty();
  const offered = finding.fixes.filter(({ partyId }) => partyId === undefined || partyId === acting?.id);
  // Beside a change of people stands what would be agreed instead, so that neither hides behind the other.
  const beside = offered.findIndex((fix) => "commands" in fix);
  const buttons = offered.filter((_fix, i) => i === 0 || (i === beside && offered[0] && "people" in offered[0]));
  const others = offered.filter((fix) => !buttons.includes(fix));
  const apply = (fix: Fix) =>
    "commands" in fix ? () => run(fix.commands, fix.label) : "people" in fix ? () => fixes.run(fix) : null;
  const more: MenuItem[] = others.flatMap((fix, i): MenuItem[] => {
    const act = apply(fix);
    return act
      ? [{ key: `${i}`, label: fix.label, onSelect: act }]
      : "write" in fix
        ? [{ key: `${i}`, label: fix.label, href: addressOf(fix.write, matrixId, finding) }]
        : [];
  });
  const only =
    acceptanceRefusal(matrix, acting?.id ?? null, { key: finding.key, before: null, after: null })?.owner ?? null;
  if (finding.severity === "warning")
    more.push({
      key: "accept",
      label: only ? `Only ${only} accepts this` : "Accept with a reason…",
      disabled: only !== null,
      separated: more.length > 0,
      onSelect: () => setAccepting(true),
    });
  return (
    <li className={styles.row}>
      <SeverityMark severity={finding.severity} label={finding.severity} />
      <div className={styles.what}>
        <About finding={finding} matrix={matrix} matrixId={matrixId} />
        <p className={styles.title}>{finding.title}</p>
        <p className={styles.why}>{finding.why}</p>
        {!editor.readOnly && <WhatFixesDo fixes={finding.fixes} />}
      </div>
      <div className={styles.fixes} data-print="hide" hidden={editor.readOnly}>
        {buttons.map((fix) => {
          const act = apply(fix);
          return act ? (
            <Button key={fix.label} size="sm" onClick={act} loading={fixes.busy === fix}>
              {fix.label}
            </Button>
          ) : (
            "write" in fix && (
              <ButtonLink key={fix.label} size="sm" to={addressOf(fix.write, matrixId, finding)}>
                {fix.label}
              </ButtonLink>
            )
          );
        })}
        {more.length > 0 && (
          <Menu
            align="end"
            items={more}
            trigger={(props) => (
              <Button
                {...props}
                size="sm"
                variant="ghost"
                icon={<Icon of={Ellipsis} size={14} />}
                aria-label={`More for: ${finding.title}`}
              />
            )}
          />
        )}
      </div>
      {accepting && <AcceptDialog finding={finding} editor={editor} onClose={() => setAccepting(false)} />}
    </li>
  );
}

/** What each way out does whose name doesn't say it all. */
function WhatFixesDo({ fixes }: { fixes: readonly Fix[] }) {
  const said = fixes.flatMap((fix) => ("does" in fix && fix.does ? [{ label: fix.label, does: fix.does }] : []));
  return said.length === 0 ? null : (
    <dl className={styles.does} data-print="hide">
      {said.map(({ label, does }, i) => (
        <div key={i}>
          <dt>{label}</dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
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
        <About finding={finding} matrix={editor.matrix} matrixId={editor.matrixId} />
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

/** The duties, roles and people that a finding is about, as links. */
function About({ finding, matrix, matrixId }: { finding: Finding; matrix: Matrix; matrixId: string }) {
  const ids = new Set(finding.dutyIds);
  const duties = matrix.duties.filter(({ id }) => ids.has(id));
  if (duties.length === 0) return null;
  if (duties.length === 1 && duties[0]) {
    return (
      <p className={styles.about}>
        <Link to={paths.matrix(matrixId, duties[0].id)}>
          <span>{duties[0].code}</span> <bdi translate="yes">{duties[0].text}</bdi>
        </Link>
      </p>
    );
  }
  return (
    <details className={styles.about}>
      <summary>{duties.length} duties</summary>
      <ul>
        {duties.map((duty) => (
          <li key={duty.id}>
            <Link to={paths.matrix(matrixId, duty.id)}>
              <span>{duty.code}</span> <bdi translate="yes">{duty.text}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The page where a fix is written by hand, because it needs words that no command can supply. */
function addressOf(write: WritePlace, matrixId: string, { dutyIds, roleIds, personId }: Finding): string {
  if (write === "roles") return paths.parties(matrixId);
  if (write === "terms") return paths.publish(matrixId);
  if (write === "people") return paths.people(matrixId, personId ? { person: personId } : {});
  if (write === "rota") return paths.people(matrixId, { rota: roleIds[0] });
  if (write === "escalation") return paths.escalation(matrixId);
  if (write === "communication") return paths.communication(matrixId);
  if (write === "authority") return paths.authority(matrixId);
  return paths.matrix(matrixId, dutyIds[0]);
}
