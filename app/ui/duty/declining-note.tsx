import { awaitsConfirmation, riskPartyOf, termsHash } from "~/domain/agreement/agreement";
import { confirmDeclining } from "~/domain/editing/confirm-declining";
import type { Duty } from "~/domain/matrix/shapes";
import { useMay, useOwnParty } from "../draft/own-side";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Check, Icon } from "../primitives/icon";
import styles from "./drawer.module.css";

/** Whether the side that bears the risk of a declined duty has confirmed that, with the action of that side. */
export function DecliningNote({ duty, editor }: { duty: Duty; editor: MatrixEditor }) {
  const acting = useOwnParty();
  const mayMark = useMay("mark");
  const bearing = riskPartyOf(editor.matrix, duty);
  if (!bearing) return null;
  const waiting = awaitsConfirmation(editor.matrix, duty);
  const own = acting?.id === bearing.id;
  return (
    <div className={styles.note}>
      <p>
        {!waiting
          ? `${bearing.name} bears the risk and confirmed it.`
          : own
            ? `${bearing.name} bears the risk. It can't be signed before you confirm it.`
            : `${bearing.name} bears the risk and hasn't confirmed it. It can't be signed before.`}
      </p>
      {waiting && own && mayMark && (
        <div className={styles.choices}>
          <Button
            size="sm"
            icon={<Icon of={Check} size={14} />}
            onClick={() =>
              editor.run(
                [confirmDeclining(duty.id, bearing.id, termsHash(editor.matrix, duty))],
                `${bearing.name} confirmed that ${duty.code} is declined`,
              )
            }
          >
            Confirm at our risk
          </Button>
        </div>
      )}
    </div>
  );
}
