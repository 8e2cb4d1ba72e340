import { useEffect, useRef, useState } from "react";
import { stopSentences } from "~/domain/signing/sign-readiness";
import type { SigningView } from "~/domain/signing/signing-view";
import { paths } from "~/paths";
import type { SigningAnswer } from "~/services/signing/signing-after.server";
import { CopyLink } from "../access/copy-link";
import { Button } from "../primitives/button";
import { CircleAlert, CircleCheck } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Link } from "../primitives/router";
import { Day, Time } from "../primitives/time";
import { useMay } from "../draft/own-side";
import { NameDialog } from "./name-dialog";
import { PaperDialog } from "./paper-dialog";
import { SigningChecklist } from "./signing-checklist";
import { SendDialog } from "./send-dialog";
import { SignatoryCard, WaitingParty } from "./signatory-card";
import { useLookAgain } from "./use-look-again";
import { WithdrawDialog } from "./withdraw-dialog";
import styles from "./signing-panel.module.css";

type PanelProps = { matrixId: string; view: SigningView; fingerprint: string };

/** The sign-off of a version: its signatories, who of them has signed, and the actions of an owner. */
export function SigningPanel({ matrixId, view, fingerprint }: PanelProps) {
  const [outcome, setOutcome] = useState<{ done: SigningAnswer; standing: string } | null>(null);
  const { round, status, number, closed } = view;
  const standing = (round?.signatories ?? []).map(({ id, state, openedAt }) => `${id} ${state} ${openedAt}`).join();
  const tell = (done: SigningAnswer) => setOutcome({ done, standing });
  // A code works once, so it is hidden as soon as its signatory opened or signed the version with it.
  const done = outcome?.done.code && outcome.standing !== standing ? null : (outcome?.done ?? null);
  const hasCode = (name: string) => round?.signatories.some((one) => one.codeShown && one.name === name) ?? false;
  useLookAgain(round !== null && closed === null);
  return (
    <aside className={styles.panel} aria-labelledby="sign-off">
      <header>
        <h2 id="sign-off">{titleOf(view)}</h2>
        <p className={styles.lead}>
          {round === null && closed === null && "Both parties sign the same text. Later edits go into a new draft."}
          {round !== null && closed === null && (
            <>
              Sent <Time iso={round.sentAt} /> by <bdi>{round.sentBy}</bdi>
              {round.order === "in-order" && ", to be signed in order"}
              {round.dueDate && (
                <>
                  , due <Day day={round.dueDate} />
                </>
              )}
              .
            </>
          )}
          {closed !== null && view.ending === null && status !== "agreed" && closed}
          {status === "agreed" && "Everybody has signed. It is never changed; the next agreed version takes its place."}
        </p>
      </header>
      {view.ending && (
        <Notice icon={CircleAlert} tone={view.ending.declined ? "alert" : "plain"}>
          <p>
            <bdi>{view.ending.by}</bdi> {view.ending.declined ? "declined to sign it" : "withdrew it"} on{" "}
            <Time iso={view.ending.at} />: <q>{view.ending.reason}</q>
          </p>
          <p>Nobody signs it any more. Change the draft, then publish the next version.</p>
        </Notice>
      )}
      <div aria-live="polite" className={styles.live}>
        {done && (
          <Notice icon={CircleCheck}>
            {done.code && <Code code={done.code} />}
            <p>{done.said}</p>
            {done.handed.map(({ name, link }) => (
              <CopyLink
                key={link}
                link={link}
                words={`No mail is sent from here. Hand this link to ${name} yourself; it is theirs alone. It asks for a code: ${hasCode(name) ? "press “Show the code” below when they ask you for it" : "an owner of their side is shown it on this page"}.`}
              />
            ))}
          </Notice>
        )}
      </div>
      <div className={styles.cards}>
        {view.parties.map((party) => {
          const asked = round?.signatories.filter(({ partyId }) => partyId === party.id) ?? [];
          return asked.length === 0 ? (
            <WaitingParty key={party.id} view={view} party={party} />
          ) : (
            asked.map((signatory) => (
              <SignatoryCard
                key={signatory.id}
                matrixId={matrixId}
                view={view}
                party={party}
                signatory={signatory}
                onDone={tell}
              />
            ))
          );
        })}
      </div>
      <Speaking view={view} />
      <Facts matrixId={matrixId} view={view} fingerprint={fingerprint} />
      {closed === null && <Acts matrixId={matrixId} view={view} onDone={tell} key={number} />}
    </aside>
  );
}

/**
 * A code to pass on, and whose it is. It scrolls into view, because the button that asked for it may be further down
 * the page.
 */
function Code({ code: { name, digits } }: { code: NonNullable<SigningAnswer["code"]> }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    line.current?.scrollIntoView({ block: "nearest" });
  }, [digits]);
  return (
    <p ref={line} className={styles.code}>
      <b translate="no">{digits}</b>{" "}
      <span>
        is the code for <bdi>{name}</bdi>
      </span>
    </p>
  );
}

function titleOf({ number, status, round }: SigningView): string {
  if (status === "agreed") return `Version ${number} is agreed`;
  if (status === "superseded") return `Version ${number} was agreed`;
  if (status === "withdrawn") return `Version ${number} is withdrawn`;
  return round ? `Version ${number} is out for signing` : `Sign version ${number}`;
}

