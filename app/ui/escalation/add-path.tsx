import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import { blankPath } from "~/domain/parts/paths";
import type { EscalationQuery } from "~/paths";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Icon, Plus } from "../primitives/icon";
import { Menu } from "../primitives/overlays/menu";
import type { MenuItem } from "../primitives/overlays/menu-item";
import { addPaths } from "./escalation-view";

type AddProps = {
  editor: MatrixEditor;
  /** The starting paths, of which those that the matrix has are not offered again. */
  offered: readonly EscalationPath[];
  show: (query: EscalationQuery) => void;
};

/** Adds all starting paths as one step. */
export function StartFromPaths({ editor, offered, show }: AddProps) {
  function start() {
    const commands = addPaths(editor.matrix, offered);
    if (editor.run(commands, `${offered.length} escalation paths added`).ok) show({});
  }
  return (
    <Button variant="primary" disabled={offered.length === 0} onClick={start}>
      Start from {offered.length === 8 ? "eight" : offered.length} paths
    </Button>
  );
}

/** Adds a path of one's own, or a starting path that the matrix doesn't have. */
export function AddPath({ editor, offered, show }: AddProps) {
  const { matrix } = editor;
  const missing = offered.filter(({ id }) => !matrix.paths.some((path) => path.id === id));

  function add(path: EscalationPath, open: boolean) {
    if (!editor.run(addPaths(matrix, [path]), `Added the escalation path ${path.name}`).ok) return;
    show(open ? { path: path.id, edit: "path" } : { path: path.id });
  }

  const own = () => add({ ...blankPath(crypto.randomUUID()), name: "New path" }, true);
  if (missing.length === 0)
    return (
      <Button icon={<Icon of={Plus} />} onClick={own}>
        Add a path
      </Button>
    );
  const items: MenuItem[] = [
    { key: "own", label: "A path of your own", icon: <Icon of={Plus} size={14} />, onSelect: own },
    ...missing.map((path, i): MenuItem => ({
      key: path.id,
      label: `${path.name}, as it is offered to start from`,
      separated: i === 0,
      onSelect: () => add(path, false),
    })),
  ];
  return (
    <Menu
      align="end"
      items={items}
      trigger={(props) => (
        <Button {...props} icon={<Icon of={Plus} />}>
          Add a path
        </Button>
      )}
    />
  );
}
