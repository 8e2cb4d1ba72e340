import { useMemo } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";
import { shortFingerprint } from "~/domain/version/snapshot";
import type { SharedContacts, SharedView } from "~/services/access/links.server";
import { Board } from "../board/board";
import { SharedPaths } from "../escalation/path-shown";
import { TodayProvider } from "../findings/findings-context";
import { MatrixPage } from "../matrix/matrix-page";
import { useMinute } from "../people/local-time";
import { peopleFacts } from "../people/people-view";
import { SideList } from "../people/side-list";
import { Icon, Lock } from "../primitives/icon";
import { Link, useSearchParams } from "../primitives/router";
import { Time, useOwnDay } from "../primitives/time";
import { Logo } from "../shell/logo";
import { SkipLink } from "../shell/skip-link";
import styles from "./shared-page.module.css";

type SharedPageProps = Omit<Extract<SharedView, { kind: "matrix" }>, "kind">;

const VIEWS = [
  { view: null, words: "Board" },
  { view: "matrix", words: "Matrix" },
  { view: "escalation", words: "Escalation" },
  { view: "people", words: "People" },
] as const;

/** A matrix as a read-only link shows it: as a board or a grid, with its escalation paths, and its people if the link allows it. */
export function SharedPage({ matrix, contacts, version, sharedBy, expiresAt, now }: SharedPageProps) {
  const [params] = useSearchParams();
  const today = useOwnDay(now);
  const offered = VIEWS.filter(
    ({ view }) => (view !== "people" || contacts) && (view !== "escalation" || matrix.paths.length > 0),
  );
  const chosenView = offered.find(({ view }) => view === params.get("view"))?.view ?? null;
  const { client, provider } = indexOf(matrix);
  return (
    <div className={styles.app} data-print="flow">
      <SkipLink />
      <header className={styles.topbar}>
        <Logo compact />
        <div className={styles.title}>
          <h1>
            <bdi>{client?.name}</bdi> and <bdi>{provider?.name}</bdi>
          </h1>
          <p>
            {version
              ? `Version ${version.number}, ${version.status} · ${shortFingerprint(version.fingerprint)}`
              : "Draft, not published"}
          </p>
        </div>
        <span className={styles.grow} />
        <p className={styles.until}>
          <Icon of={Lock} size={14} />
          <span>
            Read only, from <bdi>{sharedBy}</bdi>, until <Time iso={expiresAt} />
          </span>
        </p>
        <nav aria-label="Views" className={styles.tabs} data-print="hide">
          {offered.map(({ view, words }) => (
            <Link key={words} to={view ? `?view=${view}` : "?"} aria-current={view === chosenView ? "page" : undefined}>
              {words}
            </Link>
          ))}
        </nav>
      </header>
      <main id="content" tabIndex={-1} className={styles.main} data-print="flow">
        <TodayProvider today={today}>
          {chosenView === null && <Board matrix={matrix} editor={null} />}
          {chosenView === "matrix" && <MatrixPage matrix={matrix} editor={null} />}
          {chosenView === "escalation" && <SharedPaths matrix={matrix} />}
          {chosenView === "people" && contacts && <SharedPeople matrix={matrix} contacts={contacts} loaded={now} />}
        </TodayProvider>
      </main>
    </div>
  );
}

/** The holders of the roles, and how to reach them. */
function SharedPeople({
  matrix,
  contacts: { people, holdings },
  loaded,
}: {
  matrix: Matrix;
  contacts: SharedContacts;
  loaded: string;
}) {
  const now = useMinute(loaded);
  const today = useOwnDay(loaded);
  const facts = useMemo(() => peopleFacts(matrix, people, holdings, today), [matrix, people, holdings, today]);
  const list = { matrixId: null, matrix, facts, query: "", now, today, openId: null, readOnly: true };
  const sides = (["client", "provider", "third-party"] as const).filter(
    (side) => side !== "third-party" || people.some((person) => person.side === side),
  );
  return (
    <div className={styles.people}>
      <h2 className="vh">People</h2>
      {sides.map((side) => (
        <SideList key={side} side={side} {...list} />
      ))}
    </div>
  );
}
