import type { ReactNode } from "react";
import { nameList } from "~/domain/name-list";
import { sameChoice } from "~/domain/workshop/outcome";
import type { PictureView, RevealView, VoiceView } from "~/domain/workshop/view/view-types";
import { LetterChip } from "../../marks/letter-chip";
import { PartyMark } from "../../marks/party-mark";
import { ChevronRight, Icon } from "../../primitives/icon";
import { ChoiceMarks } from "./choice-marks";
import { OutcomeGlyph } from "./outcome-glyph";
import { SIDE_WORDS } from "./side-words";
import styles from "./reveal.module.css";
import { partyName, verdictWords, type NamedParty } from "./verdict-words";

type RevealProps = {
  parties: readonly NamedParty[];
  revealed: RevealView;
  /** What is known to go wrong, which a gap leaves to nobody. */
  risk?: string;
  /** What stands between the pictures and the single voices, such as what it is settled by. */
  children?: ReactNode;
};

/** A reason that isn't beside its picture stands with the single voices. */
const MOST_REASONS = 2;
const LONG_NAME = 32;

/**
 * What everybody proposed, once it is revealed: what it comes to, both sides' pictures, and behind them each voice. It
 * is as large as the room it stands in: a phone's, or a projector's.
 */
export function Reveal({ parties, revealed, risk = "", children }: RevealProps) {
  const { outcome, pictures, voices } = revealed;
  const { title, detail } = verdictWords(parties, revealed);
  const others = voices.filter(({ partyId }) => !pictures.some((picture) => picture.partyId === partyId));
  return (
    <div className={styles.room}>
      <div className={styles.reveal}>
        <div className={styles.verdict} data-outcome={outcome}>
          <OutcomeGlyph outcome={outcome} className={styles.glyph} />
          <p>
            <b>{title}</b> {detail}
            {outcome === "gap" && risk !== "" && ` Known today: ${risk}`}
          </p>
        </div>
        <div className={styles.sides}>
          {pictures.map((picture) => (
            <Picture key={picture.partyId} parties={parties} picture={picture} voices={voices} />
          ))}
        </div>
        {others.length > 0 && (
          <section className={styles.others} aria-label="Third parties">
            <p className={styles.quiet}>Also heard, without a side of their own</p>
            <Voices parties={parties} voices={others} />
          </section>
        )}
        <LeftOut revealed={revealed} />
        {children}
        {voices.length > 0 && (
          <details className={styles.voices}>
            <summary>
              <Icon of={ChevronRight} className={styles.chevron} />
              {voices.length === 1 ? "The one voice" : `All ${voices.length} voices`}
            </summary>
            {parties.map((party) => {
              const own = voices.filter(({ partyId }) => partyId === party.partyId);
              return own.length === 0 ? null : (
                <section key={party.partyId} aria-label={party.name}>
                  <p className={styles.who}>
                    <PartyMark kind={party.kind} className={styles.mark} />
                    {party.name}
                  </p>
                  <Voices parties={parties} voices={own} />
                </section>
              );
            })}
          </details>
        )}
      </div>
    </div>
  );
}

function Picture({
  parties,
  picture,
  voices,
}: {
  parties: readonly NamedParty[];
  picture: PictureView;
  voices: readonly VoiceView[];
}) {
  const { partyId, choice } = picture;
  const party = parties.find((one) => one.partyId === partyId);
  const given = voices.filter(
    (voice) =>
      voice.partyId === partyId && voice.reason !== "" && (choice === null || sameChoice(voice.choice, choice)),
  );
  return (
    <article className={styles.side} data-kind={party?.kind} aria-label={partyName(parties, partyId)}>
      <div className={styles.head}>
        <p className={styles.who}>
          {party && <PartyMark kind={party.kind} className={styles.mark} />}
          <b>{partyName(parties, partyId)}</b>
          {party && <span className={styles.quiet}>{SIDE_WORDS[party.kind]}</span>}
        </p>
        <p className={styles.said}>{saidWords(picture, voices)}</p>
      </div>
      <PictureChoice parties={parties} picture={picture} />
      {given.slice(0, MOST_REASONS).map(({ participantId, label, reason }) => (
        <blockquote key={participantId} className={styles.reason}>
          “{reason}”<cite>{label}</cite>
        </blockquote>
      ))}
      {given.length > MOST_REASONS && (
        <p className={styles.more}>{given.length - MOST_REASONS} more with the single voices</p>
      )}
    </article>
  );
}

function PictureChoice({ parties, picture: { choice, of } }: { parties: readonly NamedParty[]; picture: PictureView }) {
  if (choice?.kind !== "split")
    return (
      <p className={styles.only}>
        {choice ? <ChoiceMarks parties={parties} choice={choice} /> : of === 0 ? "Nobody proposed" : "Divided"}
      </p>
    );
  const kindOf = (id: string | undefined) => parties.find(({ partyId }) => partyId === id)?.kind ?? "third-party";
  const rows = [
    { letter: "A" as const, word: "answers", ids: [choice.answers] },
    { letter: "R" as const, word: choice.does.length === 1 ? "does" : "do", ids: choice.does },
  ];
  return (
    <dl className={styles.split}>
      {rows.map(({ letter, word, ids }) => (
        <div key={letter}>
          <dt>
            <span aria-hidden className={styles.chip}>
              <LetterChip letters={[letter]} kind={kindOf(ids[0])} size="lg" />
            </span>
            {word}
          </dt>
          <dd data-long={ids.some((id) => partyName(parties, id).length > LONG_NAME)}>
            {ids.map((id) => (
              <span key={id} className={styles.who}>
                <PartyMark kind={kindOf(id)} className={styles.mark} />
                {partyName(parties, id)}
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function saidWords({ partyId, choice, said, of, byHost }: PictureView, voices: readonly VoiceView[]): string {
  if (of === 0) return "";
  if (byHost)
    return `${voices.find((voice) => voice.partyId === partyId && voice.forParty)?.label ?? "The host"} for all`;
  return choice ? `${said} of ${of} said this` : `${of} voices`;
}

function Voices({ parties, voices }: { parties: readonly NamedParty[]; voices: readonly VoiceView[] }) {
  return (
    <ul className={styles.list}>
      {voices.map(({ participantId, label, forParty, choice, reason }) => (
        <li key={participantId}>
          <b>{label}</b>
          {forParty && <span className={styles.quiet}> for all</span>} <ChoiceMarks parties={parties} choice={choice} />
          {reason !== "" && <span className={styles.quoted}>“{reason}”</span>}
        </li>
      ))}
    </ul>
  );
}

const WHY_WORDS: Record<RevealView["why"], string> = {
  all: "",
  timer: "Half of the time was over.",
  facilitator: "Revealed at the facilitator's word.",
};

function LeftOut({ revealed: { why, leftOut } }: { revealed: RevealView }) {
  const names = leftOut.length > 5 ? `${leftOut.length} people` : nameList(leftOut);
  const words = [WHY_WORDS[why], leftOut.length === 0 ? "" : `${names} had not sealed.`].filter(Boolean).join(" ");
  return words === "" ? null : <p className={styles.quiet}>{words}</p>;
}
