import { useState } from "react";
import { acceptanceRefusal } from "~/domain/editing/acceptances";
import type { Finding, Fix, WritePlace } from "~/domain/findings/finding";
import type { Matrix } from "~/domain/matrix/matrix";
import { paths } from "~/paths";
import { useOwnParty } from "../draft/own-side";
import type { MatrixEditor } from "../editor/editor-types";
import { SeverityMark } from "../marks/severity-mark";
import { Button, ButtonLink } from "../primitives/button";
import { Ellipsis, Icon } from "../primitives/icon";
import { Menu } from "../primitives/overlays/menu";
import type { MenuItem } from "../primitives/overlays/menu-item";
import { Link } from "../primitives/router";
import { AcceptDialog } from "./accept-dialog";
import styles from "./findings-page.module.css";
import type { PeopleFixes } from "./people-fixes";

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
        <AboutFinding finding={finding} matrix={matrix} matrixId={matrixId} />
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

/** The duties, roles and people that a finding is about, as links. */
export function AboutFinding({ finding, matrix, matrixId }: { finding: Finding; matrix: Matrix; matrixId: string }) {
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
  if (write === "wording") return paths.wording(matrixId);
  return paths.matrix(matrixId, dutyIds[0]);
}
