import { lazy, Suspense, useEffect, useState, type ComponentType } from "react";
import type { MatrixEditor } from "../editor/editor-types";

type FollowProps = { editor: MatrixEditor; userId: string };

const Live = lazy(async (): Promise<{ default: ComponentType<FollowProps> }> => {
  try {
    return { default: (await import("./live")).Live };
  } catch {
    // Without it the page is current whenever somebody comes back to it, and nothing else is missing.
    return { default: () => null };
  }
});

/**
 * Follows what others do. It is fetched once the page stands, since nothing of it is needed for the first render. Fetched
 * while a page is rendered that somebody has just gone to, it would ask for styles that the page is about to bring.
 */
export function FollowOthers(props: FollowProps) {
  const [stands, setStands] = useState(false);
  useEffect(() => setStands(true), []);
  if (!stands) return null;
  return (
    <Suspense>
      <Live {...props} />
    </Suspense>
  );
}
