import { Button } from "../../primitives/button";
import { Dialog } from "../../primitives/overlays/dialog";
import type { PastePlan } from "../matrix-view";

const MOST_LISTED = 12;

/**
 * Lists the cells of a pasted block that are no letters or don't fit. Nothing is pasted until the reader asks for the
 * rest.
 */
export function PasteDialog({ plan, onPaste, onClose }: { plan: PastePlan; onPaste: () => void; onClose: () => void }) {
  const { unknown, rowsOver, columnsOver, cells } = plan;
  return (
    <Dialog
      open
      size="sm"
      title="Not all of this fits"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Paste nothing</Button>
          {cells > 0 && (
            <Button variant="primary" onClick={onPaste}>
              Paste the other {cells === 1 ? "cell" : `${cells} cells`}
            </Button>
          )}
        </>
      }
    >
      {(rowsOver > 0 || columnsOver > 0) && (
        <p>
          The block is larger than the grid from here on:{" "}
          {[
            rowsOver > 0 && `${rowsOver} ${rowsOver === 1 ? "row" : "rows"}`,
            columnsOver > 0 && `${columnsOver} ${columnsOver === 1 ? "column" : "columns"}`,
          ]
            .filter(Boolean)
            .join(" and ")}{" "}
          would be left out.
        </p>
      )}
      {unknown.length > 0 && (
        <>
          <p>
            {unknown.length === 1 ? "One cell is" : `${unknown.length} cells are`} not letters. A cell holds A, R, C or
            I, alone or as A/R.
          </p>
          <ul>
            {unknown.slice(0, MOST_LISTED).map(({ row, column, text }) => (
              <li key={`${row}-${column}`}>
                Row {row}, column {column}: “<bdi translate="yes">{text}</bdi>”
              </li>
            ))}
          </ul>
          {unknown.length > MOST_LISTED && <p>And {unknown.length - MOST_LISTED} more.</p>}
        </>
      )}
      <p>Nothing has been pasted yet.</p>
    </Dialog>
  );
}
