import { useEffect, useRef, useState, type ReactNode } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { paths } from "~/paths";
import type { SinceVisit as SinceVisitView } from "~/services/live/visits.server";
import type { HeaderView } from "~/services/matrix/drafts.server";
import type { MatrixEditor } from "../editor/editor-types";
import { useFindings } from "../findings/findings-context";
import { Button, ButtonLink } from "../primitives/button";
import { ChevronsUpDown, Icon, Redo2, Search, Undo2 } from "../primitives/icon";
import { usePreloaded } from "../primitives/lazily";
import { MENU_PARTS } from "../primitives/overlays/menu";
import { Link, NavLink, useLocation, useParams } from "../primitives/router";
import { useHydrated } from "../primitives/time";
import { AccountMenu } from "../shell/account-menu";
import { DownloadMenu } from "../download/download-menu";
import { DraftStatus } from "./draft-status";
import { EditorToast } from "./editor-toast";
import { Logo } from "../shell/logo";
import { LookUp } from "../look-up/look-up";
import { FollowOthers } from "../live/lazy-live";
import { SinceVisit } from "../live/since-visit";
import { OfflineGuard } from "../shell/offline-guard";
import { OwnSideProvider, useMay, useOwnParty } from "./own-side";
import styles from "./matrix-shell.module.css";
import { Printed, printedTitle } from "../shell/printed";
import { SaveIndicator, SaveNotice } from "./save-indicator";
import { SkipLink } from "../shell/skip-link";
import { useUndoKeys } from "./use-undo-keys";

/**
 * The frame of one matrix: its sides, the save state, the tabs of its views, and the buttons to publish and download.
 */
export function MatrixShell({
  header,
  editor,
  sinceVisit,
  children,
}: {
  header: HeaderView;
  editor: MatrixEditor;
  sinceVisit: SinceVisitView | null;
  children: ReactNode;
}) {
  const main = useTopOfEachPage();
  const [looking, setLooking] = useState(false);
  useUndoKeys(editor);
  usePreloaded(MENU_PARTS);
  return (
    <OwnSideProvider parties={editor.matrix.parties} partyId={header.partyId} abilities={header.abilities}>
      <div className={styles.app} data-print="flow">
        <SkipLink />
        <DraftPrinted header={header} matrix={editor.matrix} />
        <TopBar header={header} editor={editor} />
        <ViewBar editor={editor} onLookUp={() => setLooking(true)} />
        <SaveNotice editor={editor} />
        <SinceVisit key={header.matrixId} matrixId={header.matrixId} loaded={sinceVisit} />
        <OfflineGuard matrixId={header.matrixId} />
        {header.archived && (
          <p className={styles.archived} role="note">
            This matrix is archived: it can be read, and changes no more.{" "}
            {header.abilities.includes("archive") && <Link to={paths.matrices(editor.matrixId)}>Bring it back</Link>}
          </p>
        )}
        <Withdrawn matrixId={header.matrixId} last={header.lastVersion} />
        <main ref={main} id="content" tabIndex={-1} className={styles.main} data-print="flow">
          {children}
        </main>
        <EditorToast editor={editor} />
        <LookUp editor={editor} open={looking} onOpenChange={setLooking} />
      </div>
    </OwnSideProvider>
  );
}

/** The header and footer of printed pages. Those of the draft say DRAFT; a version's page has its own, and a call card fills its sheet. */
function DraftPrinted({ header: { matrixId, today }, matrix }: { header: HeaderView; matrix: Matrix }) {
  const { pathname } = useLocation();
  const { number } = useParams();
  if (number !== undefined || pathname === paths.callCard(matrixId)) return null;
  const ofDraft = [
    paths.board,
    paths.matrix,
    paths.workshopSheet,
    paths.findings,
    paths.escalation,
    paths.communication,
    paths.authority,
    paths.wording,
    paths.parties,
    paths.people,
  ].some((page) => page(matrixId) === pathname);
  return <Printed title={printedTitle(matrix)} edition={ofDraft ? "DRAFT" : ""} today={today} />;
}

/** Shows why the newest version was declined or withdrawn, until the next one is published. */
function Withdrawn({ matrixId, last }: { matrixId: string; last: HeaderView["lastVersion"] }) {
  if (last?.status !== "withdrawn") return null;
  return (
    <p className={styles.archived} role="note" data-print="hide">
      <bdi>{last.withdrawnBy}</bdi> {last.signing?.outcome === "declined" ? "declined" : "withdrew"}{" "}
      <Link to={paths.version(matrixId, last.number)}>version {last.number}</Link>: <q>{last.withdrawnReason}</q>
    </p>
  );
}

/** Scrolls to the top of a new page. The browser doesn't do it, because the page scrolls inside the frame. */
function useTopOfEachPage() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    void main.current?.scrollTo(0, 0);
  }, [pathname]);
  return main;
}

