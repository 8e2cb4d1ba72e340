import { useEffect, useRef, type ReactNode } from "react";
import type { WorkshopPage } from "~/services/workshop/viewing.server";
import { CircleAlert, Icon, RotateCw, WifiOff } from "../../primitives/icon";
import { Button } from "../../primitives/button";
import { Notice } from "../../primitives/notice";
import { Link, useLocation, useRevalidator } from "../../primitives/router";
import { useHydrated } from "../../primitives/time";
import { SkipLink } from "../../shell/skip-link";
import type { WorkshopOnScreen } from "../use-workshop";
import { ComeIn, Ended, Stopped, WaitingToBeLetIn } from "./door-states";
import { dropDrafts } from "./kept-drafts";
import { ActionNotice } from "./action-notice";
import { useNews } from "./news";
import { Now } from "./now";
import { PhoneHeader } from "./phone-header";
import styles from "./phone.module.css";
import { Plan } from "./plan";
import { Room } from "./room";
import { mayConfirm } from "./table";
import { useProposals } from "./use-proposals";
import { hashOf, viewOf, type View } from "./views";

type PhoneProps = { page: WorkshopPage; screen: WorkshopOnScreen };

/** A workshop in the hand of one who takes part. */
export function Phone({ page, screen }: PhoneProps) {
  const { shown, ahead, live, over } = screen;
  const news = useNews(shown, ahead);
  const ended = over !== null || shown.stage === "ended";
  useEffect(() => {
    if (ended) dropDrafts(shown.workshopId);
  }, [ended, shown.workshopId]);
  const { revalidate } = useRevalidator();
  // Why nothing may be followed any more is what the page itself answers.
  useEffect(() => {
    if (live === "refused") revalidate();
  }, [live, revalidate]);
  return (
    <div className={styles.ground}>
      <SkipLink />
      <PhoneHeader shown={shown} ahead={ahead} over={ended} />
      <p className="vh" role="status">
        {news}
      </p>
      <Connection live={over === null ? live : "live"} />
      {over !== null ? (
        <Main>
          <Stopped message={over} />
        </Main>
      ) : shown.stage === "ended" && shown.yours?.state !== "waiting" ? (
        <Main>
          <Ended shown={shown} />
        </Main>
      ) : !shown.yours ? (
        <Main>
          <ComeIn page={page} shown={shown} />
        </Main>
      ) : shown.yours.state === "waiting" ? (
        <Main>
          <WaitingToBeLetIn shown={shown} />
        </Main>
      ) : (
        <Inside screen={screen} />
      )}
    </div>
  );
}

function Main({ children }: { children: ReactNode }) {
  return (
    <main id="content" tabIndex={-1} className={styles.main}>
      {children}
    </main>
  );
}

function Inside({ screen }: { screen: WorkshopOnScreen }) {
  const { shown, ask } = screen;
  const proposals = useProposals(screen);
  const { hash } = useLocation();
  const view = viewOf(useHydrated() ? hash : "");
  useFocusOnItem(hash);
  return (
    <>
      <Views view={view} screen={screen} />
      <Main>
        {shown.room?.archived && (
          <div className={styles.notice}>
            <Notice icon={CircleAlert}>
              The matrix was archived. What is said is kept; nothing is settled on it now.
            </Notice>
          </div>
        )}
        {view.name === "now" && <Now shown={shown} ask={ask} proposals={proposals} />}
        {view.name === "plan" && <Plan shown={shown} ask={ask} proposals={proposals} itemId={view.itemId} />}
        {view.name === "room" && <Room shown={shown} ask={ask} />}
      </Main>
    </>
  );
}

/** Whoever opens another view begins at its heading. The view that a page begins with takes no focus. */
function useFocusOnItem(hash: string) {
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (before.current !== null && before.current !== hash && hash.includes("/"))
      document.getElementById("item")?.focus({ preventScroll: true });
    before.current = hash;
  }, [hash]);
}

function Views({ view, screen: { shown } }: { view: View; screen: WorkshopOnScreen }) {
  const waiting = shown.yours?.waiting.length ?? 0;
  const toConfirm = shown.plan.filter(
    ({ itemId, settling }) => itemId !== shown.current?.itemId && mayConfirm(shown, settling),
  ).length;
  const views = [
    { name: "now", label: shown.stage === "prepared" ? "Welcome" : "Now", count: 0, what: "" },
    { name: "plan", label: "All items", count: toConfirm, what: "to confirm" },
    { name: "room", label: "Room", count: waiting, what: "waiting" },
  ] as const;
  return (
    <nav className={styles.views} aria-label="Workshop">
      {views.map(({ name, label, count, what }) => (
        <Link
          key={name}
          to={hashOf(name)}
          aria-current={view.name === name ? "page" : undefined}
          className={styles.tab}
        >
          {label}
          {count > 0 && (
            <span className={styles.count}>
              {count} <span className="vh">{what}</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

/** What is said while nothing arrives, and why. */
function Connection({ live }: Pick<WorkshopOnScreen, "live">) {
  return (
    <div role="status" className={styles.connection}>
      {live === "other-release" ? (
        <ActionNotice
          action={
            <Button icon={<Icon of={RotateCw} />} onClick={() => window.location.reload()}>
              Load again
            </Button>
          }
        >
          Demarc was renewed. Load the page again to go on; what you have not sealed is kept.
        </ActionNotice>
      ) : live === "live" ? null : (
        <Notice icon={WifiOff}>
          The connection is lost. This page may be behind; it goes on by itself once the connection is back.
        </Notice>
      )}
    </div>
  );
}
