import { useEffect, useRef, useState } from "react";
import type SignaturePad from "signature_pad";
import { Button } from "../../primitives/button";
import { FieldError } from "../../primitives/form/field";
import styles from "./sign-page.module.css";

/**
 * A field to draw a signature in, with a finger, a pen or a mouse. The drawing library is loaded when the field
 * appears. Whoever can't draw types the name instead.
 */
export function DrawnField({ error }: { error: string | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const [drawn, setDrawn] = useState("");
  const [missing, setMissing] = useState(false);

  useEffect(() => {
    const field = canvas.current;
    let gone = false;
    if (!field) return;
    // Two pixels per CSS pixel are enough for print and keep the picture small.
    const scale = Math.min(2, Math.max(1, window.devicePixelRatio));
    field.width = field.offsetWidth * scale;
    field.height = field.offsetHeight * scale;
    field.getContext("2d")?.scale(scale, scale);
    import("signature_pad")
      .then(({ default: Pad }) => {
        if (gone) return;
        const newPad = new Pad(field, { penColor: "#1b1d21", minWidth: 0.8, maxWidth: 2.4 });
        newPad.addEventListener("endStroke", () => setDrawn(newPad.toDataURL("image/png")));
        pad.current = newPad;
      })
      .catch(() => setMissing(true));
    return () => {
      gone = true;
      pad.current?.off();
    };
  }, []);

  function clear() {
    pad.current?.clear();
    setDrawn("");
  }

  return (
    <div className={styles.drawing}>
      <input type="hidden" name="drawn" value={drawn} />
      <canvas
        ref={canvas}
        className={styles.canvas}
        role="img"
        aria-label={
          drawn ? "Your drawn signature" : "Draw your signature here. With a keyboard, choose Type it instead."
        }
      />
      <div className={styles.under}>
        <Button size="sm" disabled={drawn === ""} onClick={clear}>
          Clear
        </Button>
        <span className={styles.quiet}>
          {missing
            ? "Drawing could not be fetched. Type your signature instead."
            : "Draw with a finger, a pen or the mouse. With a keyboard, choose Type it."}
        </span>
      </div>
      {error && (
        <div tabIndex={-1} aria-invalid="true">
          <FieldError>{error}</FieldError>
        </div>
      )}
    </div>
  );
}
