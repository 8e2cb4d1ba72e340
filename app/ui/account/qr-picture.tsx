import type { FactorSetUp } from "~/services/account/second-factor.server";
import styles from "./account-page.module.css";

/** The margin on each side, in squares, which QR readers need. */
const QUIET = 4;

/** A QR code, dark on light in both themes, because many readers recognise nothing else. */
export function QrPicture({ qr: { size, path } }: Pick<FactorSetUp, "qr">) {
  const whole = size + 2 * QUIET;
  return (
    <svg
      className={styles.qr}
      viewBox={`${-QUIET} ${-QUIET} ${whole} ${whole}`}
      role="img"
      aria-label="QR code for an authenticator app; the key below says the same"
      shapeRendering="crispEdges"
    >
      <rect x={-QUIET} y={-QUIET} width={whole} height={whole} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
