import { useEffect, useRef, useState } from "react";
import { Button } from "../button";
import { Icon, X } from "../icon";
import styles from "./toast.module.css";

type ToastProps = { text: string; tone?: "plain" | "alert"; onUndo?: () => void; onClose: () => void };

const SHOWN_MS = 8_000;

/**
 * A sentence about the last edit, with Undo. It disappears after 8 seconds, but not while it is pointed at or has the
 * focus.
 */
export function Toast({ text, tone = "plain", onUndo, onClose }: ToastProps) {
  const [held, setHeld] = useState(false);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => close.current(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, text]);

  return (
    <div
      className={styles.toast}
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.text} dir="auto">
        {text}
      </span>
      {onUndo && (
        <Button size="sm" onClick={onUndo} className={styles.undo} title="Ctrl Z">
          Undo
        </Button>
      )}
      <Button
        size="sm"
        variant="ghost"
        icon={<Icon of={X} size={14} />}
        aria-label="Dismiss"
        onClick={onClose}
        className={styles.close}
      />
    </div>
  );
}
