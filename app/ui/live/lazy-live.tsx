import { lazy, Suspense, type ComponentType } from "react";
import type { MatrixEditor } from "../editor/editor-types";
import { useHydrated } from "../primitives/time";

type FollowProps = { editor: MatrixEditor; userId: string };

const Live = lazy(async (): Promise<{ default: ComponentType<FollowProps> }> => {
  try {
    return { default: (await import("./live")).Live };
  } catch {
    // Without it the page is current whenever somebody comes back to it, and nothing else is missing.
    return { default: () => null };
  }
});

/** Follows what others do. It is fetched after the page is ready, since nothing of it is needed for the first render. */
export function FollowOthers(props: FollowProps) {
  if (!useHydrated()) return null;
  return (
    <Suspense>
      <Live {...props} />
    </Suspense>
  );
}
