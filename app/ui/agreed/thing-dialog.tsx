import { useRef, type MouseEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import styles from "./agreed.module.css";

/**
 * Leaves the focus where it is when a button is pressed: a refusal that came or went between press and release would
 * move the button away from under the pointer.
 */
function keepFocus(event: MouseEvent<HTMLElement>) {
  if (event.target instanceof Element && event.target.closest("button")) event.preventDefault();
}

type ThingDialogProps = {
  title: string;
  readOnly: boolean;
  /** What a reader who can't edit sees in place of the fields. */
  facts: readonly { label: string; text: string }[];
  onClose: () => void;
  children: ReactNode;
};

/**
 * One agreed thing with its fields, each saved when it is left. A text that was refused is shown once before the window
 * closes, since it would be lost.
 */
export function ThingDialog({ title, readOnly, facts, onClose, children }: ThingDialogProps) {
  const fields = useRef<HTMLDivElement>(null);
  const shown = useRef<Element | null>(null);

  function close() {
    const { activeElement } = document;
    // The field that is being written in is saved first, so that its refusal is there to be seen.
    if (activeElement instanceof HTMLElement && fields.current?.contains(activeElement))
      flushSync(() => activeElement.blur());
    const refused = fields.current?.querySelector<HTMLElement>("[aria-invalid='true']") ?? null;
    if (refused && shown.current !== refused) {
      shown.current = refused;
      refused.focus();
    } else onClose();
  }

  return (
    <Dialog
      open
      size="lg"
      title={<bdi translate="yes">{title}</bdi>}
      onClose={close}
      footer={
        <>
          {!readOnly && <span className={styles.saved}>Each field is saved when you leave it.</span>}
          <Button variant="primary" onMouseDown={keepFocus} onClick={close}>
            {readOnly ? "Close" : "Done"}
          </Button>
        </>
      }
    >
      {readOnly ? (
        <dl className={styles.facts}>
          {facts.map(({ label, text }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi translate="yes">{text}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <div ref={fields} className={styles.fields} onMouseDown={keepFocus}>
          {children}
        </div>
      )}
    </Dialog>
  );
}
