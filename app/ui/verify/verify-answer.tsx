import { forwardRef } from "react";
import { matchSentence, type Answer, type Verdict } from "~/domain/verify/answer";
import { differenceSentence } from "~/domain/verify/difference-words";
import type { Difference } from "~/domain/verify/part";
import { CircleAlert, CircleCheck, CircleDashed, CircleMinus, Icon, type LucideIcon } from "../primitives/icon";
import styles from "./verify-page.module.css";

type Tone = "settled" | "plain" | "alert";
const TONES: Record<Verdict, Tone> = {
  "in-force": "settled",
  "not-yet": "settled",
  consistent: "settled",
  "same-text": "settled",
  superseded: "plain",
  proposed: "plain",
  withdrawn: "plain",
  draft: "plain",
  differs: "alert",
  "seal-broken": "alert",
  "text-altered": "alert",
  "other-text": "alert",
  "no-text": "alert",
  "not-from-here": "alert",
  unusable: "alert",
};
const ICONS: Record<Tone, LucideIcon> = { settled: CircleCheck, plain: CircleMinus, alert: CircleAlert };

/** The tone of an answer. A file that another program saved again is as good, but not the file that was written. */
function toneOf({ verdict, match }: Answer): Tone {
  const tone = TONES[verdict];
  return tone === "settled" && match?.kind === "words" && match.by !== null ? "plain" : tone;
}

/** The result of a check: a sentence about the file, its differences sheet by sheet, and remarks. */
export const VerifyAnswer = forwardRef<HTMLHeadingElement, { name: string; answer: Answer }>(function VerifyAnswer(
  { name, answer },
  ref,
) {
  const { verdict, sentence, match, differences, more, notes, about } = answer;
  const tone = toneOf(answer);
  return (
    <section className={styles.answer} data-tone={tone} aria-labelledby="answer">
      <header className={styles.verdict}>
        <Icon of={verdict === "draft" ? CircleDashed : ICONS[tone]} size={20} />
        <div>
          <h2 id="answer" ref={ref} tabIndex={-1}>
            {sentence}
          </h2>
          {match && <p className={styles.match}>{matchSentence(match)}</p>}
          <p className={styles.quiet}>
            <bdi>{name}</bdi>
          </p>
        </div>
      </header>
      {differences.length > 0 && <Differences differences={differences} more={more} />}
      {notes.length > 0 && (
        <div className={styles.block}>
          <h3>Also</h3>
          <ul className={styles.notes}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
      {about && (
        <dl className={styles.facts}>
          <dt>Matrix</dt>
          <dd dir="auto">{about.title}</dd>
          <dt>Parties</dt>
          <dd>
            <bdi>{about.client}</bdi> and <bdi>{about.provider}</bdi>
          </dd>
          <dt>Fingerprint</dt>
          <dd className={styles.mono}>{about.fingerprint}</dd>
        </dl>
      )}
    </section>
  );
});

function Differences({ differences, more }: { differences: readonly Difference[]; more: number }) {
  const parts = [...new Set(differences.map(({ part }) => part))];
  return (
    <>
      {parts.map((part) => (
        <div key={part} className={styles.block}>
          <h3 dir="auto">{part || "The file itself"}</h3>
          <ul className={styles.differences}>
            {differences
              .filter((difference) => difference.part === part)
              .map((difference, i) => (
                <li key={i}>
                  <OneDifference {...difference} />
                </li>
              ))}
          </ul>
        </div>
      ))}
      {more > 0 && <p className={styles.block}>And {more} more.</p>}
    </>
  );
}

function OneDifference(difference: Difference) {
  const { kind, subject, field, kept, shown } = difference;
  if (kind !== "altered" && kind !== "moved")
    return <p dir="auto">{differenceSentence({ ...difference, part: difference.subject ? "" : difference.part })}</p>;
  return (
    <>
      <p dir="auto">
        {subject && <b>{subject}</b>}
        {subject && field && ", "}
        {field}
      </p>
      <dl className={styles.values}>
        {kept !== null && (
          <div>
            <dt>In the version</dt>
            <dd dir="auto">{kept || <i>nothing</i>}</dd>
          </div>
        )}
        <div data-here>
          <dt>{kept === null ? "Here, and not what the version has" : "Here"}</dt>
          <dd dir="auto">{shown || <i>nothing</i>}</dd>
        </div>
      </dl>
    </>
  );
}
