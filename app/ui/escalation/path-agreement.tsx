import { thingAgreement, thingTerms } from "~/domain/agreement/thing-agreement";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { AgreementPanel } from "../agreement/agreement-panel";
import type { Subject } from "../agreement/subject";
import type { MatrixEditor } from "../editor/editor-types";
import { AGREEMENT_FACES } from "../matrix/duty-marks";
import { classNames } from "../primitives/class-names";
import { Icon } from "../primitives/icon";
import styles from "./escalation-page.module.css";

/** Whether each side agrees to a path, with the actions of the reader's own side. */
export function PathAgreement({ path, editor }: { path: EscalationPath; editor: MatrixEditor }) {
  return (
    <div className={styles.agreement}>
      <h2>Agreement</h2>
      <AgreementPanel key={path.id} subject={pathSubject(editor.matrix, path)} editor={editor} />
    </div>
  );
}

/** Whether both sides agree to a path, in a word. */
export function PathState({ path, matrix }: { path: EscalationPath; matrix: Matrix }) {
  const state = thingAgreement(matrix, "paths", path);
  const { icon, label } = AGREEMENT_FACES[state];
  return (
    <span className={classNames(styles.state, styles[state])}>
      <Icon of={icon} size={14} />
      {label}
    </span>
  );
}

function pathSubject(matrix: Matrix, path: EscalationPath): Subject {
  const terms = thingTerms(matrix, "paths", path);
  const of = { part: "paths", thingId: path.id } as const;
  return {
    name: path.name,
    one: "path",
    marks: path.marks,
    ruling: path.ruling,
    terms,
    isPresent: (stored) => stored === terms,
    mark: (partyId, state, position) => ({ type: "thing.mark", ...of, partyId, state, position, terms }),
    rule: (written) => ({ type: "thing.rule", ...of, ruling: written }),
    confirm: (partyId) => ({ type: "thing.confirm", ...of, partyId, terms }),
    unconfirm: (partyId) => ({ type: "thing.unconfirm", ...of, partyId }),
  };
}
