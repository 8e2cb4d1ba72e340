import { Suspense } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Letter } from "~/domain/matrix/shapes";
import { dutiesByLetter, gapsWithoutPerson, type DaysAway, type Person } from "~/domain/people/people";
import { weekWords } from "~/domain/parts/hours";
import { paths } from "~/paths";
import drawer from "../duty/drawer.module.css";
import { TurnsCalendar } from "../calendars/lazy-calendars";
import { PartyMark } from "../marks/party-mark";
import { Button, ButtonLink } from "../primitives/button";
import { Field, Select, TextInput } from "../primitives/form/field";
import { Icon, Pencil, Trash2 } from "../primitives/icon";
import { Form, Link, useNavigation } from "../primitives/router";
import { Day } from "../primitives/time";
import { AbsencesPart } from "./absences-part";
import { ContactWays } from "./contact-ways";
import { DutyList } from "./duty-lists";
import { clockIn } from "./local-time";
import { PanelFrame } from "./panel-frame";
import { rolesOf, rolesOfSide, sideName, type PeopleFacts } from "./people-view";
import { VerifiedWords } from "./person-card";
import styles from "./people.module.css";

type PanelProps = {
  person: Person;
  matrixId: string;
  matrix: Matrix;
  facts: PeopleFacts;
  absences: readonly DaysAway[];
  rotaRoleIds: readonly string[];
  newId: string;
  now: Date;
  today: string;
  readOnly: boolean;
  errors: Record<string, string>;
  closeTo: string;
};

/** One person, at an address of its own: contact, roles, and what would be missing without them. */
export function PersonPanel(props: PanelProps) {
  const { person, matrixId, matrix, facts, rotaRoleIds, now, today, readOnly, closeTo } = props;
  const busy = useNavigation().formMethod === "POST";
  const deputy = facts.people.find(({ id }) => id === person.deputyId);
  const side = sideName(matrix, person.side);
  return (
    <PanelFrame
      label={person.name}
      closeTo={closeTo}
      heading={
        <>
          <PartyMark kind={person.side} />
          <bdi className={drawer.domain}>{side}</bdi>
        </>
      }
    >
      <h2 className={drawer.title}>
        <bdi>{person.name}</bdi>
      </h2>
      {person.title && (
        <p className={styles.quiet}>
          <bdi translate="yes">{person.title}</bdi>
        </p>
      )}
      <dl className={styles.facts}>
        <dt>Reach</dt>
        <dd>
          <ContactWays person={person} />
        </dd>
        {person.hours && (
          <>
            <dt>Hours</dt>
            <dd>
              <bdi translate="yes">{person.hours}</bdi>
            </dd>
          </>
        )}
        <dt>Working hours</dt>
        <dd>
          <WorkingHours person={person} matrix={matrix} facts={facts} />
        </dd>
        {person.timeZone && (
          <>
            <dt>Time there</dt>
            <dd>
              {clockIn(person.timeZone, now)} <span className={styles.quiet}>{person.timeZone}</span>
            </dd>
          </>
        )}
        <dt>Deputy</dt>
        <dd>
          {deputy ? (
            <Link to={paths.people(matrixId, { person: deputy.id })} preventScrollReset>
              <bdi>{deputy.name}</bdi>
            </Link>
          ) : (
            <span className={styles.quiet}>Nobody stands in</span>
          )}
        </dd>
        <dt>Contact</dt>
        <dd>
          <VerifiedWords lastVerified={person.lastVerified} today={today} />
        </dd>
      </dl>
      {!readOnly && (
        <div className={styles.acts}>
          <ButtonLink
            size="sm"
            icon={<Icon of={Pencil} size={14} />}
            to={paths.people(matrixId, { edit: person.id })}
            preventScrollReset
          >
            Edit
          </ButtonLink>
          <Form method="post" preventScrollReset>
            <input type="hidden" name="id" value={person.id} />
            <input type="hidden" name="on" value={today} />
            {person.lastVerified !== today && (
              <Button
                size="sm"
                type="submit"
                name="intent"
                value="verify"
                title="You made sure that the contact is right"
                disabled={busy}
              >
                Verified today
              </Button>
            )}
            <Button
              size="sm"
              variant="ghost"
              icon={<Icon of={Trash2} size={14} />}
              type="submit"
              name="intent"
              value="remove"
              disabled={busy}
            >
              Remove
            </Button>
          </Form>
        </div>
      )}
      <HoldingsPart {...props} />
      <AbsencesPart {...props} deputy={deputy?.name ?? null} />
      {rotaRoleIds.length > 0 && (
        <section className={styles.part} aria-labelledby="calendar-title">
          <h3 id="calendar-title">Turns as a calendar</h3>
          <Suspense>
            <TurnsCalendar matrixId={matrixId} personId={person.id} />
          </Suspense>
        </section>
      )}
      <IfLeaves {...props} deputy={deputy?.name ?? null} />
    </PanelFrame>
  );
}

