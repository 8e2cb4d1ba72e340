import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { pressOf } from "../primitives/keys";
import { useNavigate } from "../primitives/router";
import styles from "./organisation-page.module.css";

type OpenedProps = {
  title: ReactNode;
  /** The id of the link that opened it and gets the focus back. */ opener: string;
  closeTo: string;
  children: ReactNode;
};

/** A form that an address opens within a list. It takes the focus, and Escape closes it. */
export function Opened({ title, opener, closeTo, children }: OpenedProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const navigate = useNavigate();

  useEffect(() => {
    heading.current?.focus();
    return () => {
      // Closing removes the element that had the focus, so the link that opened it gets the focus, or the page if the
      // link is gone too.
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
