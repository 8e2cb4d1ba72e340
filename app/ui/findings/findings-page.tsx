import { useDeferredValue, useMemo } from "react";
import { findBlockers } from "~/domain/findings/blockers";
import { SEVERITIES, type Finding, type Rule, type Severity } from "~/domain/findings/finding";
import { findAll } from "~/domain/findings/findings";
import { signingRequirements } from "~/domain/signing/sign-readiness";
import { isOfKind } from "~/domain/matrix/kinds";
import { paths } from "~/paths";
import { DomainOptions } from "../duty/domain-options";
import { KindOptions } from "../duty/kind-options";
import type { MatrixEditor } from "../editor/editor-types";
import { SeverityMark } from "../marks/severity-mark";
import { Button } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { Field, Select } from "../primitives/form/field";
import { Link, useSearchParams } from "../primitives/router";
import { SigningChecklist } from "../signing/signing-checklist";
import { CoverNote } from "./cover-note";
import { FindingGroup } from "./finding-group";
import { useFindings } from "./findings-context";
import styles from "./findings-page.module.css";
import { PeopleFixNotice, usePeopleFixes } from "./people-fixes";
import { Pictures } from "./pictures";

const WORDS: Record<Severity, { title: string; meaning: string }> = {
  blocker: { title: "Blockers", meaning: "These stop signing. Editing goes on." },
  warning: { title: "Warnings", meaning: "Likely to cause an argument later. Fix, or accept with a reason." },
  insight: { title: "Insights", meaning: "Worth knowing. Nothing to fix." },
};

/** The findings of the draft, gravest first, each with its fixes; beside them the balance in charts. */
export function FindingsPage({ editor }: { editor: MatrixEditor }) {
  const { matrix } = editor;
  const { facts, signers, cover } = useFindings();
  const fixes = usePeopleFixes(editor.matrixId);
  const settled = useDeferredValue(matrix);
  const findings = useMemo(() => findAll(settled, facts), [settled, facts]);
  const [params, setParams] = useSearchParams();
  const severity = params.get("severity") ?? "";
  const domainId = params.get("domain") ?? "";
  const kind = params.get("kind") ?? "";
  const dutyId = params.get("duty") ?? "";
  const visibleFindings = useMemo(() => {
    const fitting = new Set(
      matrix.duties
        .filter((duty) => (!domainId || duty.domainId === domainId) && (!kind || isOfKind(duty, kind)))
        .map(({ id }) => id),
    );
    return findings.filter(
      (finding) =>
        (!severity || finding.severity === severity) &&
        (!(domainId || kind) || finding.dutyIds.some((id) => fitting.has(id))) &&
        (!dutyId || finding.dutyIds.includes(dutyId)),
    );
  }, [findings, matrix.duties, severity, domainId, kind, dutyId]);
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  const filtered = Boolean(severity || domainId || kind || dutyId);
  const needs = useMemo(
    () =>
      signingRequirements(settled, {
        today: facts.today,
        blockers: findBlockers(settled),
        holders: facts.holders ?? [],
        ...(facts.cover && { cover: facts.cover }),
        signers,
      }),
    [settled, facts, signers],
  );
  const open = findings.filter(({ accepted }) => !accepted).length;

  function set(name: string, value: string) {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true, preventScrollReset: true });
  }

  return (
    <div className={styles.page} data-print="flow">
      <div className={styles.list}>
        <header className={styles.head}>
          <h1>{open === 0 ? "No findings" : open === 1 ? "1 finding" : `${open} findings`}</h1>
          <div className={styles.filters} data-print="hide">
            <Field label="Severity" hideLabel>
              <Select value={severity} onChange={(event) => set("severity", event.target.value)}>
                <option value="">Every severity</option>
                {SEVERITIES.map((value) => (
                  <option key={value} value={value}>
                    {WORDS[value].title}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label="Domain" hideLabel>
              <Select value={domainId} onChange={(event) => set("domain", event.target.value)}>
                <option value="">All domains</option>
                <DomainOptions domains={matrix.domains} />
              </Select>
            </Field>
            <Field label="Kind and pressure" hideLabel>
              <Select value={kind} onChange={(event) => set("kind", event.target.value)}>
                <option value="">Any kind</option>
                <KindOptions />
              </Select>
            </Field>
          </div>
          {dutyId && (
            <p className={styles.chosen} role="status">
              <span>
                {duty ? (
                  <>
                    Showing findings of{" "}
                    <Link to={paths.matrix(editor.matrixId, duty.id)}>
                      {duty.code} <bdi translate="yes">{duty.text}</bdi>
                    </Link>
                  </>
                ) : (
                  "The duty these findings were about isn't here any more."
                )}
              </span>
              <Button size="sm" onClick={() => set("duty", "")}>
                Show all
              </Button>
            </p>
          )}
        </header>
        <PeopleFixNotice fixes={fixes} />
        <CoverNote cover={cover} horizon={facts.cover?.horizon} />
        {!filtered && <SigningChecklist matrixId={editor.matrixId} needs={needs} />}
        {visibleFindings.length === 0 && (
          <Empty
            title={
              findings.length === 0
                ? "Nothing to settle."
                : duty
                  ? `Nothing to settle on ${duty.code}.`
                  : "Nothing here."
            }
            action={
              findings.length > 0 && (
                <Button onClick={() => setParams(new URLSearchParams(), { replace: true })}>Show all findings</Button>
              )
            }
          >
            {matrix.duties.length === 0
              ? "There are no duties yet. The rules look at each one as it is written."
              : findings.length === 0
                ? "Every duty has one that answers and somebody who does it, and no rule has anything to add."
                : "No finding fits the filter."}
          </Empty>
        )}
        {SEVERITIES.map((value) => {
          const ofSeverity = visibleFindings.filter((finding) => finding.severity === value);
          if (ofSeverity.length === 0) return null;
          return (
            <section key={value} className={styles.section} aria-labelledby={`severity-${value}`}>
              <header>
                <SeverityMark severity={value} />
                <h2 id={`severity-${value}`}>{WORDS[value].title}</h2>
                <span className={styles.count}>{ofSeverity.filter(({ accepted }) => !accepted).length}</span>
                <p>{WORDS[value].meaning}</p>
              </header>
              <ul className={styles.panel}>
                {byRule(ofSeverity).map(([rule, group]) => (
                  <FindingGroup key={rule} rule={rule} findings={group} editor={editor} fixes={fixes} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      <Pictures matrix={matrix} matrixId={editor.matrixId} />
    </div>
  );
}

function byRule(findings: readonly Finding[]): [Rule, Finding[]][] {
  const groups = new Map<Rule, Finding[]>();
  for (const finding of findings) groups.set(finding.rule, [...(groups.get(finding.rule) ?? []), finding]);
  return [...groups];
}