const LETTER_SENTENCES: Record<Letter, string> = {
  A: "Answers for",
  R: "Does",
  S: "Supports",
  C: "Is asked on",
  I: "Is told of",
};

function WorkingHours({
  person: { id: personId, week },
  matrix,
  facts,
}: Pick<PanelProps, "person" | "matrix" | "facts">) {
  if (week) return <>{weekWords(week)}</>;
  const partyIds = rolesOf(matrix, facts, personId).map(({ role }) => role.partyId);
  const agreed = matrix.hours.find(({ partyId }) => partyIds.includes(partyId));
  const party = matrix.parties.find(({ id }) => id === agreed?.partyId);
  return (
    <span className={styles.quiet}>
      {party ? `As agreed for ${party.name}` : "Not known: called only when on call by a rota"}
    </span>
  );
}

function HoldingsPart({ person, matrixId, matrix, facts, rotaRoleIds, today, readOnly, errors }: PanelProps) {
  const held = rolesOf(matrix, facts, person.id);
  const planned = facts.holdings.filter(
    ({ personId, since, until }) => personId === person.id && since > today && until === null,
  );
  const free = rolesOfSide(matrix, person.side).filter(({ id }) => !held.some(({ role }) => role.id === id));
  return (
    <section className={styles.part} aria-labelledby="holds-title">
      <h3 id="holds-title">Holds</h3>
      {held.length === 0 ? (
        <p className={styles.quiet}>No role.</p>
      ) : (
        <ul className={styles.rows}>
          {held.map(({ role, holding }) => (
            <li key={role.id}>
              <span>
                <bdi>{role.name}</bdi>{" "}
                <span className={styles.quiet}>
                  since <Day day={holding.since} />
                </span>
                {(!readOnly || rotaRoleIds.includes(role.id)) && (
                  <>
                    {" "}
                    <Link
                      to={paths.people(matrixId, { rota: role.id })}
                      preventScrollReset
                      aria-label={`Rota of ${role.name}`}
                    >
                      Rota
                    </Link>
                  </>
                )}
              </span>
              {!readOnly && (
                <Form method="post" preventScrollReset>
                  <input type="hidden" name="intent" value="end" />
                  <input type="hidden" name="roleId" value={role.id} />
                  <input type="hidden" name="personId" value={person.id} />
                  <Button size="sm" variant="ghost" type="submit" aria-label={`End ${role.name}`}>
                    End
                  </Button>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
      {planned.map(({ id, roleId, since }) => (
        <p key={id} className={styles.quiet}>
          {matrix.roles.find((role) => role.id === roleId)?.name ?? "A role"} from <Day day={since} />
        </p>
      ))}
      {!readOnly && free.length > 0 && (
        <Form key={held.length} method="post" preventScrollReset className={styles.give}>
          <input type="hidden" name="intent" value="hold" />
          <input type="hidden" name="personId" value={person.id} />
          <Field label="Give a role" error={errors.roleId ?? errors.personId}>
            <Select name="roleId">
              {free.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                  {facts.vacant.has(id) ? " (vacant)" : ""}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Since" error={errors.since}>
            <TextInput type="date" name="since" defaultValue={today} />
          </Field>
          <Button type="submit">Give</Button>
        </Form>
      )}
      {dutiesByLetter(matrix, facts.held, person.id).map(({ letter, duties }) => (
        <DutyList key={letter} words={LETTER_SENTENCES[letter]} duties={duties} matrixId={matrixId} />
      ))}
    </section>
  );
}

function IfLeaves({ person, matrixId, matrix, facts, deputy }: PanelProps & { deputy: string | null }) {
  const { roles, noDoer, noAnswerer } = gapsWithoutPerson(matrix, facts.held, person.id);
  const nothing = roles.length === 0 && noDoer.length === 0 && noAnswerer.length === 0;
  return (
    <section className={styles.part} aria-labelledby="leaves-title">
      <h3 id="leaves-title">
        If <bdi>{person.name}</bdi> leaves
      </h3>
      {nothing ? (
        <p className={styles.quiet}>No role would be vacant, and no duty would lose its last doer or answerer.</p>
      ) : (
        <>
          {roles.length > 0 && (
            <p>
              {roles.length === 1 ? "1 role would be vacant" : `${roles.length} roles would be vacant`}:{" "}
              <bdi>{roles.map(({ name }) => name).join(", ")}</bdi>.
            </p>
          )}
          <DutyList words="Nobody left to answer for" duties={noAnswerer} matrixId={matrixId} />
          <DutyList words="Nobody left to do" duties={noDoer} matrixId={matrixId} />
          <p className={styles.quiet}>
            {deputy
              ? `${deputy} stands in until the roles are held again.`
              : "Nobody stands in: name a deputy, or a second holder of these roles."}
          </p>
        </>
      )}
    </section>
  );
}
