import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { hasSaveNotice, SaveNotice } from "../../draft/save-indicator";
import drawer from "../../duty/drawer.module.css";
import type { MatrixEditor } from "../../editor/editor-types";
import { Button } from "../../primitives/button";
import { Icon, X } from "../../primitives/icon";
import { pressOf } from "../../primitives/keys";

type FrameProps = { label: string; heading: ReactNode; editor: MatrixEditor; onClose: () => void; children: ReactNode };

/** A panel beside a path, where what is open of it is edited. It takes the focus when it opens; Escape or its button closes it. */
export function PanelFrame({ label, heading, editor, onClose, children }: FrameProps) {
  const frame = useRef<HTMLElement>(null);

  useEffect(() => {
    frame.current?.focus({ preventScroll: true });
  }, []);

  function press(event: KeyboardEvent) {
    if (pressOf(event).key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  }

  return (
    <aside ref={frame} tabIndex={-1} className={drawer.drawer} aria-label={label} onKeyDown={press} data-print="hide">
      <header className={drawer.header}>
        {heading}
        <span className={drawer.grow} />
        <Button
          size="sm"
          variant="ghost"
          icon={<Icon of={X} />}
          aria-label="Close"
          title="Close (Esc)"
          onClick={onClose}
        />
      </header>
      {/* On a phone the panel covers the page, and with it the line that says what couldn't be saved. */}
      {hasSaveNotice(editor) && (
        <div className={drawer.notice}>
          <SaveNotice editor={editor} live={false} />
        </div>
      )}
      {children}
    </aside>
  );
}
