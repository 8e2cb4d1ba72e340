import type { FormTrouble } from "~/domain/errors";
import { ORGANISATION_PERMISSIONS, type OrganisationAbility } from "~/domain/engagement/organisation";
import { paths } from "~/paths";
import type {
  OrganisationPeopleView,
  PersonRow,
  Removal,
  WaitingRow,
} from "~/services/organisation/organisation-people.server";
import { Avatar } from "../marks/avatar";
import { Button, ButtonLink } from "../primitives/button";
import { Field, Select, TextInput } from "../primitives/form/field";
import { Icon, Plus } from "../primitives/icon";
import { Form, useNavigation } from "../primitives/router";
import { Time } from "../primitives/time";
import { Opened } from "./opened";
import styles from "./organisation-page.module.css";
import { STANDING_WORDS } from "./standing-words";

type PartProps = { view: OrganisationPeopleView; abilities: readonly OrganisationAbility[]; trouble: FormTrouble };
const HERE = paths.organisation({ show: "people" });

/** The organisation's people, its open invitations, and the form that invites. */
export function PeoplePart({ view: { people, waiting, removal }, abilities, trouble }: PartProps) {
  const manages = abilities.includes("people");
  return (
    <>
      <section className={styles.panel} aria-label={`People, ${people.length}`}>
        <ul>
          {people.map((person) => (
            <Person
              key={person.userId}
              person={person}
              manages={manages}
              removal={removal?.userId === person.userId ? removal : null}
            />
          ))}
          {waiting.map((invitation) => (
            <Waiting key={invitation.id} invitation={invitation} />
          ))}
        </ul>
        {manages && <Invite key={waiting.length} trouble={trouble} />}
      </section>
      <dl className={styles.legend}>
        {ORGANISATION_PERMISSIONS.map((standing) => (
          <div key={standing}>
            <dt>{STANDING_WORDS[standing].name}</dt>
            <dd>{STANDING_WORDS[standing].meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const clientsSeen = (count: number) =>
  count === 0 ? "sees no client yet" : count === 1 ? "sees one client" : `sees ${count} clients`;

function Person({
  person: { userId, name, email, permission, since, clients, you },
  manages,
  removal,
}: {
  person: PersonRow;
  manages: boolean;
  removal: Removal | null;
}) {
  const other = permission === "owner" ? "member" : "owner";
  const opener = `remove-${userId}`;
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        <Avatar name={name} kind="provider" />
        <div className={styles.who}>
          <p>
            <b>
              <bdi>{name}</bdi>
            </b>
            {you && <span className={styles.you}>you</span>}
          </p>
          <p className={styles.email}>{email}</p>
          <p className={styles.quiet}>
            Since <Time iso={since} />, {clientsSeen(clients)}
          </p>
        </div>
        <span className={styles.standing}>{STANDING_WORDS[permission].name}</span>
        <div className={styles.acts}>
          {manages && (
            <Form method="post" action={HERE} preventScrollReset>
              <input type="hidden" name="intent" value="change" />
              <input type="hidden" name="userId" value={userId} />
              <Button
                type="submit"
                size="sm"
                variant="ghost"
                name="permission"
                value={other}
                aria-label={`Make ${name} ${other}`}
              >
                Make {other}
              </Button>
            </Form>
          )}
          {(manages || you) && (
            <ButtonLink
              id={opener}
              size="sm"
              variant="ghost"
              to={paths.organisation({ show: "people", remove: userId })}
              preventScrollReset
              aria-label={you ? "Leave the organisation" : `Remove ${name}`}
            >
              {you ? "Leave…" : "Remove…"}
            </ButtonLink>
          )}
        </div>
      </div>
      {removal && <Remove removal={removal} opener={opener} />}
    </li>
  );
}

function Remove({ removal: { userId, name, you, clients, refusal }, opener }: { removal: Removal; opener: string }) {
  return (
    <Opened
      title={
        you ? (
          "Leave the organisation"
        ) : (
          <>
            Remove <bdi>{name}</bdi> from the organisation
          </>
        )
      }
      opener={opener}
      closeTo={HERE}
    >
      <p>{refusal ?? consequences(you, clients)}</p>
      <Form method="post" action={HERE} className={styles.buttons}>
        <input type="hidden" name="userId" value={userId} />
        {!refusal && (
          <Button type="submit" variant="primary" name="intent" value={you ? "leave" : "remove"}>
            {you ? "Leave" : `Remove ${name}`}
          </Button>
        )}
        <ButtonLink to={HERE} preventScrollReset>
          {refusal ? "Close" : "Cancel"}
        </ButtonLink>
      </Form>
    </Opened>
  );
}

function consequences(you: boolean, clients: number): string {
  const lost =
    clients === 0
      ? ""
      : ` and ${you ? "lose your" : "their"} access to ${clients === 1 ? "one client" : `${clients} clients`}${you ? "" : " ends"}`;
  return you
    ? `You no longer belong to it${lost}. An owner can invite you again. What you did stays under your name.`
    : `They no longer belong to it${lost}. Their account and any access on other sides stay. What they did stays under their name.`;
}

function Waiting({ invitation: { id, email, permission, invitedBy, expiresAt, expired } }: { invitation: WaitingRow }) {
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        <span className={styles.waiting} aria-hidden="true" />
        <div className={styles.who}>
          <p className={styles.email}>{email}</p>
          <p className={styles.quiet}>
            Invited by <bdi>{invitedBy}</bdi>, {expired ? "ended" : "until"} <Time iso={expiresAt} />
          </p>
        </div>
        <span className={styles.standing}>{STANDING_WORDS[permission].name}</span>
        <Form method="post" action={HERE} preventScrollReset className={styles.acts}>
          <input type="hidden" name="invitationId" value={id} />
          <Button
            type="submit"
            size="sm"
            variant="ghost"
            name="intent"
            value="resend"
            aria-label={`Send the invitation for ${email} again`}
          >
            Send again
          </Button>
          <Button
            type="submit"
            size="sm"
            variant="ghost"
            name="intent"
            value="revoke"
            aria-label={`Take back the invitation for ${email}`}
          >
            Take back
          </Button>
        </Form>
      </div>
    </li>
  );
}

function Invite({ trouble: { values, errors } }: { trouble: FormTrouble }) {
  const busy = useNavigation().formData?.get("intent") === "invite";
  const wrong = values.intent === "invite";
  return (
    <Form method="post" action={HERE} noValidate preventScrollReset className={styles.invite}>
      <input type="hidden" name="intent" value="invite" />
      <Field label="Invite a colleague by e-mail" error={wrong ? errors.email : null}>
        <TextInput
          name="email"
          type="email"
          inputMode="email"
          dir="ltr"
          required
          placeholder="name@company.example"
          defaultValue={wrong ? values.email : ""}
        />
      </Field>
      <Field label="As">
        <Select name="permission" defaultValue={wrong ? values.permission : "member"}>
          {ORGANISATION_PERMISSIONS.map((standing) => (
            <option key={standing} value={standing}>
              {STANDING_WORDS[standing].name}
            </option>
          ))}
        </Select>
      </Field>
      <Button type="submit" icon={<Icon of={Plus} size={14} />} loading={busy}>
        Invite
      </Button>
    </Form>
  );
}
