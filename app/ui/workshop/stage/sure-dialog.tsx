import type { ReactNode } from "react";
import type { Asked } from "~/domain/workshop/asked";
import { Button } from "../../primitives/button";
import { FieldError } from "../../primitives/form/field";
import { Dialog } from "../../primitives/overlays/dialog";
import type { Asking } from "../use-asking";
import styles from "./settle/dialogs.module.css";

/** Asks whether something is meant, and says what follows. */
export function SureDialog({
  title,
  yes,
  asked,
  asking,
  children,
  onClose,
}: {
  title: string;
  yes: string;
  asked: readonly Asked[];
  asking: Asking;
  children: ReactNode;
  onClose: () => void;
}) {
  async function agree() {
    if (await asking.run(...asked)) onClose();
  }
  return (
    <Dialog open onClose={onClose} size="sm" title={title}>
      <div className={styles.form}>
        {typeof children === "string" ? <p>{children}</p> : children}
        {asking.refused && <FieldError>{asking.refused}</FieldError>}
        <div className={styles.actions}>
          <Button onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button variant="primary" onClick={() => void agree()} loading={asking.busy}>
            {yes}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
