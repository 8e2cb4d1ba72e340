import { Suspense, useEffect, useRef, type KeyboardEvent } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { whileWords, whoDoesIt } from "~/domain/agreement/who-words";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { useHydrated } from "../primitives/time";
import { ChevronDown, ChevronUp, Icon, X } from "../primitives/icon";
import { pressOf } from "../primitives/keys";
import { hasSaveNotice, SaveNotice } from "../draft/save-indicator";
import styles from "./drawer.module.css";
import { DutyFacts, DutyForm } from "./lazy-form";

type DrawerProps = {
  matrix: Matrix;
  dutyId: string;
  editor: MatrixEditor | null;
  /** The ids of the duties on screen in order, for the buttons to the previous and the next. */
  order: readonly string[];
  onOpen: (dutyId: string) => void;
  onClose: () => void;
};

/**
 * A duty with all its fields, at an address of its own, beside the view that opened it. On a phone it fills the screen.
 */
export function DutyDrawer({ matrix, dutyId, editor, order, onOpen, onClose }: DrawerProps) {
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  const frame = useRef<HTMLElement>(null);
  const first = useRef(true);

  useEffect(() => {
    if (first.current) frame.current?.focus({ preventScroll: true });
    first.current = false;
    if (frame.current) frame.current.scrollTop = 0;
  }, [dutyId]);

  function press(event: KeyboardEvent) {
    if (pressOf(event).key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    onClose();
  }

  const at = order.indexOf(dutyId);
  const [before, after] = at < 0 ? [] : [order[at - 1], order[at + 1]];
  const domain = matrix.domains.find(({ id }) => id === duty?.domainId);
  return (
    <aside
      ref={frame}
      tabIndex={-1}
      className={styles.drawer}
      aria-label={duty ? `Duty ${duty.code}` : "Duty"}
      onKeyDown={press}
      data-print="hide"
    >
      <header className={styles.header}>
        <span className={styles.code}>{duty?.code}</span>
        <bdi className={styles.domain}>{domain?.name}</bdi>
        <span className={styles.grow} />
        <Button
          size="sm"
          variant="ghost"
          icon={<Icon of={ChevronUp} />}
          aria-label="Previous duty"
          disabled={!before}
          onClick={() => before && onOpen(before)}
        />
        <Button
          size="sm"
          variant="ghost"
          icon={<Icon of={ChevronDown} />}
          aria-label="Next duty"
          disabled={!after}
          onClick={() => after && onOpen(after)}
        />
        <Button
          size="sm"
          variant="ghost"
          icon={<Icon of={X} />}
          aria-label="Close"
          title="Close (Esc)"
          onClick={onClose}
        />
      </header>
      {/* On a phone the drawer covers the page, and with it the line that says what couldn't be saved. */}
      {editor && hasSaveNotice(editor) && (
        <div className={styles.notice}>
          <SaveNotice editor={editor} live={false} />
        </div>
      )}
      {duty ? <DutyBody key={duty.id} matrix={matrix} duty={duty} editor={editor} onClose={onClose} /> : <Gone />}
    </aside>
  );
}

function DutyBody({
  matrix,
  duty,
  editor,
  onClose,
}: {
  matrix: Matrix;
  duty: Duty;
  editor: MatrixEditor | null;
  onClose: () => void;
}) {
  // A Suspense boundary that is still loading after server rendering is discarded by the first update around it, so
  // this part is rendered after hydration.
  const hydrated = useHydrated();
  const opening = <p className={styles.hint}>Opening…</p>;
  return (
    <>
      <h2 className={styles.title} dir="auto">
        {duty.text}
      </h2>
      {whileWords(matrix, duty).map((sentence) => (
        <p key={sentence} className={styles.forAWhile} dir="auto">
          {sentence}
        </p>
      ))}
      <p className={styles.who}>{whoDoesIt(matrix, duty)}</p>
      {hydrated ? (
        <Suspense fallback={opening}>
          {editor ? (
            <DutyForm duty={duty} editor={editor} onClose={onClose} />
          ) : (
            <DutyFacts matrix={matrix} duty={duty} />
          )}
        </Suspense>
      ) : (
        opening
      )}
    </>
  );
}

function Gone() {
  return (
    <div className={styles.gone}>
      <h2>This duty isn't here</h2>
      <p>
        It was deleted, or the link belongs to another matrix. Undo brings a duty back that was deleted in this window.
      </p>
    </div>
  );
}
