import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { pressOf } from "../primitives/keys";
import { useNavigate } from "../primitives/router";
import styles from "./organisation-page.module.css";

type OpenedProps = { title: ReactNode; /** The id of the link that opened it, which the focus goes back to. */ opener: string; closeTo: string; children: ReactNode };

/** What an address opens within a list: it takes the focus, and Escape leads back. */
export function Opened({ title, opener, closeTo, children }: OpenedProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const navigate = useNavigate();

  useEffect(() => {
    heading.current?.focus();
    return () => {
      // Only where the focus went with what was closed; where its link is gone too, the page has it.
      const lost = document.activeElement === document.body || document.activeElement === null;
      if (lost) (document.getElementById(opener) ?? document.getElementById("content"))?.focus({ preventScroll: true });
    };
  }, [opener]);

  function press(event: KeyboardEvent) {
    if (pressOf(event).key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    navigate(closeTo, { preventScrollReset: true });
  }

  return (
    <section className={styles.opened} aria-labelledby={`${opener}-title`} onKeyDown={press}>
      <h2 id={`${opener}-title`} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}
