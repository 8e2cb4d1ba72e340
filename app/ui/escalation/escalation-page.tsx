import { Suspense, useState } from "react";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import { paths, type EscalationQuery } from "~/paths";
import type { OfferedScenario } from "~/services/people/scenario-answers.server";
import type { MatrixEditor } from "../editor/editor-types";
import { ButtonLink } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { Empty } from "../primitives/empty";
import { Icon, Printer } from "../primitives/icon";
import { usePreloaded } from "../primitives/lazily";
import { useNavigate, useSearchParams } from "../primitives/router";
import { useHydrated } from "../primitives/time";
import styles from "./escalation-page.module.css";
import { Ladder } from "./ladder/ladder";
import { CoverSection, LevelPanel, PANELS, PathPanel, ScenarioPanel } from "./panel/lazy-panels";
import { AddPath, StartFromPaths } from "./add-path";
import { scenarioInAddress, type Silent } from "./escalation-view";
import { movePath } from "./move-path";
import { PathAgreement } from "./path-agreement";
import { PathChoice } from "./path-choice";
import { PathHead } from "./path-head";
import { BelowLadder } from "./path-shown";
import { PathUses } from "./path-uses";
import { useFocusAfterRender } from "./use-focus-after-render";
import { usePathEdits } from "./use-path-edits";

type PageProps = {
  editor: MatrixEditor;
  /** The paths that are offered to start from. */
  offered: readonly EscalationPath[];
  scenarios: readonly OfferedScenario[];
};

/** The escalation paths of a matrix: who is called after how long, by which channels, and which duties a path applies to. */
export function EscalationPage({ editor, offered, scenarios }: PageProps) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { matrix, matrixId } = editor;
  const path = matrix.paths.find(({ id }) => id === params.get("path")) ?? matrix.paths[0];
  const asked = scenarioInAddress(params);
  const show = (query: EscalationQuery) =>
    navigate(paths.escalation(matrixId, { ...asked, ...query }), {
      replace: !query.level && !query.edit,
      preventScrollReset: true,
    });
  return path ? (
    <PathPage editor={editor} offered={offered} scenarios={scenarios} path={path} params={params} show={show} />
  ) : (
    <NoPath editor={editor} offered={offered} show={show} />
  );
}

type Show = (query: EscalationQuery) => void;

type PathProps = PageProps & { path: EscalationPath; params: URLSearchParams; show: Show };

function PathPage({ editor, offered, scenarios, path, params, show }: PathProps) {
  const { matrix, matrixId, readOnly } = editor;
  const navigate = useNavigate();
  const hydrated = useHydrated();
  const focusAfterRender = useFocusAfterRender();
  const [silent, setSilent] = useState<Silent | null>(null);
  usePreloaded(PANELS);
  const edits = usePathEdits({
    editor,
    path,
    openLevel: (level) => show({ path: path.id, level }),
    focusCard: (levelId, roleId) => focusAfterRender(`[data-call="${CSS.escape(`${levelId} ${roleId}`)}"]`),
  });
  const levelId = readOnly ? null : params.get("level");
  const edited = !readOnly && params.get("edit") === "path";

  function close() {
    focusAfterRender(levelId ? `[data-opens="${CSS.escape(levelId)}"]` : "[data-edits-path]");
    show({ path: path.id });
  }

  const panelOpen = hydrated && (levelId !== null || edited);
  return (
    <div className={styles.page} data-print="flow">
      <div className={classNames(styles.frame, panelOpen && styles.beside)} data-print="flow">
        <div className={styles.main}>
          <PathChoice
            paths={matrix.paths}
            path={path}
            onChoose={(id) => show({ path: id })}
            onMove={readOnly ? null : (step) => movePath(editor, path, step)}
          >
            {!readOnly && <AddPath editor={editor} offered={offered} show={show} />}
            <ButtonLink to={paths.callCard(matrixId, { path: path.id })} icon={<Icon of={Printer} />}>
              Print call card
            </ButtonLink>
          </PathChoice>
          <PathHead path={path} editor={editor} addLevel={edits.addLevel} show={show} />
          <Ladder
            path={path}
            matrix={matrix}
            actions={readOnly ? null : edits}
            openId={levelId}
            silent={silent?.pathId === path.id ? silent : null}
          />
        </div>
        {hydrated && (
          <Suspense>
            <ScenarioPanel
              editor={editor}
              path={path}
              offered={scenarios}
              address={scenarioInAddress(params)}
              ask={(address) =>
                navigate(paths.escalation(matrixId, { ...address, path: path.id }), { preventScrollReset: true })
              }
              showPath={(pathId) => {
                focusAfterRender("[data-path-title]");
                show({ path: pathId });
              }}
              onSilent={setSilent}
            />
          </Suspense>
        )}
        <div className={styles.below}>
          {hydrated && (
            <Suspense>
              <CoverSection editor={editor} path={path} />
            </Suspense>
          )}
          <BelowLadder path={path} matrix={matrix} hint={!readOnly && <MovingHint />}>
            <PathAgreement path={path} editor={editor} />
            <PathUses editor={editor} path={path} />
          </BelowLadder>
        </div>
      </div>
      {hydrated && (
        <Suspense>
          {levelId && <LevelPanel key={levelId} editor={editor} path={path} levelId={levelId} onClose={close} />}
          {edited && <PathPanel key={path.id} editor={editor} path={path} onClose={close} />}
        </Suspense>
      )}
    </div>
  );
}

function MovingHint() {
  return (
    <span className={styles.hint} data-print="hide">
      {" "}
      Drag a card to another level, or move it with Alt and an arrow; Enter opens its level.
    </span>
  );
}

function NoPath({ editor, offered, show }: Omit<PageProps, "scenarios"> & { show: Show }) {
  return (
    <div className={styles.page}>
      <div className={styles.alone}>
        <h1 className="vh">Escalation</h1>
        <Empty
          title="No escalation path yet"
          action={
            !editor.readOnly && (
              <>
                <StartFromPaths editor={editor} offered={offered} show={show} />
                <AddPath editor={editor} offered={[]} show={show} />
              </>
            )
          }
        >
          {editor.readOnly
            ? "A path says who is called, after how long and with what authority. Neither side has added one."
            : "A path says who is called, after how long and with what authority. Start from eight that cover incidents, security, decisions, risk and disagreement, and change what doesn’t fit."}
        </Empty>
      </div>
    </div>
  );
}
