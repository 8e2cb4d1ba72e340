import { useRef, useState } from "react";
import type { SigningView } from "~/domain/signing/signing-view";
import { paths } from "~/paths";
import type { SigningAnswer } from "~/services/signing/signing-after.server";
import { PartyMark } from "../marks/party-mark";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, FieldError, Select, TextArea, TextInput } from "../primitives/form/field";
import { Icon, Plus, Trash2 } from "../primitives/icon";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { useMe } from "../shell/me";
import { PersonFields } from "./person-fields";
import { useAnswer } from "./use-answer";
import styles from "./dialogs.module.css";

type SendProps = { matrixId: string; view: SigningView; onClose: () => void; onDone: (done: SigningAnswer) => void };

const MOST = 10;

/** Whether a side has owners of its own, who then name its signatories themselves. */
function namesItself({ partyId }: SigningView, party: SigningView["parties"][number]): boolean {
  return party.owned && party.id !== partyId;
}

/** Sends a version for signing: to whom, in which order, until when. */
export function SendDialog({ matrixId, view, onClose, onDone }: SendProps) {
  const { Form, busy, errors } = useAnswer(onDone);
  const form = useRef<HTMLFormElement>(null);
  const me = useMe();
  // The number of a row is part of its field names, so it must not change when another row is removed.
  const [rows, setRows] = useState(() =>
    view.parties
      .filter((party) => !namesItself(view, party))
      .map(({ id }, row) => ({ row, partyId: id, added: false })),
  );
  useFocusFirstError(form, errors);
  const free = Array.from({ length: MOST + 1 }, (_, row) => row).find((row) => !rows.some((one) => one.row === row));
  function startOf(partyId: string) {
    const own = view.candidates.filter((one) => one.partyId === partyId);
    return own.find(({ email }) => email === me?.email) ?? own[0];
  }
  return (
    <Dialog open size="md" title={`Send version ${view.number} for signing`} onClose={onClose}>
      <Form ref={form} method="post" action={paths.version(matrixId, view.number)} noValidate className={styles.form}>
        <input type="hidden" name="intent" value="send" />
        {view.parties.map((party) => {
          const mine = rows.filter(({ partyId }) => partyId === party.id);
          const itself = namesItself(view, party);
          return (
            <fieldset key={party.id} className={styles.side}>
              <legend>
                <PartyMark kind={party.kind} /> <bdi>{party.name}</bdi>
              </legend>
              {itself && (
                <p>
                  The owners of <bdi>{party.name}</bdi> name who signs for them, on this page.{" "}
                  {view.mailIsSent ? "They hear of it by mail." : "No mail is sent from here, so tell them."} Whom you
                  propose is asked once one of them confirms it.
                </p>
              )}
              {!party.owned && party.id !== view.partyId && (
                <p>
                  <bdi>{party.name}</bdi> has no owner here yet. What is signed says that you named its signatory and
                  that nobody of <bdi>{party.name}</bdi> confirmed it; an owner who joins before everybody has signed
                  still can.
                </p>
              )}
              {mine.map(({ row, added }, i) => (
                <div key={row} className={styles.signatory}>
                  <input type="hidden" name={`partyId${row}`} value={party.id} />
                  <PersonFields
                    suffix={String(row)}
                    candidates={view.candidates.filter(({ partyId }) => partyId === party.id)}
                    errors={errors}
                    start={i === 0 ? startOf(party.id) : undefined}
                    autoFocus={added}
                  />
                  {(mine.length > 1 || itself) && (
                    <Button
                      variant="ghost"
                      icon={<Icon of={Trash2} />}
                      aria-label={`Leave out signatory ${i + 1} of ${party.name}`}
                      onClick={() => setRows(rows.filter((one) => one.row !== row))}
                    />
                  )}
                </div>
              ))}
              {free !== undefined && (
                <Button
                  size="sm"
                  variant="ghost"
                  icon={<Icon of={Plus} size={14} />}
                  onClick={() => setRows([...rows, { row: free, partyId: party.id, added: true }])}
                >
                  {itself && mine.length === 0 ? `Propose somebody for ${party.name}` : `One more for ${party.name}`}
                </Button>
              )}
            </fieldset>
          );
        })}
        <div className={styles.two}>
          <Field label="They sign">
            <Select name="order" defaultValue="together">
              <option value="together">together, whoever comes first</option>
              <option value="in-order">in this order</option>
            </Select>
          </Field>
          <Field label="Due by" error={errors.due}>
            <TextInput type="date" name="due" />
          </Field>
        </div>
        <Field
          label="Message"
          hint={
            view.mailIsSent
              ? "It stands in the mail and on the page where they sign."
              : "It stands on the page where they sign."
          }
          error={errors.message}
        >
          <TextArea name="message" rows={2} />
        </Field>
        <label className={styles.tick}>
          <input type="checkbox" name="mailed" defaultChecked />
          <span>
            {view.mailIsSent
              ? "Write to them with the way to sign"
              : "Make the links to sign. No mail is sent from here, so you hand them over"}
            . Leave this out where they sign on paper.
          </span>
        </label>
        {errors.form && <FieldError>{errors.form}</FieldError>}
        <div className={styles.acts}>
          <Button type="submit" variant="primary" loading={busy}>
            Send for signing
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Not now
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
