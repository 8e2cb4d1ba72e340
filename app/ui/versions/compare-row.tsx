import type { ReactNode } from "react";
import type { ChangeKind, DutyChange, LetterChange } from "~/domain/changes/comparison";
import type { Party } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import { LetterChip } from "../marks/letter-chip";
import { PartyMark } from "../marks/party-mark";
import { ArrowRight, Icon } from "../primitives/icon";
import { Link } from "../primitives/router";
import styles from "./compare-page.module.css";

type RowProps = {
  matrixId: string;
  change: DutyChange;
  parties: readonly Party[];
  words: Record<ChangeKind, string>;
  /** Whether the duty is in the draft and can be opened there. */ inDraft: boolean;
  /** Whether the row has an id that a URL can link to. */ anchored?: boolean;
};

/** One changed duty: the kinds of change, the letters before and after, and the changed texts. */
export function CompareRow({ matrixId, change, parties, words, inDraft, anchored = true }: RowProps) {
  const { dutyId, code, text, kinds, does, answers, letters, texts } = change;
  const steady = !kinds.includes("added") && !kinds.includes("removed");
  return (
    <li id={anchored ? dutyId : undefined} className={styles.row}>
      <span className={styles.code}>{code}</span>
      <div className={styles.body}>
        <p className={styles.text} dir="auto">
          {inDraft ? <Link to={paths.duty(matrixId, dutyId)}>{text}</Link> : text}
        </p>
        <ul className={styles.chips}>
          {kinds.includes("does") && steady && (
            <Chip
              name="Does it"
              before={<Names ids={does.before} parties={parties} />}
              after={<Names ids={does.after} parties={parties} />}
            />
          )}
          {kinds.includes("answers") && steady && (
            <Chip
              name="Answers"
              before={<Names ids={idsOf(answers.before)} parties={parties} />}
              after={<Names ids={idsOf(answers.after)} parties={parties} />}
            />
          )}
          {letters.map((letter) => (
            <LetterRow key={letter.roleId} letter={letter} parties={parties} />
          ))}
        </ul>
        {texts.length > 0 && (
          <dl className={styles.texts}>
            {texts.map(({ field, before, after }) => (
              <div key={field}>
                <dt>{field}</dt>
                <dd dir="auto">
                  {before && <del>{before}</del>} {after && <ins>{after}</ins>}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <span className={styles.kinds}>{kinds.map((kind) => words[kind]).join(", ")}</span>
    </li>
  );
}

const idsOf = (id: string | null) => (id === null ? [] : [id]);

function LetterRow({
  letter: { role, partyId, before, after },
  parties,
}: {
  letter: LetterChange;
  parties: readonly Party[];
}) {
  const kind = parties.find(({ id }) => id === partyId)?.kind ?? "third-party";
  const chip = (letters: LetterChange["before"]) =>
    letters.length > 0 ? (
      <LetterChip letters={letters} kind={kind} size="sm" />
    ) : (
      <span className={styles.quiet}>none</span>
    );
  return <Chip name={role} before={chip(before)} after={chip(after)} />;
}

function Chip({ name, before, after }: { name: string; before: ReactNode; after: ReactNode }) {
  return (
    <li className={styles.chip}>
      <bdi>{name}</bdi> {before}
      <Icon of={ArrowRight} size={12} label="becomes" />
      {after}
    </li>
  );
}

function Names({ ids, parties }: { ids: readonly string[]; parties: readonly Party[] }) {
  if (ids.length === 0) return <span className={styles.quiet}>nobody</span>;
  return (
    <>
      {ids.map((id) => {
        const party = parties.find((one) => one.id === id);
        return party ? (
          <span key={id} className={styles.name}>
            <PartyMark kind={party.kind} />
            <bdi>{party.name}</bdi>
          </span>
        ) : null;
      })}
    </>
  );
}
