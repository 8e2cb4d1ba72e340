import type { Drill } from "~/domain/escalation/drills";
import { paths } from "~/paths";
import type { DrillsView } from "~/services/people/drills.server";
import type { MatrixEditor } from "../editor/editor-types";
import { Button, ButtonLink } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { CircleAlert, Icon, Plus } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, Link, useSearchParams } from "../primitives/router";
import { useOwnDay } from "../primitives/time";
import { DrillCard } from "./drill-card";
import { DrillForm, type DrillAnswer } from "./drill-form";
import styles from "./drills.module.css";

type OpenDrill = Drill & { correctable: boolean };

type PageProps = DrillsView & {
  /** The drill that is to be corrected or deleted; null where it isn't there. */
  open: OpenDrill | null;
  editor: MatrixEditor;
  now: string;
  newId: string;
  answer: DrillAnswer | null;
};

/** The drills of an engagement: what was tried, what was learned, and what should change by when. */
export function DrillsPage({ drills, total, page, pages, open, editor, now, newId, answer }: PageProps) {
  const [params] = useSearchParams();
  const { matrix, matrixId, readOnly } = editor;
  const today = useOwnDay(now);
  const adding = !readOnly && params.get("add") === "yes";
  const correcting = !readOnly && params.has("edit");
  const deleting = !readOnly && params.has("delete");
  const changed = open?.correctable ? open : null;
  const startNew = { scenario: params.get("scenario") ?? "", query: params.get("query") ?? "" };
  const formed = adding || (correcting && changed);
  const form = { matrix, newId, today, answer, closeTo: paths.drills(matrixId) };
  return (
    <div className={styles.page} data-print="flow">
      <header className={styles.head}>
        <div>
          <h1>Drills</h1>
          <p>
            What was tried before it happened, and what should change. Both sides read it; nothing here is part of what
            is signed. <Link to={paths.escalation(matrixId)}>Back to the escalation paths</Link>
          </p>
        </div>
        {!readOnly && !adding && (
          <ButtonLink icon={<Icon of={Plus} />} to={paths.drills(matrixId, { add: "yes" })} data-print="hide">
            Record a drill
          </ButtonLink>
        )}
      </header>
      {answer?.errors.form && !formed && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {answer.errors.form}
        </Notice>
      )}
      {(correcting || deleting) && !changed && (
        <Notice icon={CircleAlert}>
          {open
            ? `${open.recordedByName} recorded this drill. Ask them, or an owner of their side, to correct or delete it.`
            : "This drill isn't here. It was deleted, or the link belongs to another engagement."}
        </Notice>
      )}
      {adding && <DrillForm key="new" drill={null} start={startNew} {...form} />}
      {correcting && changed && <DrillForm key={changed.id} drill={changed} start={startNew} {...form} />}
      {deleting && changed && <DeleteDrill drill={changed} closeTo={form.closeTo} />}
      {drills.length === 0 && !adding ? (
        <Empty
          title="No drill is recorded yet"
          action={
            !readOnly && <ButtonLink to={paths.escalation(matrixId, {}, "#try")}>Try a scenario first</ButtonLink>
          }
        >
          Try a scenario on the escalation page, call the people it names, and write down here what came of it.
        </Empty>
      ) : (
        <ol className={styles.drills} aria-label="Drills, the newest first">
          {drills.map((drill) => (
            <li key={drill.id} id={drill.id} tabIndex={-1}>
              <DrillCard drill={drill} matrix={matrix} matrixId={matrixId} today={today} readOnly={readOnly} />
            </li>
          ))}
        </ol>
      )}
      {pages > 1 && <Pages matrixId={matrixId} total={total} page={page} pages={pages} />}
    </div>
  );
}

function Pages({ matrixId, total, page, pages }: Pick<DrillsView, "total" | "page" | "pages"> & { matrixId: string }) {
  return (
    <nav className={styles.pages} aria-label="Pages" data-print="hide">
      {page > 1 && <ButtonLink to={paths.drills(matrixId, { page: String(page - 1) })}>Newer</ButtonLink>}
      <span>
        Page {page} of {pages}; {total} drills in all
      </span>
      {page < pages && <ButtonLink to={paths.drills(matrixId, { page: String(page + 1) })}>Older</ButtonLink>}
    </nav>
  );
}

function DeleteDrill({ drill, closeTo }: { drill: OpenDrill; closeTo: string }) {
  return (
    <Notice icon={CircleAlert} tone="alert">
      <Form method="post" action={closeTo} className={styles.delete}>
        <input type="hidden" name="intent" value="delete" />
        <input type="hidden" name="id" value={drill.id} />
        <p>
          Delete the drill <bdi>{drill.scenario}</bdi>? It can't be brought back. The record keeps that you deleted it,
          and what it said.
        </p>
        <Button type="submit" variant="primary" autoFocus>
          Delete the drill
        </Button>
        <ButtonLink variant="ghost" to={closeTo}>
          Keep it
        </ButtonLink>
      </Form>
    </Notice>
  );
}
