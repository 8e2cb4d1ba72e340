import { useEffect, useRef, useState } from "react";
import { dayWords } from "~/domain/day-words";
import {
  pathAt,
  type CallContact,
  type CallWindow,
  type PathNow,
  type WindowPath,
} from "~/domain/escalation/right-now";
import type { Channel } from "~/domain/matrix/escalation-shapes";
import { minuteWords } from "~/domain/minute-words";
import { CHANNELS } from "~/domain/parts/paths";
import { paths } from "~/paths";
import { PartyMark } from "../marks/party-mark";
import { Button } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { ArrowLeft, Check, CircleAlert, Icon, Mail, Phone } from "../primitives/icon";
import { ownMomentWords } from "../primitives/time";
import { fetchCalls, useKnownCalls } from "./call-store";
import styles from "./right-now.module.css";

type Level = PathNow["levels"][number];
type Call = Level["calls"][number];
type Answer = Call["answers"][number];
type Contacts = CallWindow["contacts"];

const TICK_MS = 15_000;
const STATES = { "on-shift": "On shift", "on-call": "On call" } as const;
const BY_PHONE: readonly Channel[] = ["phone", "bridge", "sms"];

type RightNowProps = {
  matrixId: string;
  pathId: string;
  /** What the call is about, such as the code of a duty; null where the path itself was chosen. */
  about: string | null;
  onBack: () => void;
};

/** Whom a path calls at this moment, level by level, with links that call. It answers without a connection, for the hours that were fetched. */
export function RightNow({ matrixId, pathId, about, onBack }: RightNowProps) {
  const { window: known, clockAhead, trouble } = useKnownCalls();
  const back = useRef<HTMLButtonElement>(null);
  const now = useClock() - clockAhead;
  useEffect(() => {
    back.current?.focus();
    void fetchCalls(matrixId);
  }, [matrixId]);
  const path = known?.paths.find(({ id }) => id === pathId);
  return (
    <div className={styles.box}>
      <div>
        <Button ref={back} size="sm" icon={<Icon of={ArrowLeft} size={14} />} onClick={onBack}>
          Back
        </Button>
      </div>
      {!known && (
        <p role="status">
          {trouble
            ? `${trouble} Who is called now isn’t known in this window yet. Connect again, or use a printed call card.`
            : "Finding out who is called now…"}
        </p>
      )}
      {known && !path && (
        <p role="status">
          This path was added since {ownMomentWords(new Date(known.workedOutAt))}, and isn’t known yet.
        </p>
      )}
      {known && path && (
        <PathView
          path={path}
          about={about}
          known={known}
          now={now}
          status={<Standing known={known} now={now} clockAhead={clockAhead} trouble={trouble} />}
        />
      )}
    </div>
  );
}

/** The clock of this device, looked at often enough for a change of shift. */
function useClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

type ViewProps = {
  path: WindowPath;
  about: string | null;
  known: CallWindow;
  now: number;
  status: JSX.Element;
};

function PathView({ path, about, known, now, status }: ViewProps) {
  const at = pathAt(path, known, now);
  const { clock, trigger, lastResort, standing } = path;
  return (
    <>
      <div>
        {about && <p className={styles.quiet}>The path that applies to {about}</p>}
        <p className={styles.trigger} dir="auto">
          {trigger || "It isn’t said yet when this path begins"}
        </p>
        <p className={styles.quiet}>
          {clock.kind === "always" ? "At any hour" : clock.words} · {standing}
        </p>
      </div>
      {status}
      {clock.kind === "wrong" && <p className={styles.warning}>{clock.wrong}</p>}
      {at?.stands && clock.kind !== "wrong" && (
        <p className={styles.warning}>
          Its clock stands now
          {at.stands.until === null ? "" : ` until ${ownMomentWords(new Date(at.stands.until))}`}: by the path nobody is
          called before. Whoever is there now is shown all the same.
        </p>
      )}
      {path.levels.length === 0 && <p>This path has no level, so it calls nobody.</p>}
      <ol className={styles.levels} aria-label={`Who is called by ${path.name}`}>
        {at
          ? at.levels.map((level, i) => <LevelNow key={i} level={level} contacts={known.contacts} />)
          : path.levels.map((level, i) => (
              <li key={i} className={styles.level}>
                <LevelHead level={level} />
                <p dir="auto">{level.calls.map(({ role }) => role).join(", ") || "Nobody"}</p>
              </li>
            ))}
      </ol>
      <p className={styles.resort}>
        <b>When nobody answers</b>
        <span dir="auto">{lastResort || "What holds then isn’t agreed."}</span>
      </p>
    </>
  );
}

