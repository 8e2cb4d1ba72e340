import { useRef, useState, type FormEvent } from "react";
import type { FormTrouble } from "~/domain/errors";
import type { DoorShown } from "~/domain/workshop/view/live";
import { paths } from "~/paths";
import type { InvitedAnswer } from "~/services/workshop/inviting.server";
import { CopyLink } from "../../access/copy-link";
import { QrPicture } from "../../primitives/qr-picture";
import { Button } from "../../primitives/button";
import { Field, TextArea } from "../../primitives/form/field";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";
import { CircleAlert, Icon, Mail } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import styles from "./people.module.css";

const TIMEOUT_MS = 20_000;
const NONE: Record<string, string> = {};

/** Invites people to a workshop: by mail, by its link, or by the picture of the link. */
export function InvitePanel({ workshopId, door }: { workshopId: string; door: DoorShown }) {
  const form = useRef<HTMLFormElement>(null);
  const [emails, setEmails] = useState("");
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState(NONE);
  const [sent, setSent] = useState<InvitedAnswer | null>(null);
  useFocusFirstError(form, errors);

  async function send(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setSent(null);
    const answer = await invite(workshopId, emails);
    setBusy(false);
    setErrors("errors" in answer ? answer.errors : NONE);
    if ("errors" in answer) return;
    setSent(answer);
    setEmails("");
  }

  return (
    <section className={styles.invite} aria-labelledby="invite-title">
      <h2 id="invite-title">Invite</h2>
      <p className={styles.quiet}>
        Whoever follows the link says their name and party, waits to be let in, and may propose beforehand.
      </p>
      <form ref={form} noValidate onSubmit={(event) => void send(event)} className={styles.inviteForm}>
        {errors.form && (
          <Notice icon={CircleAlert} tone="alert" formError>
            {errors.form}
          </Notice>
        )}
        <Field label="E-mail addresses" hint="Several with commas or on lines of their own." error={errors.emails}>
          <TextArea rows={2} dir="ltr" value={emails} onChange={({ target }) => setEmails(target.value)} />
        </Field>
        <Button type="submit" icon={<Icon of={Mail} />} loading={busy}>
          Invite
        </Button>
      </form>
      <p role="status" aria-live="polite" className={styles.sent}>
        {sent?.said}
      </p>
      <CopyLink link={door.link} words="The link holds until the workshop has ended. Keep it to those you invite." />
      <details className={styles.qr}>
        <summary>Show it as a QR code</summary>
        <QrPicture qr={door.qr} label="QR code of the link to join; the link above says the same" />
      </details>
    </section>
  );
}

/** Sends invitations, and gives what was sent or what is wrong. Never throws. */
async function invite(workshopId: string, emails: string): Promise<InvitedAnswer | Pick<FormTrouble, "errors">> {
  try {
    const response = await fetch(paths.inviteToWorkshop(workshopId), {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ emails }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: InvitedAnswer | FormTrouble | { message: string } = await response.json();
    return "message" in body ? { errors: { form: body.message } } : body;
  } catch {
    return {
      errors: { form: "The server can't be reached. Nobody was written to. Try again once you are back online." },
    };
  }
}
