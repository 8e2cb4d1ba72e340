import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import drawer from "../duty/drawer.module.css";
import { ButtonLink } from "../primitives/button";
import { Icon, X } from "../primitives/icon";
import { pressOf } from "../primitives/keys";
import { useNavigate } from "../primitives/router";

type FrameProps = { label: string; heading: ReactNode; closeTo: string; /** Whether something typed would be lost: Escape leaves it open then. */ holdsText?: () => boolean; children: ReactNode };

/** What stands beside the people: it takes the focus when it opens, and Escape or its button close it. */
export function PanelFrame({ label, heading, closeTo, holdsText, children }: FrameProps) {
  const frame = useRef<HTMLElement>(null);
  const navigate = useNavigate();

  useEffect(() => {
    frame.current?.focus({ preventScroll: true });
    if (frame.current) frame.current.scrollTop = 0;
  }, [label]);

  function press(event: KeyboardEvent) {
    if (pressOf(event).key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]") || holdsText?.()) return;
    event.preventDefault();
    navigate(closeTo, { preventScrollReset: true });
  }

  return (
    <aside ref={frame} tabIndex={-1} className={drawer.drawer} aria-label={label} onKeyDown={press} data-print="hide">
      <header className={drawer.header}>
        {heading}
        <span className={drawer.grow} />
        <ButtonLink size="sm" variant="ghost" icon={<Icon of={X} />} aria-label="Close" title="Close (Esc)" to={closeTo} preventScrollReset>
          {null}
        </ButtonLink>
      </header>
      {children}
    </aside>
  );
}
