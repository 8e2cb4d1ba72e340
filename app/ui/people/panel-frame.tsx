import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import drawer from "../duty/drawer.module.css";
import { ButtonLink } from "../primitives/button";
import { Icon, X } from "../primitives/icon";
import { pressOf } from "../primitives/keys";
import { useNavigate } from "../primitives/router";

type FrameProps = {
  label: string;
  heading: ReactNode;
  closeTo: string;
  /** Whether closing would lose typed text, in which case Escape doesn't close it. */ holdsText?: () => boolean;
  children: ReactNode;
};

/** A panel beside the list of people. It takes the focus when it opens; Escape or its button closes it. */
export function PanelFrame({ label, heading, closeTo, holdsText, children }: FrameProps) {
  const frame = useRef<HTMLElement>(null);
  const navigate = useNavigate();

  useEffect(() => {
    frame.current?.focus({ preventScroll: true });
    if (frame.current) frame.current.scrollTop = 0;
  }, [label]);

  function press(event: KeyboardEvent) {
    if (
      pressOf(event).key !== "Escape" ||
      event.defaultPrevented ||
      document.querySelector("dialog[open]") ||
      holdsText?.()
    )
      return;
    event.preventDefault();
    navigate(closeTo, { preventScrollReset: true });
  }

  return (
    <aside ref={frame} tabIndex={-1} className={drawer.drawer} aria-label={label} onKeyDown={press} data-print="hide">
      <header className={drawer.header}>
        {heading}
        <span className={drawer.grow} />
        <ButtonLink
          size="sm"
          variant="ghost"
          icon={<Icon of={X} />}
          aria-label="Close"
          title="Close (Esc)"
          to={closeTo}
          preventScrollReset
        >
          {null}
        </ButtonLink>
      </header>
      {children}
    </aside>
  );
}
