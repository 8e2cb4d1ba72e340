import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import { indexOf } from "~/domain/matrix/owner";
import { levelsInOrder } from "~/domain/parts/paths";
import type { MatrixEditor } from "../editor/editor-types";
import type { CardActions } from "./ladder/call-card";
import {
  editLevel,
  levelName,
  moveByLevels,
  moveToLevel,
  moveWithin,
  nextMinutes,
  rungsOf,
  setLevel,
  type Move,
} from "./escalation-view";

type EditOptions = {
  editor: MatrixEditor;
  path: EscalationPath;
  openLevel: (levelId: string) => void;
  /** Names the card that takes the focus after the next render. */
  focusCard: (levelId: string, roleId: string) => void;
};

/** Moving and taking out the cards of a path, and adding levels. Each is one step to undo. */
export function usePathEdits({
  editor,
  path,
  openLevel,
  focusCard,
}: EditOptions): CardActions & { addLevel: () => void } {
  const { matrix, run, tell } = editor;
  const rungs = rungsOf(matrix, path);
  const placeOf = (levelId: string) => rungs.find(({ id }) => id === levelId);

  function carryOut(move: Move, after: () => void) {
    if ("refused" in move) tell(move.refused);
    else if (run(move.commands, move.said).ok) after();
  }

  function step(roleId: string, levelId: string, by: -1 | 1) {
    const order = levelsInOrder(path.levels).map(({ id }) => id);
    const toId = order[order.indexOf(levelId) + by] ?? levelId;
    carryOut(moveByLevels(matrix, path, roleId, levelId, by), () => focusCard(toId, roleId));
  }

  function remove(roleId: string, levelId: string) {
    const rung = placeOf(levelId);
    const name = indexOf(matrix).role.get(roleId)?.name ?? "The role";
    if (!rung) return;
    const calls = rung.level.calls.filter((call) => call.roleId !== roleId);
    run(
      [editLevel(path, levelId, { calls })],
      `${name} is not called at ${levelName(rung.number, rung.level)} any more`,
    );
    const next = calls[0];
    if (next) focusCard(levelId, next.roleId);
  }

  function addLevel() {
    const id = crypto.randomUUID();
    const last = levelsInOrder(path.levels).at(-1)?.level;
    const level = {
      minutes: nextMinutes(path.levels),
      calls: [],
      channels: last?.channels ?? [],
      decides: false,
      may: "",
    };
    if (run([setLevel(path, id, level)], `Level added to ${path.name}`).ok) openLevel(id);
  }

  return {
    rungs,
    open: openLevel,
    step,
    moveTo: (roleId, levelId, toId) =>
      carryOut(moveToLevel(matrix, path, roleId, levelId, toId), () => focusCard(toId, roleId)),
    order: (roleId, levelId, by) =>
      carryOut(moveWithin(matrix, path, roleId, levelId, by), () => focusCard(levelId, roleId)),
    remove,
    addLevel,
  };
}
