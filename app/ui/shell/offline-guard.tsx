import { useEffect, useRef, useState } from "react";
import { paths } from "~/paths";
import { Button } from "../primitives/button";
import { WifiOff } from "../primitives/icon";
import { useBlocker, useLocation } from "../primitives/router";
import { FrameNotice } from "../draft/save-indicator";

/**
 * Blocks navigation while offline, because the browser would replace the draft by its own error page. Views that need
 * only the draft open offline too, if they were opened in this window before, so that their code is loaded.
 */
export function OfflineGuard({ matrixId }: { matrixId: string }) {
  const { pathname } = useLocation();
  const visitedPaths = useRef(new Set<string>());
  const [held, setHeld] = useState(false);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const there = nextLocation.pathname;
    const ofTheDraft = [
      paths.board(matrixId),
      paths.matrix(matrixId),
      paths.findings(matrixId),
      paths.parties(matrixId),
    ].includes(there);
    return !navigator.onLine && there !== currentLocation.pathname && !(ofTheDraft && visitedPaths.current.has(there));
  });

  useEffect(() => {
    visitedPaths.current.add(pathname);
    setHeld(false);
  }, [pathname]);

  useEffect(() => {
    if (blocker.state !== "blocked") return;
    setHeld(true);
    blocker.reset();
  }, [blocker]);

  useEffect(() => {
    const back = () => setHeld(false);
    window.addEventListener("online", back);
    return () => window.removeEventListener("online", back);
  }, []);

  return (
    <div role="status" data-print="hide">
      {held && (
        <FrameNotice
          icon={WifiOff}
          tone="plain"
          action={
            <Button size="sm" onClick={() => setHeld(false)}>
              Dismiss
            </Button>
          }
        >
          You are offline, so that page can’t be opened now. This one stays, and what you edit is kept.
        </FrameNotice>
      )}
    </div>
  );
}
