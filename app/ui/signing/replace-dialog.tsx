import { useRef } from "react";
import type { SignatoryView, SigningView } from "~/domain/signing/signing-view";
import { paths } from "~/paths";
import type { SigningAnswer } from "~/services/signing/signing-after.server";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { FieldError } from "../primitives/form/field";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { PersonFields } from "./person-fields";
import { useAnswer } from "./use-answer";
import styles from "./dialogs.module.css";

type ReplaceProps = {
  matrixId: string;
  view: SigningView;
  signatory: SignatoryView;
  onClose: () => void;
  onDone: (done: SigningAnswer) => void;
};

/** Replaces a signatory of one's own side, or removes them if others of that side sign too. */
export function ReplaceDialog({ matrixId, view, signatory, onClose, onDone }: ReplaceProps) {
  const { Form, busy, errors } = useAnswer(onDone);
  const form = useRef<HTMLFormElement>(null);
  useFocusFirstError(form, errors);
  const others = (view.round?.signatories ?? []).some(
    ({ id, partyId }) => id !== signatory.id && partyId === signatory.partyId,
  );
  const emailsInRound = new Set((view.round?.signatories ?? []).map(({ email }) => email));
  return (
    <Dialog open size="sm" title={`Somebody else instead of ${signatory.name}`} onClose={onClose}>
      <Form ref={form} method="post" action={paths.version(matrixId, view.number)} noValidate className={styles.form}>
        <input type="hidden" name="signatoryId" value={signatory.id} />
        <p>
          {signatory.proposed ? `${signatory.name} isn't asked` : `The link of ${signatory.name} ends`}, and whoever you
          name here{" "}
          {view.mailIsSent ? "is written to" : "gets a new one, for you to hand over, unless they have an account"}.
        </p>
        <PersonFields
          suffix=""
          candidates={view.candidates.filter(
            ({ partyId, email }) => partyId === signatory.partyId && !emailsInRound.has(email),
          )}
          errors={errors}
          autoFocus
        />
        {errors.form && <FieldError>{errors.form}</FieldError>}
        <div className={styles.acts}>
          <Button type="submit" name="intent" value="replace" variant="primary" loading={busy}>
            Ask them instead
          </Button>
          {others && (
            <Button type="submit" name="intent" value="remove" variant="ghost" loading={busy}>
              Ask nobody instead
            </Button>
          )}
        </div>
      </Form>
    </Dialog>
  );
}
