import { useEffect, useId, useLayoutEffect, useRef, type MouseEvent, type ReactNode, type SyntheticEvent } from "react";
import { Button } from "../button";
import { classNames } from "../class-names";
import styles from "./dialog.module.css";
import { Icon, X } from "../icon";

type DialogProps = {
  open: boolean;
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
};

const useLayoutEffectInBrowser = typeof window === "undefined" ? useEffect : useLayoutEffect;

/**
 * A modal window; a sheet from below on a phone. Escape, the close button and a click beside it call `onClose`; focus
 * returns to where it was.
 */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({ title, onClose, children, footer, size = "md" }: Omit<DialogProps, "open">) {
  const ref = useRef<HTMLDialogElement>(null);
  const pressedBeside = useRef(false);
  const titleId = useId();

  useLayoutEffectInBrowser(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    // React's `autoFocus` runs before the dialog is open, when its fields can't take the focus, so it is done here.
    dialog?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);

  function cancel(event: SyntheticEvent) {
    if (event.target !== ref.current) return;
    event.preventDefault();
    onClose();
  }

  function clickBeside(event: MouseEvent) {
    if (event.target === ref.current && pressedBeside.current) onClose();
  }

  return (
    <dialog
      ref={ref}
      className={classNames(styles.dialog, styles[size])}
      aria-labelledby={titleId}
      onCancel={cancel}
      onPointerDown={(event) => (pressedBeside.current = event.target === ref.current)}
      onClick={clickBeside}
    >
      <div className={styles.inside}>
        {/* Plain elements instead of `header` and `footer`: a dialog that is opened from the page's header must not add landmarks to it. */}
        <div className={styles.header}>
          <h2 id={titleId}>{title}</h2>
          <Button
            variant="ghost"
            icon={<Icon of={X} />}
            aria-label="Close"
            onClick={onClose}
            className={styles.close}
          />
        </div>
        <div className={styles.body}>{children}</div>
        {footer && <div className={styles.footer}>{footer}</div>}
      </div>
    </dialog>
  );
}
