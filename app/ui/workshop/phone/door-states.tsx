import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import { paths } from "~/paths";
import type { WorkshopPage } from "~/services/workshop/viewing.server";
import { PartyMark } from "../../marks/party-mark";
import { Button, ButtonLink } from "../../primitives/button";
import { CircleAlert, Icon, LoaderCircle, RotateCw } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { Link, useLocation, useParams, useRevalidator } from "../../primitives/router";
import { useMe } from "../../shell/me";
import { SkipLink } from "../../shell/skip-link";
import { wordsOfError } from "../../shell/error-page";
import { enterWorkshop } from "../ask-workshop";
import { dropDrafts } from "./kept-drafts";
import { PhoneMark } from "./phone-header";
import styles from "./phone.module.css";

/** Somebody has asked to come in, and waits for whoever lets them. */
export function WaitingToBeLetIn({ shown }: { shown: WorkshopShown }) {
  return (
    <div className={styles.item}>
      <h1 className={styles.title}>Waiting to be let in</h1>
      <p className={styles.ask}>
        The facilitator, or the host of your party, lets you in. This page goes on by itself; you can put the phone away
        and come back by the same link.
      </p>
      <p className={styles.quiet}>
        <Icon of={LoaderCircle} className={styles.turning} /> You asked to come into <bdi>{shown.title}</bdi> as{" "}
        <bdi>{shown.yours?.label}</bdi>.
      </p>
    </div>
  );
}

/** A member of the matrix who hasn't come in, or who left. People of a third party say which one they are of. */
export function ComeIn({ page, shown }: { page: WorkshopPage; shown: WorkshopShown }) {
  const me = useMe();
  const { revalidate } = useRevalidator();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [partyId, setPartyId] = useState(page.comesFor[0]?.partyId ?? "");
  const [only] = page.comesFor;
  async function comeIn(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await enterWorkshop(shown.workshopId, partyId);
    setBusy(false);
    setRefused(answer.refused);
    if (answer.refused === null) revalidate();
  }
  if (shown.stage === "ended") return <Ended shown={shown} />;
  return (
    <div className={styles.item}>
      <h1 className={styles.title} dir="auto">
        {shown.title}
      </h1>
      <p className={styles.ask}>
        You have access to its matrix, so you come in as yourself{me && ": "}
        {me && <bdi>{me.name}</bdi>}
        {page.comesFor.length === 1 && only && (
          <>
            , for <bdi>{only.name}</bdi>
          </>
        )}
        .
      </p>
      <form className={styles.form} onSubmit={(event) => void comeIn(event)}>
        {page.comesFor.length > 1 && (
          <fieldset className={styles.pick}>
            <legend>Whom are you with?</legend>
            <div className={styles.options}>
              {page.comesFor.map(({ partyId: id, name, kind }) => (
                <label key={id} className={styles.option} data-kind={kind}>
                  <input
                    type="radio"
                    name="partyId"
                    className="vh"
                    checked={id === partyId}
                    onChange={() => setPartyId(id)}
                  />
                  <PartyMark kind={kind} />
                  <bdi className={styles.name}>{name}</bdi>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <div role="status">
          {refused && (
            <Notice icon={CircleAlert} tone="alert">
              {refused}
            </Notice>
          )}
        </div>
        <Button type="submit" variant="primary" size="lg" loading={busy} className={styles.confirm}>
          Come in
        </Button>
      </form>
    </div>
  );
}

/** The workshop has ended; members have its minutes. */
export function Ended({ shown }: { shown: WorkshopShown }) {
  const count = (status: string) => shown.plan.filter((item) => item.status === status).length;
  const [settled, parked, disputed] = [count("settled"), count("parked"), count("disputed")];
  const left = shown.plan.length - settled - parked - disputed;
  return (
    <div className={styles.item}>
      <h1 className={styles.title}>The workshop has ended</h1>
      <p className={styles.ask}>
        <bdi>{shown.title}</bdi>
      </p>
      {shown.plan.length > 0 && (
        <dl className={styles.sums}>
          {[
            ["Agreed", settled],
            ["Parked", parked],
            ["Disputed", disputed],
            ["Left", left],
          ].map(([label, sum]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{sum}</dd>
            </div>
          ))}
        </dl>
      )}
      <ButtonLink to={paths.workshopMinutes(shown.workshopId)} variant="primary" size="lg" className={styles.confirm}>
        Read the minutes
      </ButtonLink>
      <p className={styles.quiet}>They were also sent to everybody who took part and has an address here.</p>
    </div>
  );
}

/** Why nothing more is shown to somebody who was in: the workshop ended, or they aren't in it any more. */
export function Stopped({ message, action }: { message: string; action?: ReactNode }) {
  const [first = message, ...rest] = message.split(/(?<=\.) /);
  return (
    <div className={styles.item}>
      <h1 className={styles.title}>{first.replace(/\.$/, "")}</h1>
      {rest.length > 0 && <p className={styles.ask}>{rest.join(" ")}</p>}
      {action ?? (
        <ButtonLink to={paths.join()} size="lg" className={styles.confirm}>
          Join a workshop
        </ButtonLink>
      )}
    </div>
  );
}

/** A workshop's address that shows nothing to this browser: its sentence, and the way on. */
export function WorkshopError({ error }: { error: unknown }) {
  const { workshopId = "" } = useParams();
  const { pathname } = useLocation();
  const { status, message, secondFactor = false, unreachable = false } = wordsOfError(error);
  const refused = status >= 400 && status < 500;
  const ended = status === 403 && !secondFactor;
  useEffect(() => {
    if (ended) dropDrafts(workshopId);
  }, [ended, workshopId]);
  return (
    <div className={styles.ground}>
      <SkipLink />
      <header className={styles.header}>
        <PhoneMark />
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        {refused ? (
          <>
            <Stopped
              message={message ?? "This workshop isn’t open to you."}
              action={
                secondFactor ? (
                  <ButtonLink
                    to={paths.account({ part: "second-factor" })}
                    variant="primary"
                    size="lg"
                    className={styles.confirm}
                  >
                    Go to your account
                  </ButtonLink>
                ) : undefined
              }
            />
            {status === 404 && (
              <p className={styles.below}>
                Do you have an account? <Link to={paths.signIn(pathname)}>Sign in</Link> to open it as yourself.
              </p>
            )}
          </>
        ) : (
          <div className={styles.item}>
            <h1 className={styles.title}>
              {unreachable ? "The server can’t be reached" : "This page could not be shown"}
            </h1>
            <p className={styles.ask}>What you have not sealed yet is kept on this device.</p>
            <Button
              variant="primary"
              size="lg"
              icon={<Icon of={RotateCw} />}
              className={styles.confirm}
              onClick={() => window.location.reload()}
            >
              Try again
            </Button>
          </div>
        )}
      </main>
    </div>
  );
}
