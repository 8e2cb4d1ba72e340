import { useRef, useState } from "react";
import { LIMITS } from "~/domain/limits";
import type { SigningView } from "~/domain/signing/signing-view";
import { paths } from "~/paths";
import type { SigningAnswer } from "~/services/signing/signing-after.server";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, FieldError, TextInput } from "../primitives/form/field";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { useAnswer } from "./use-answer";
import styles from "./dialogs.module.css";

type PaperProps = { matrixId: string; view: SigningView; onClose: () => void; onDone: (done: SigningAnswer) => void };

/** Uploads a file that was signed on paper or in Excel, with who signed it on which day. */
export function PaperDialog({ matrixId, view, onClose, onDone }: PaperProps) {
  const { Form, busy, errors } = useAnswer(onDone);
  const [large, setLarge] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFocusFirstError(form, errors);
  const waiting = (view.round?.signatories ?? []).filter(({ state, proposed }) => state === "waiting" && !proposed);
  const other = view.parties.find(({ id }) => id !== view.partyId)?.name ?? "the other side";
  return (
    <Dialog open size="sm" title="Signed on paper or in Excel" onClose={onClose}>
      <Form
        ref={form}
        method="post"
        encType="multipart/form-data"
        action={paths.paper(matrixId, view.number)}
        noValidate
        className={styles.form}
      >
        <p>
          The file and its hash are kept. It counts once an owner of <bdi>{other}</bdi> confirms it.
        </p>
        <Field
          label="The signed file"
          hint="PDF, PNG, JPEG or Excel workbook, up to 10 MB."
          error={
            large
              ? `This file is larger than ${LIMITS.paperBytes / 1_000_000} MB. Scan it with fewer dots, or save it as PDF.`
              : errors.file
          }
        >
          <TextInput
            type="file"
            name="file"
            accept=".pdf,.png,.jpg,.jpeg,.xlsx"
            required
            onChange={(event) => setLarge((event.target.files?.[0]?.size ?? 0) > LIMITS.paperBytes)}
          />
        </Field>
        <fieldset className={styles.side}>
          <legend>Who signed it</legend>
          {waiting.map(({ id, name, partyId }) => (
            <label key={id} className={styles.tick}>
              <input type="checkbox" name="signatoryIds" value={id} defaultChecked={waiting.length === 1} />
              <span>
                <bdi>{name}</bdi>, for <bdi>{view.parties.find((party) => party.id === partyId)?.name}</bdi>
              </span>
            </label>
          ))}
          {errors.signatoryIds && <FieldError>{errors.signatoryIds}</FieldError>}
        </fieldset>
        <Field label="Signed on" error={errors.signedOn}>
          <TextInput type="date" name="signedOn" required />
        </Field>
        {errors.form && <FieldError>{errors.form}</FieldError>}
        <div className={styles.acts}>
          <Button type="submit" variant="primary" loading={busy} disabled={large}>
            Keep the file
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
