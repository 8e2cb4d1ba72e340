import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { PATH_KINDS } from "~/domain/parts/paths";
import type { EscalationQuery } from "~/paths";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { ArrowLeft, ArrowRight, Copy, Ellipsis, Icon, Pencil, Plus, Trash2 } from "../primitives/icon";
import { Menu } from "../primitives/overlays/menu";
import type { MenuItem } from "../primitives/overlays/menu-item";
import styles from "./escalation-page.module.css";
import { ExportPath } from "./export-path";
import { copyPath, headFacts } from "./escalation-view";
import { PathState } from "./path-agreement";
import { movePath } from "./move-path";

type Show = (query: EscalationQuery) => void;
type HeadProps = { path: EscalationPath; editor: MatrixEditor; addLevel: () => void; show: Show };

/** The name of a path, when it begins, its clock and targets, and what can be done with it. */
export function PathHead({ path, editor, addLevel, show }: HeadProps) {
  return (
    <header className={styles.head}>
      <PathTitle path={path} matrix={editor.matrix} />
      <div className={styles.acts} data-print="hide">
        {!editor.readOnly && (
          <>
            <Button icon={<Icon of={Plus} />} onClick={addLevel}>
              Add level
            </Button>
            <Button icon={<Icon of={Pencil} />} data-edits-path onClick={() => show({ path: path.id, edit: "path" })}>
              Edit path
            </Button>
          </>
        )}
        <ExportPath matrixId={editor.matrixId} path={path} />
        {!editor.readOnly && <PathMenu path={path} editor={editor} show={show} />}
      </div>
    </header>
  );
}

/** What a path is called, when it begins, and its facts in a line. */
export function PathTitle({ path, matrix }: { path: EscalationPath; matrix: Matrix }) {
  return (
    <div className={styles.words}>
      <p className={styles.name}>
        <bdi>{path.name}</bdi> · {PATH_KINDS[path.kind]} · <PathState path={path} matrix={matrix} />
      </p>
      <h1 dir="auto" tabIndex={-1} data-path-title>
        {path.trigger || "It isn’t said yet when this path begins"}
      </h1>
      <p className={styles.facts}>{headFacts(path, matrix).join(" · ")}</p>
    </div>
  );
}

function PathMenu({ path, editor, show }: { path: EscalationPath; editor: MatrixEditor; show: Show }) {
  const { matrix, run } = editor;
  const at = matrix.paths.findIndex(({ id }) => id === path.id);

  function copy() {
    const id = crypto.randomUUID();
    if (run([copyPath(matrix, path, id)], `${path.name} copied`).ok) show({ path: id, edit: "path" });
  }

  function remove() {
    const next = matrix.paths[at + 1] ?? matrix.paths[at - 1];
    const done = run([{ type: "thing.delete", part: "paths", thingId: path.id }], `Deleted the path ${path.name}`);
    if (done.ok) show({ path: next?.id });
  }

  const items: MenuItem[] = [
    { key: "copy", label: "Copy this path", icon: <Icon of={Copy} size={14} />, onSelect: copy },
    {
      key: "earlier",
      label: "Move earlier",
      hint: "Alt ←",
      icon: <Icon of={ArrowLeft} size={14} />,
      separated: true,
      disabled: at === 0,
      onSelect: () => movePath(editor, path, -1),
    },
    {
      key: "later",
      label: "Move later",
      hint: "Alt →",
      icon: <Icon of={ArrowRight} size={14} />,
      disabled: at === matrix.paths.length - 1,
      onSelect: () => movePath(editor, path, 1),
    },
    {
      key: "delete",
      label: "Delete this path",
      icon: <Icon of={Trash2} size={14} />,
      separated: true,
      onSelect: remove,
    },
  ];
  return (
    <Menu
      align="end"
      items={items}
      trigger={(props) => (
        <Button {...props} variant="ghost" icon={<Icon of={Ellipsis} />} aria-label={`More for ${path.name}`} />
      )}
    />
  );
}
