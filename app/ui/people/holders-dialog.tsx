import { useState, type FormEvent } from "react";
import type { Party, Role } from "~/domain/matrix/shapes";
import { holdingsOfRole } from "~/domain/people/people";
import { paths } from "~/paths";
import { useToday } from "../findings/findings-context";
import { Button, ButtonLink } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, FieldError, Select, TextInput } from "../primitives/form/field";
import { useRevalidator } from "../primitives/router";
import { Day } from "../primitives/time";
import { ContactWays } from "./contact-ways";
import { usePeople } from "./people-context";
import styles from "./people.module.css";
import { sendHolding, type HoldingForm } from "./send-holding";

type DialogProps = { role: Role; party: Party; matrixId: string; onClose: () => void };

/** The holders of a role, with the forms to add a person of its side and to end a holding. */
export function HoldersDialog({ role, party, matrixId, onClose }: DialogProps) {
  const { people, held } = usePeople();
  const today = useToday();
  const { revalidate } = useRevalidator();
  const [personId, setPersonId] = useState("");
  const [since, setSince] = useState(today);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<{ said: string; undo: string | null } | null>(null);
  const holders = holdingsOfRole(held, role.id);
  const free = people.filter(({ side, id }) => side === party.kind && !holders.some((one) => one.personId === id));
  const chosen = free.some(({ id }) => id === personId) ? personId : (free[0]?.id ?? "");
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? "Somebody";

  async function send(form: HoldingForm, said: string) {
    if (busy) return;
    setBusy(true);
    const answer = await sendHolding(matrixId, form);
    setBusy(false);
    setError(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    setDone({ said, undo: answer.ended });
    revalidate();
  }

  function give(event: FormEvent) {
    event.preventDefault();
    void send({ intent: "hold", roleId: role.id, personId: chosen, since }, `${nameOf(chosen)} holds ${role.name}.`);
  }

  return (
    <Dialog open size="md" title={`Holders of ${role.name}`} onClose={onClose}>
      <div className={styles.stack}>
        {holders.length === 0 ? (
          <p className={styles.quiet}>Nobody holds this role.</p>
        ) : (
          <ul className={styles.rows}>
            {holders.map((holding) => {
              const person = people.find(({ id }) => id === holding.personId);
              return (
                <li key={holding.id}>
                  <div>
                    <bdi>{nameOf(holding.personId)}</bdi>{" "}
                    <span className={styles.quiet}>
                      since <Day day={holding.since} />
                    </span>
                    {person && <ContactWays person={person} />}
                  </div>
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-label={`End: ${nameOf(holding.personId)} holds ${role.name}`}
                    onClick={() =>
                      void send(
                        { intent: "end", roleId: role.id, personId: holding.personId },
                        `${nameOf(holding.personId)} no longer holds ${role.name}.`,
                      )
                    }
                  >
                    End
                  </Button>
                </li>
              );
            })}
          </ul>
        )}
        <div role="status" className={styles.undo}>
          {done && (
            <>
              <bdi translate="yes">{done.said}</bdi>
              {done.undo !== null && (
                <Button
                  size="sm"
                  onClick={() => void send({ intent: "resume", holdingId: done.undo ?? "" }, "Taken back.")}
                >
                  Undo
                </Button>
              )}
            </>
          )}
        </div>
        {error && <FieldError>{error}</FieldError>}
        {free.length > 0 ? (
          <form onSubmit={give} className={styles.dialogForm}>
            <div className={styles.two}>
              <Field label="Person">
                <Select value={chosen} onChange={(event) => setPersonId(event.target.value)}>
                  {free.map(({ id, name, title }) => (
                    <option key={id} value={id}>
                      {title ? `${name}, ${title}` : name}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label="Since">
                <TextInput type="date" value={since} onChange={(event) => setSince(event.target.value)} />
              </Field>
            </div>
            <Button type="submit" variant="primary" loading={busy}>
              Give the role
            </Button>
          </form>
        ) : (
          <p className={styles.quiet}>
            {holders.length > 0
              ? `Everybody written down for ${party.name} holds it.`
              : `Nobody of ${party.name} is written down yet.`}
          </p>
        )}
        <div>
          <ButtonLink size="sm" variant="ghost" to={paths.people(matrixId, { add: party.kind })}>
            Add a person of {party.name}
          </ButtonLink>
        </div>
      </div>
    </Dialog>
  );
}
