import { useCallback, useEffect, useState } from "react";
import { useFetchers, useNavigation, useRevalidator } from "../primitives/router";

/** Several changes in a row are read at once, and one's own form has been answered by then. */
const SETTLED_MS = 500;

/**
 * Reads what stands beside the draft again, such as people and versions, once nothing else is being loaded: a reload
 * would abort whatever is on its way, a form's answer among it.
 */
export function useReloading(): () => void {
  const [wanted, setWanted] = useState(0);
  const { revalidate, state } = useRevalidator();
  const navigation = useNavigation();
  const fetching = useFetchers().some((fetcher) => fetcher.state !== "idle");
  const busy = fetching || state !== "idle" || navigation.state !== "idle";
  useEffect(() => {
    if (wanted === 0 || busy) return;
    const timer = setTimeout(() => {
      setWanted(0);
      revalidate();
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [wanted, busy, revalidate]);
  return useCallback(() => setWanted((times) => times + 1), []);
}
