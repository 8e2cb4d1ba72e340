import { useRef } from "react";
import { paths } from "~/paths";
import type { SigningAnswer } from "~/services/signing/signing-after.server";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, FieldError, TextArea } from "../primitives/form/field";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { useAnswer } from "./use-answer";
import styles from "./dialogs.module.css";

type WithdrawProps = {
  matrixId: string;
  number: number;
  sent: boolean;
  mailIsSent: boolean;
  onClose: () => void;
  onDone: (done: SigningAnswer) => void;
};

/** Asks for the reason before a version is withdrawn. */
export function WithdrawDialog({ matrixId, number, sent, mailIsSent, onClose, onDone }: WithdrawProps) {
  const { Form, busy, errors } = useAnswer(onDone);
  const form = useRef<HTMLFormElement>(null);
  useFocusFirstError(form, errors);
  return (
    <Dialog open size="sm" title={`Withdraw version ${number}`} onClose={onClose}>
      <Form ref={form} method="post" action={paths.version(matrixId, number)} noValidate className={styles.form}>
        <p>
          Nobody signs it any more, and it can't be sent again; publish the next version instead. It stays in the list
          with your reason.
          {sent &&
            (mailIsSent
              ? " Everybody who was asked hears of it."
              : " No mail is sent from here, so tell everybody who was asked.")}
        </p>
        <Field label="Why" error={errors.reason}>
          <TextArea name="reason" required autoFocus rows={3} />
        </Field>
        {errors.form && <FieldError>{errors.form}</FieldError>}
        <div className={styles.acts}>
          <Button type="submit" name="intent" value="withdraw" variant="primary" loading={busy}>
            Withdraw it
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Keep it
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