/** Which time is meant, as of when the answer is, and until when it holds. */
function Standing({
  known,
  now,
  clockAhead,
  trouble,
}: {
  known: CallWindow;
  now: number;
  clockAhead: number;
  trouble: string | null;
}) {
  const within = now >= known.from && now < known.to;
  const off = Math.round(Math.abs(clockAhead) / 60_000);
  return (
    <div className={styles.standing}>
      <p>
        <b>{ownMomentWords(new Date(now))}</b>
        {clockAhead === 0
          ? ", by this device’s clock."
          : `, by Demarc’s clock. This device’s is ${minuteWords(off)} ${clockAhead > 0 ? "ahead" : "behind"}.`}
      </p>
      {/* Without the time, which would be read out every minute. */}
      <div role="status">
        <p className={within ? undefined : styles.warning}>
          As of {ownMomentWords(new Date(known.workedOutAt))}
          {within
            ? `; holds until ${ownMomentWords(new Date(known.to))}.`
            : `, it was known for the hours until ${ownMomentWords(new Date(known.to))}. Who is called at this moment isn’t known here; connect again. These are the roles.`}
        </p>
        {trouble && <p className={styles.warning}>{trouble} What has changed since isn’t in this answer.</p>}
      </div>
    </div>
  );
}

function LevelHead({ level: { when, channels, mayDecide, may } }: { level: Omit<Level, "calls"> }) {
  return (
    <>
      <p className={styles.when}>
        <b>{when}</b>
        <span className={styles.quiet}>
          {channels.length === 0
            ? "by any channel"
            : `by ${channels.map((channel) => CHANNELS[channel]).join(", then ")}`}
        </span>
        {mayDecide && <span className={styles.decides}>May decide</span>}
      </p>
      {may && (
        <p className={styles.quiet} dir="auto">
          {may}
        </p>
      )}
    </>
  );
}

function LevelNow({ level, contacts }: { level: Level; contacts: Contacts }) {
  const reachesNobody = level.calls.every(({ answers }) => answers.length === 0);
  return (
    <li className={styles.level}>
      <LevelHead level={level} />
      {reachesNobody && <p className={styles.bad}>Reaches nobody now: it is passed over at once.</p>}
      <ul className={styles.calls}>
        {level.calls.map((call, i) => (
          <RoleNow key={i} call={call} channels={level.channels} contacts={contacts} />
        ))}
      </ul>
    </li>
  );
}

function RoleNow({ call, channels, contacts }: { call: Call; channels: Channel[]; contacts: Contacts }) {
  const { role, party, answers, why, once } = call;
  return (
    <li>
      <p className={styles.role}>
        <PartyMark kind={party?.kind ?? "none"} />
        <span dir="auto">{[role, party?.name].filter(Boolean).join(", ")}</span>
      </p>
      {answers.length === 0 && (
        <p className={styles.bad}>
          <Icon of={CircleAlert} size={14} /> Nobody: {why}
        </p>
      )}
      {answers.map((answer) => (
        <Reached key={answer.personId} answer={answer} contact={contacts[answer.personId]} channels={channels} />
      ))}
      {once && (
        <p className={styles.quiet}>
          At {ownMomentWords(new Date(once.at))}, once this level is called:{" "}
          <bdi>
            {once.answers.map(({ personId }) => contacts[personId]?.name ?? "Somebody").join(", ") ||
              `nobody (${once.why})`}
          </bdi>
        </p>
      )}
    </li>
  );
}

type ReachedProps = { answer: Answer; contact: CallContact | undefined; channels: Channel[] };

function Reached({ answer: { state, channel }, contact, channels }: ReachedProps) {
  if (!contact) return null;
  const { name, phones, email, lastVerified } = contact;
  const byPhone = channels.length === 0 || channels.some((one) => BY_PHONE.includes(one));
  const inWriting = channels.length === 0 || channels.some((one) => !BY_PHONE.includes(one));
  return (
    <div className={styles.person}>
      <p>
        <b>
          <bdi>{name}</bdi>
        </b>{" "}
        <span className={styles.good}>
          <Icon of={Check} size={14} /> {STATES[state]}
          {channel && `, by ${CHANNELS[channel]}`}
        </span>
      </p>
      <ul className={styles.ways}>
        {byPhone &&
          phones.map(({ label, number }, i) => (
            <li key={`${i} ${number}`}>
              <a href={paths.call(number)} className={classNames(styles.way, i === 0 && styles.first)}>
                <Icon of={Phone} size={14} /> <span translate="no">{number}</span>
                {label && <span className={styles.label}>{label}</span>}
              </a>
            </li>
          ))}
        {inWriting && email && (
          <li>
            <a href={paths.mail(email)} className={styles.way}>
              <Icon of={Mail} size={14} /> <span translate="no">{email}</span>
            </a>
          </li>
        )}
      </ul>
      <p className={styles.quiet}>{lastVerified ? `Verified ${dayWords(lastVerified)}` : "Never verified"}</p>
    </div>
  );
}
