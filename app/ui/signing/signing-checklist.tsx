import type { Ability } from "~/domain/engagement/permissions";
import { stopSentences, type NeedPart, type SigningNeed } from "~/domain/signing/sign-readiness";
import { paths } from "~/paths";
import { CircleAlert, CircleCheck, CircleDashed, Icon } from "../primitives/icon";
import { Link } from "../primitives/router";
import { useMay } from "../draft/own-side";
import styles from "./signing-checklist.module.css";

/** The checklist shows this many sentences of each part and counts the rest, which the part's own page lists. */
const MOST_LISTED = 3;

/** The page where each part is done, and the ability that it requires. */
const WHERE: Record<NeedPart, { to: (matrixId: string) => string; words: string; ability: Ability }> = {
  duties: { to: paths.board, words: "Open the board", ability: "read" },
  blockers: {
    to: (matrixId) => paths.findings(matrixId, { severity: "blocker" }),
    words: "See the blockers",
    ability: "read",
  },
  holders: { to: (matrixId) => paths.people(matrixId), words: "Name the holders", ability: "read" },
  cover: { to: (matrixId) => paths.escalation(matrixId), words: "See who can be reached", ability: "read" },
  signatories: { to: paths.access, words: "Invite somebody", ability: "invite" },
  dates: { to: paths.publish, words: "Choose the dates", ability: "publish" },
};

type ChecklistProps = {
  matrixId: string;
  needs: readonly SigningNeed[];
  /** Parts that are done on this very page and need no link. */ here?: readonly NeedPart[];
};

/**
 * What must be done before a version can be signed: a list of parts, each with what is still missing and a link to the
 * page where it is done.
 */
export function SigningChecklist({ matrixId, needs, here = [] }: ChecklistProps) {
  if (needs.length === 0) return null;
  const done = needs.filter(({ left }) => left.length === 0).length;
  return (
    <section className={styles.list} aria-labelledby="signing-needs">
      <header>
        <h2 id="signing-needs">What signing needs</h2>
        <p>{summary(needs, done)}</p>
      </header>
      <ul>
        {needs.map(({ part, title, left, stops }) => (
          <li key={part}>
            <Icon
              of={left.length === 0 ? CircleCheck : stops ? CircleAlert : CircleDashed}
              size={16}
              label={left.length === 0 ? "Done" : stops ? "Stops signing" : "Left"}
              className={left.length === 0 ? styles.done : stops ? styles.stops : styles.open}
            />
            <div className={styles.what}>
              <p className={left.length === 0 ? styles.quiet : styles.title}>{title}</p>
              {left.slice(0, MOST_LISTED).map((sentence) => (
                <p key={sentence} className={styles.left} dir="auto">
                  {sentence}
                </p>
              ))}
              {left.length > MOST_LISTED && <p className={styles.left}>And {left.length - MOST_LISTED} more.</p>}
              {left.length > 0 && !here.includes(part) && <Way {...WHERE[part]} matrixId={matrixId} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Way({ to, words, ability, matrixId }: (typeof WHERE)[NeedPart] & { matrixId: string }) {
  return useMay(ability) ? (
    <Link to={to(matrixId)} data-print="hide">
      {words}
    </Link>
  ) : null;
}

function summary(needs: readonly SigningNeed[], done: number): string {
  if (done === needs.length) return "All of it is there.";
  const head = `${done} of ${needs.length} are there.`;
  return stopSentences(needs).length > 0 ? head : `${head} Nothing stops signing.`;
}
