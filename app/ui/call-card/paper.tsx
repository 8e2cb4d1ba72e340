import { useEffect, useRef, useState, type ReactNode } from "react";
import { sheetOf, type CardSize } from "~/domain/call-card/call-card";
import { classNames } from "../primitives/class-names";
import styles from "./call-card.module.css";

/** The width and height of a sheet as a browser draws it, 96 pixels to the inch. */
const PIXELS = { A4: { width: 793.7, height: 1_122.5 }, Letter: { width: 816, height: 1_056 } };

/** A sheet of paper in its own size, made smaller on screen where there isn't room for it. */
export function Paper({
  size,
  className,
  children,
}: {
  size: CardSize;
  className: string | undefined;
  children: ReactNode;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = PIXELS[sheetOf(size)];
  const [shrunk, setShrunk] = useState(1);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setShrunk(Math.min(1, element.clientWidth / width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [width]);
  return (
    <div ref={frame} className={styles.frame} style={{ height: height * shrunk }}>
      <div className={classNames(styles.sheet, className)} style={{ transform: `scale(${shrunk})` }}>
        {children}
      </div>
    </div>
  );
}
