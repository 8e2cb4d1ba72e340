import { useRef } from "react";
import { CHANGE_KINDS, type ChangeKind, type Comparison, type DutyChange } from "~/domain/changes/comparison";
import { earliestToday } from "~/domain/days";
import type { Party } from "~/domain/matrix/shapes";
import { toldStatus, type AgreedVersion } from "~/domain/signing/version-dates";
import { paths } from "~/paths";
import { KIND_WORDS } from "../changes/change-words";
import { useToday } from "../findings/findings-context";
import { Button, ButtonLink } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { Empty } from "../primitives/empty";
import { Field, Select } from "../primitives/form/field";
import { Form, Link, useNavigation, useSearchParams, useSubmit } from "../primitives/router";
import { CompareRow } from "./compare-row";
import styles from "./compare-page.module.css";

type Side = number | "draft";
type ComparePageProps = {
  matrixId: string;
  ends: { from: Side; to: Side } | null;
  choices: AgreedVersion[];
  comparison: Comparison;
  frame: string[];
  parties: Party[];
};

/** The differences between two versions, or a version and the draft, by domain, with the letters before and after. */
export function ComparePage({ matrixId, ends, choices, comparison, frame, parties }: ComparePageProps) {
  const [params] = useSearchParams();
  const busy = useNavigation().state === "loading";
  if (!ends) {
    return (
      <>
        <h1 className="vh">Compare versions</h1>
        <Empty title="Nothing to compare yet." action={<ButtonLink to={paths.versions(matrixId)}>Versions</ButtonLink>}>
          Once there is a version, this page says what has changed since.
        </Empty>
      </>
    );
  }
  const kind = CHANGE_KINDS.find((known) => known === params.get("kind")) ?? null;
  const party = parties.find(({ id }) => id === params.get("party")) ?? null;
  const stays = ({ kinds, concerns }: DutyChange) =>
    (!kind || kinds.includes(kind)) && (!party || concerns.includes(party.id));
  const groups = comparison.groups
    .map((group) => ({ ...group, duties: group.duties.filter(stays) }))
    .filter(({ duties }) => duties.length > 0);
  const visible = groups.reduce((sum, { duties }) => sum + duties.length, 0);
  const narrowed = kind !== null || party !== null;
  return (
    <div className={classNames(styles.page, busy && styles.busy)} data-print="flow" aria-busy={busy}>
      <header className={styles.head}>
        <h1>{titleOf(comparison.changed, ends)}</h1>
        <p>
          {comparison.unchanged} {comparison.unchanged === 1 ? "duty is" : "duties are"} unchanged.
          {frame.length > 0 && ` ${frame.length} ${frame.length === 1 ? "thing" : "things"} changed beside the duties.`}
        </p>
        {ends.to === "draft" && typeof ends.from === "number" && (
          <p className={styles.elsewhere}>
            Marked on the <Link to={paths.changesOn(matrixId, "board", ends.from)}>board</Link> or in the{" "}
            <Link to={paths.changesOn(matrixId, "matrix", ends.from)}>matrix</Link>
          </p>
        )}
        <Choices
          ends={ends}
          choices={choices}
          counts={comparison.counts}
          parties={parties}
          kind={kind}
          partyId={party?.id ?? null}
        />
      </header>
      <p className="vh" role="status">
        {narrowed ? `${visible} of ${comparison.changed} changes shown` : ""}
      </p>
      {groups.map(({ domainId, name, duties }) => (
        <section key={domainId} className={styles.group} aria-label={`${name}, ${duties.length} changed`}>
          <h2>
            <bdi>{name}</bdi> <span className={styles.quiet}>{duties.length}</span>
          </h2>
          <ul className={styles.rows}>
            {duties.map((change) => (
              <CompareRow
                key={change.dutyId}
                matrixId={matrixId}
                change={change}
                parties={parties}
                words={KIND_WORDS}
                inDraft={ends.to === "draft" && !change.kinds.includes("removed")}
              />
            ))}
          </ul>
        </section>
      ))}
      {comparison.changed > 0 && visible === 0 && (
        <Empty
          title="No change like this."
          action={
            <ButtonLink to={paths.compare(matrixId, { from: String(ends.from), to: String(ends.to) })}>
              Show all {comparison.changed}
            </ButtonLink>
          }
        >
          {party ? `Nothing here changes what ${party.name} has.` : "The other filters have them."}
        </Empty>
      )}
      {frame.length > 0 && !narrowed && (
        <section className={styles.group} aria-label="Beside the duties">
          <h2>Beside the duties</h2>
          <ul className={styles.rows}>
            {frame.map((sentence) => (
              <li key={sentence} className={styles.sentence} dir="auto">
                {sentence}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function titleOf(changed: number, { from, to }: { from: Side; to: Side }): string {
  if (from === to) return `Both are ${to === "draft" ? "the draft" : `version ${to}`}`;
  const count = changed === 0 ? "No duty changed" : changed === 1 ? "1 duty changed" : `${changed} duties changed`;
  if (to === "draft") return `${count} since version ${from}`;
  return `${count} from ${from === "draft" ? "the draft" : `version ${from}`} to version ${to}`;
}

type ChoicesProps = {
  ends: { from: Side; to: Side };
  choices: AgreedVersion[];
  counts: Comparison["counts"];
  parties: Party[];
  kind: ChangeKind | null;
  partyId: string | null;
};

/** Chooses the two editions, the kind of change and the party. Without JavaScript a button sends the form. */
function Choices({ ends, choices, counts, parties, kind, partyId }: ChoicesProps) {
  const today = useToday();
  const form = useRef<HTMLFormElement>(null);
  const submit = useSubmit();
  const send = () => submit(form.current, { replace: true, preventScrollReset: true });
  const sides = [
    <option key="draft" value="draft">
      Draft
    </option>,
    ...choices.map((version) => (
      <option key={version.number} value={version.number}>
        Version {version.number}, {toldStatus(version, choices, today, earliestToday)}
      </option>
    )),
  ];
  return (
    <Form ref={form} method="get" className={styles.choices} data-print="hide">
      <Field label="Compare">
        <Select name="from" value={String(ends.from)} onChange={send}>
          {sides}
        </Select>
      </Field>
      <Field label="with">
        <Select name="to" value={String(ends.to)} onChange={send}>
          {sides}
        </Select>
      </Field>
      <Field label="Changes of">
        <Select name="kind" value={kind ?? ""} onChange={send}>
          <option value="">Every kind</option>
          {CHANGE_KINDS.filter((known) => counts[known] > 0 || known === kind).map((known) => (
            <option key={known} value={known}>
              {KIND_WORDS[known]}, {counts[known]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="What changes for">
        <Select name="party" value={partyId ?? ""} onChange={send}>
          <option value="">Everybody</option>
          {parties.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <noscript>
        <Button type="submit">Compare</Button>
      </noscript>
    </Form>
  );
}
