import { useRef } from "react";
import type { SigningView } from "~/domain/signing/signing-view";
import { paths } from "~/paths";
import type { SigningAnswer } from "~/services/signing/signing-after.server";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { FieldError } from "../primitives/form/field";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { PersonFields } from "./person-fields";
import { useAnswer } from "./use-answer";
import styles from "./dialogs.module.css";

type NameProps = {
  matrixId: string;
  view: SigningView;
  party: SigningView["parties"][number];
  onClose: () => void;
  onDone: (done: SigningAnswer) => void;
};

/** Adds a signatory of one's own side after a version was sent for signing. */
export function NameDialog({ matrixId, view, party, onClose, onDone }: NameProps) {
  const { Form, busy, errors } = useAnswer(onDone);
  const form = useRef<HTMLFormElement>(null);
  useFocusFirstError(form, errors);
  const emailsInRound = new Set((view.round?.signatories ?? []).map(({ email }) => email));
  return (
    <Dialog open size="sm" title={`Who signs for ${party.name}`} onClose={onClose}>
      <Form ref={form} method="post" action={paths.version(matrixId, view.number)} noValidate className={styles.form}>
        <PersonFields
          suffix=""
          candidates={view.candidates.filter(({ partyId, email }) => partyId === party.id && !emailsInRound.has(email))}
          errors={errors}
          autoFocus
        />
        {errors.form && <FieldError>{errors.form}</FieldError>}
        <div className={styles.acts}>
          <Button type="submit" name="intent" value="name" variant="primary" loading={busy}>
            Ask them to sign
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