/** Names who of the other side invited a side's first owner, since that owner speaks for the side. */
function Speaking({ view: { parties, round } }: { view: SigningView }) {
  return parties.map(({ id, name, invitedBy }) => {
    const other = parties.find((party) => party.id !== id);
    return round === null || invitedBy === null ? null : (
      <p key={id} className={styles.quiet}>
        The first owner of <bdi>{name}</bdi> was invited by <bdi>{invitedBy}</bdi> of <bdi>{other?.name}</bdi>.
      </p>
    );
  });
}

const eights = (text: string) => text.match(/.{1,8}/g) ?? [];

function Facts({ matrixId, view, fingerprint }: PanelProps) {
  const { needs, openWarnings, acceptedWarnings, round } = view;
  const inText = needs.some(
    ({ part, left }) => (part === "duties" || part === "blockers" || part === "dates") && left.length > 0,
  );
  return (
    <>
      <SigningChecklist matrixId={matrixId} needs={needs} />
      {inText && (
        <p className={styles.quiet}>
          A version never changes. Clear what is in it in the draft and publish the next one; name the holders of roles
          here and now.
        </p>
      )}
      <div className={styles.open}>
        <div>
          {openWarnings.length > 0 && (
            <details>
              <summary>{openWarnings.length === 1 ? "1 open warning" : `${openWarnings.length} open warnings`}</summary>
              <ul className={styles.stops}>
                {openWarnings.map(({ key, code, title }) => (
                  <li key={key}>
                    {code && `${code}: `}
                    {title}
                  </li>
                ))}
              </ul>
            </details>
          )}
          {acceptedWarnings.length > 0 ? (
            <details>
              <summary>
                {acceptedWarnings.length === 1 ? "1 accepted warning" : `${acceptedWarnings.length} accepted warnings`}
              </summary>
              <ul className={styles.stops}>
                {acceptedWarnings.map(({ code, reason, by, on }) => (
                  <li key={`${code} ${reason}`}>
                    {code && `${code}: `}
                    {reason}{" "}
                    <span className={styles.quiet}>
                      {by}, <Day day={on} />
                    </span>
                  </li>
                ))}
              </ul>
            </details>
          ) : (
            <p>No accepted warnings.</p>
          )}
        </div>
      </div>
      {round?.message && (
        <p className={styles.message}>
          <span className={styles.quiet}>
            <bdi>{round.sentBy}</bdi> wrote:
          </span>{" "}
          <span dir="auto">{round.message}</span>
        </p>
      )}
      <section aria-label="Document fingerprint">
        <h3>Document fingerprint</h3>
        <code className={styles.fingerprint}>
          {eights(fingerprint).map((part, i) => (
            <span key={i}>{part}</span>
          ))}
        </code>
        {view.stamped && (
          <p className={styles.quiet}>
            <a href={paths.timeStamp(matrixId, view.number)} download>
              Download its time stamp
            </a>
            , with which an authority states when it was there.
          </p>
        )}
        <p className={styles.quiet}>
          <Link to={paths.verify()}>Check a file</Link> to see whether it still says this.
        </p>
      </section>
    </>
  );
}

/** The actions of an owner of either side. */
function Acts({
  matrixId,
  view,
  onDone,
}: {
  matrixId: string;
  view: SigningView;
  onDone: (done: SigningAnswer) => void;
}) {
  const [open, setOpen] = useState<"send" | "name" | "paper" | "withdraw" | null>(null);
  const close = () => setOpen(null);
  const finish = (done: SigningAnswer) => {
    close();
    onDone(done);
  };
  if (!useMay("publish") || view.partyId === null)
    return view.round === null ? <p className={styles.quiet}>An owner of either side sends it for signing.</p> : null;
  const waiting = view.round?.signatories.some(({ state, proposed }) => state === "waiting" && !proposed) ?? false;
  const own = view.parties.find(({ id }) => id === view.partyId);
  const named = view.round?.signatories.some(({ partyId }) => partyId === view.partyId) ?? false;
  return (
    <div className={styles.acts}>
      {view.round === null && (
        <Button
          variant="primary"
          disabled={stopSentences(view.needs).length > 0}
          title={stopSentences(view.needs).length > 0 ? "Something stops signing" : undefined}
          onClick={() => setOpen("send")}
        >
          Send for signing
        </Button>
      )}
      {view.round !== null && own && (
        <Button variant={named ? "default" : "primary"} onClick={() => setOpen("name")}>
          {named ? "One more signatory" : "Name who signs"}
        </Button>
      )}
      {waiting && <Button onClick={() => setOpen("paper")}>Signed on paper</Button>}
      <Button variant="ghost" onClick={() => setOpen("withdraw")}>
        Withdraw
      </Button>
      {open === "send" && <SendDialog matrixId={matrixId} view={view} onClose={close} onDone={finish} />}
      {open === "name" && own && (
        <NameDialog matrixId={matrixId} view={view} party={own} onClose={close} onDone={finish} />
      )}
      {open === "paper" && <PaperDialog matrixId={matrixId} view={view} onClose={close} onDone={finish} />}
      {open === "withdraw" && (
        <WithdrawDialog
          matrixId={matrixId}
          number={view.number}
          sent={view.round !== null}
          mailIsSent={view.mailIsSent}
          onClose={close}
          onDone={finish}
        />
      )}
    </div>
  );
}
