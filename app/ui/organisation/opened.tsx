import { useNavigate } from "@remix-run/react";
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import styles from "./organisation-page.module.css";

type OpenedProps = { title: ReactNode; /** The id of the link that opened it, which gets the focus back. */ opener: string; closeTo: string; children: ReactNode };

/** What an address opens within a list: it takes the focus, and Escape leads back. */
export function Opened({ title, opener, closeTo, children }: OpenedProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const navigate = useNavigate();

  useEffect(() => {
    heading.current?.focus();
    return () => {
      const link = document.getElementById(opener);
      // Only where the focus went with what was closed.
      if (document.activeElement === document.body || document.activeElement === null) link?.focus({ preventScroll: true });
    };
  }, [opener]);

  function press(event: KeyboardEvent) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
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
