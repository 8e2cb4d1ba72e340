import { useCallback, type MouseEvent } from "react";
import { useNavigate } from "./router";

/**
 * Follows a plain link of ours inside the page when it was clicked. Where hundreds of rows carry a link, one listener
 * around them costs nothing, while a router's link each would be drawn again on every change of the address.
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
