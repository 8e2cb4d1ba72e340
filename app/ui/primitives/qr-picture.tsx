/** The margin on each side, in squares, which QR readers need. */
const QUIET = 4;

/** A QR code, dark on light in both themes, because many readers recognise nothing else. */
export function QrPicture({
  qr: { size, path },
  label,
  className,
}: {
  qr: { size: number; path: string };
  label: string;
  className?: string;
}) {
  const whole = size + 2 * QUIET;
  return (
    <svg
      className={className}
      viewBox={`${-QUIET} ${-QUIET} ${whole} ${whole}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect x={-QUIET} y={-QUIET} width={whole} height={whole} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