function TopBar({ header, editor }: { header: HeaderView; editor: MatrixEditor }) {
  const { pathname } = useLocation();
  const parties = editor.matrix.parties;
  const client = parties.find(({ kind }) => kind === "client")?.name ?? header.clientName;
  const provider = parties.find(({ kind }) => kind === "provider")?.name ?? header.providerName;
  const next = (header.lastVersion?.number ?? 0) + 1;
  const publish = paths.publish(editor.matrixId);
  const mayPublish = useMay("publish") && !header.archived;
  const party = useOwnParty();
  return (
    <header className={styles.topbar} data-print="hide">
      <Logo compact />
      <div className={styles.title}>
        <p className={styles.crumb}>
          <Link
            to={paths.matrices(editor.matrixId)}
            className={styles.names}
            title={`${client} and ${provider}: ${editor.matrix.title}. All matrices of this engagement`}
          >
            <bdi className={styles.party}>{client}</bdi>
            <span className={styles.and}>and</span>
            <bdi className={styles.party}>{provider}</bdi>
            <Icon of={ChevronsUpDown} size={14} />
          </Link>
          {header.sample && <span className={styles.tag}>Sample</span>}
        </p>
        <DraftStatus changes={editor.changes} last={header.lastVersion} />
      </div>
      <span className={styles.grow} />
      <FollowOthers editor={editor} userId={header.userId} />
      <SaveIndicator editor={editor} />
      <DownloadMenu matrixId={editor.matrixId} short />
      {mayPublish && pathname !== publish && (
        <ButtonLink to={publish} variant="primary" aria-label={`Publish version ${next}`}>
          <span>
            Publish<span className={styles.long}> version {next}</span>
          </span>
        </ButtonLink>
      )}
      <AccountMenu kind={party?.kind ?? null} sideName={party?.name ?? null} matrixId={editor.matrixId} />
    </header>
  );
}

function ViewBar({ editor, onLookUp }: { editor: MatrixEditor; onLookUp: () => void }) {
  const { matrixId, canUndo, canRedo, undo, redo } = editor;
  const command = useCommandKey();
  const tabs = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // On a phone the tabs scroll, so the open one is scrolled into view.
    void tabs.current?.querySelector("[aria-current]")?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [pathname]);
  const { counts } = useFindings();
  const open = counts.blocker + counts.warning + counts.insight;
  return (
    <nav className={styles.viewbar} aria-label="Views" data-print="hide">
      <div ref={tabs} className={styles.tabs}>
        <NavLink className={styles.tab} to={paths.board(matrixId)}>
          Board
        </NavLink>
        <Link
          className={styles.tab}
          to={paths.matrix(matrixId)}
          aria-current={[paths.matrix(matrixId), paths.workshopSheet(matrixId)].includes(pathname) ? "page" : undefined}
        >
          Matrix
        </Link>
        <NavLink className={styles.tab} to={paths.findings(matrixId)}>
          Findings{open > 0 && <span className={styles.tabCount}>{open}</span>}
        </NavLink>
        <Link
          className={styles.tab}
          to={paths.escalation(matrixId)}
          aria-current={[paths.escalation(matrixId), paths.callCard(matrixId)].includes(pathname) ? "page" : undefined}
        >
          Escalation
        </Link>
        <NavLink className={styles.tab} to={paths.communication(matrixId)}>
          Communication
        </NavLink>
        <NavLink className={styles.tab} to={paths.authority(matrixId)}>
          Authority
        </NavLink>
        <NavLink className={styles.tab} to={paths.wording(matrixId)}>
          Wording
        </NavLink>
        <NavLink className={styles.tab} to={paths.parties(matrixId)}>
          Parties and roles
        </NavLink>
        <NavLink className={styles.tab} to={paths.people(matrixId)}>
          People
        </NavLink>
        <NavLink className={styles.tab} to={paths.workshops(matrixId)}>
          Workshops
        </NavLink>
        <Link
          className={styles.tab}
          to={paths.versions(matrixId)}
          aria-current={
            pathname.startsWith(paths.versions(matrixId)) || pathname === paths.compare(matrixId) ? "page" : undefined
          }
        >
          Versions
        </Link>
        <NavLink className={styles.tab} to={paths.activity(matrixId)}>
          Activity
        </NavLink>
        <Link
          className={styles.tab}
          to={paths.access(matrixId)}
          aria-current={[paths.access(matrixId), paths.record(matrixId)].includes(pathname) ? "page" : undefined}
        >
          Access
        </Link>
      </div>
      <span className={styles.grow} />
      <Button
        variant="ghost"
        icon={<Icon of={Search} />}
        aria-label="Who owns this?"
        title={`Who owns this? (${command} K)`}
        onClick={onLookUp}
      />
      <Button
        variant="ghost"
        icon={<Icon of={Undo2} />}
        aria-label="Undo"
        title={`Undo (${command} Z)`}
        disabled={!canUndo}
        onClick={undo}
      />
      <Button
        variant="ghost"
        icon={<Icon of={Redo2} />}
        aria-label="Redo"
        title={`Redo (${command} Shift Z)`}
        disabled={!canRedo}
        onClick={redo}
      />
    </nav>
  );
}

function useCommandKey(): string {
  return useHydrated() && /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
}
