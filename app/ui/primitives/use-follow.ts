import { useCallback, type MouseEvent } from "react";
import { useNavigate } from "./router";

/**
 * Follows a plain link by client-side navigation when it is clicked. With hundreds of links in rows, one listener
 * around them costs nothing, while the router's `Link` components would all be rendered again whenever the address
 * changes.
 */
export function useFollow(): (event: MouseEvent) => boolean {
  const navigate = useNavigate();
  return useCallback(
    (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[data-follow]") : null;
      const href = link?.getAttribute("href");
      if (!href) return false;
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return true;
      event.preventDefault();
      navigate(href);
      return true;
    },
    [navigate],
  );
}
