import type { Matrix } from "~/domain/matrix/matrix";
import { columnKind, columnKeyOf, lensColumns, type Column, type Lens } from "~/domain/matrix/owner";
import { paths } from "~/paths";
import { PartyMark } from "../../marks/party-mark";
import { Button, ButtonLink } from "../../primitives/button";
import { Dialog } from "../../primitives/overlays/dialog";
import { Icon, ListChecks, Pencil, Trash2 } from "../../primitives/icon";
import { dropResult, dropTitle, duties } from "../board-view";
import styles from "./dialogs.module.css";

type MoveDialogProps = {
  matrix: Matrix;
  lens: Lens;
  dutyIds: readonly string[];
  matrixId: string | null;
  onMove: (column: Column) => void;
  onOpen: (dutyId: string) => void;
  onDelete: () => void;
  onClose: () => void;
};

/** A list of buttons for everything that a drag can do, for the keyboard, for phones and for many duties at once. */
export function MoveDialog({ matrix, lens, dutyIds, matrixId, onMove, onOpen, onDelete, onClose }: MoveDialogProps) {
  const [only] = dutyIds.length === 1 ? matrix.duties.filter(({ id }) => id === dutyIds[0]) : [];
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title={only ? <bdi translate="yes">{only.text}</bdi> : `Move ${duties(dutyIds.length)}`}
    >
      <ul className={styles.targets}>
        {lensColumns(matrix, lens).map((column) => {
          const here = only ? columnKeyOf(matrix, only, lens) === column.key : false;
          return (
            <li key={column.key}>
              <button type="button" className={styles.target} disabled={here} onClick={() => onMove(column)}>
                <PartyMark kind={columnKind(column)} />
                <span>
                  <b>{dropTitle(column, lens)}</b>
                  <span className={styles.result}>
                    {here
                      ? "It stands here"
                      : only
                        ? dropResult(matrix, only.id, lens, column)
                        : "Each by its own roles"}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <div className={styles.actions}>
        {only && (
          <Button icon={<Icon of={Pencil} size={14} />} onClick={() => onOpen(only.id)}>
            Open
          </Button>
        )}
        {only && matrixId && (
          <ButtonLink
            discover="none"
            icon={<Icon of={ListChecks} size={14} />}
            to={paths.findings(matrixId, { duty: only.id })}
          >
            Show its findings
          </ButtonLink>
        )}
        <Button icon={<Icon of={Trash2} size={14} />} onClick={onDelete}>
          Delete
        </Button>
      </div>
    </Dialog>
  );
}
