import type { Authority, Containment } from "~/domain/matrix/escalation-shapes";
import agreed from "../agreed/agreed.module.css";
import type { MatrixEditor } from "../editor/editor-types";
import { AuthoritiesSection } from "./authorities-section";
import { ContainmentsSection } from "./containments-section";
import { HoursSection } from "./hours-section";
import { OffDutySection } from "./off-duty-section";
import { OffLimitsSection } from "./off-limits-section";

type AuthorityPageProps = {
  editor: MatrixEditor;
  offered: { authorities: Authority[]; containments: Containment[] };
};

/** Who may approve and do what, which systems are off limits, and when each side works. */
export function AuthorityPage({ editor, offered }: AuthorityPageProps) {
  return (
    <div className={agreed.page}>
      <header>
        <h1>Authority and hours</h1>
        <p className={agreed.about}>
          Who may say yes, up to how much, and when each side works. Whoever is called at night finds here what they may
          decide. It is part of what both sides sign.
        </p>
      </header>
      <AuthoritiesSection editor={editor} offered={offered.authorities} />
      <ContainmentsSection editor={editor} offered={offered.containments} />
      <OffLimitsSection editor={editor} />
      <HoursSection editor={editor} />
      <OffDutySection editor={editor} />
    </div>
  );
}
