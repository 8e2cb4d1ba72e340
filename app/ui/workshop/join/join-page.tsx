import { useEffect, useRef, useState } from "react";
import type { FormTrouble } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { paths } from "~/paths";
import type { DoorView } from "~/services/workshop/joining.server";
import { AccountCard } from "../../account/account-card";
import account from "../../account/account.module.css";
import { PartyMark } from "../../marks/party-mark";
import { Button } from "../../primitives/button";
import { Field, FieldError, TextInput } from "../../primitives/form/field";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";
import { CircleAlert } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { Form, Link, useLocation, useNavigation } from "../../primitives/router";
import { useMe } from "../../shell/me";
import styles from "./join.module.css";

/** What the form at the door was answered: the door that the digits opened, and what has to be changed. */
export type JoinAnswer = FormTrouble & { door?: DoorView };

type JoinPageProps = {
  /** What is behind a link's door. */
  door: DoorView | null;
  /** Why a link opens nothing, in a sentence. */
  wrong: string | null;
  answer: JoinAnswer | null;
};

/** The way into a workshop: the digits first, unless a link brought somebody, then their name and whom they are with. */
export function JoinPage({ door, wrong, answer }: JoinPageProps) {
  // An answer that came without a connection knows of no door; the one that was open before stays.
  const [opened, setOpened] = useState(answer?.door ?? null);
  useEffect(() => {
    if (answer?.door) setOpened(answer.door);
    else if (answer?.errors.code) setOpened(null);
  }, [answer]);
  const found = door ?? answer?.door ?? (answer?.errors.code ? null : opened);
  return found ? (
    <WhoForm door={found} byLink={door !== null} answer={answer} />
  ) : (
    <CodeForm wrong={wrong} answer={answer} />
  );
}

function CodeForm({ wrong, answer }: { wrong: string | null; answer: JoinAnswer | null }) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  const errors = answer?.errors ?? NOTHING_WRONG;
  useFocusFirstError(form, errors);
  return (
    <AccountCard
      title="Join a workshop"
      lead="Type the six digits that the screen shows. You need no account."
      error={errors.form}
      below={<SignedInInstead />}
    >
      {wrong && <Notice icon={CircleAlert}>{wrong}</Notice>}
      <Form ref={form} method="post" action={paths.join()} noValidate className={account.form}>
        <Field label="Six digits" error={errors.code}>
          <TextInput
            name="code"
            required
            inputMode="numeric"
            autoCapitalize="off"
            spellCheck={false}
            dir="ltr"
            maxLength={20}
            defaultValue={answer?.values.code}
            autoFocus
            className={styles.digits}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" loading={busy} className={account.submit}>
          Go on
        </Button>
      </Form>
    </AccountCard>
  );
}

const NOTHING_WRONG: Record<string, string> = {};

function WhoForm({ door, byLink, answer }: { door: DoorView; byLink: boolean; answer: JoinAnswer | null }) {
  const form = useRef<HTMLFormElement>(null);
  const me = useMe();
  const { code: typed, ...written } = answer?.values ?? {};
  const [code] = useState(typed);
  const busy = useNavigation().formMethod === "POST";
  const errors = answer?.errors ?? NOTHING_WRONG;
  useFocusFirstError(form, errors);
  return (
    <AccountCard
      title="Who are you?"
      lead={
        <>
          <bdi>{door.title}</bdi>. You need no account: the facilitator, or your party’s host, lets you in.
        </>
      }
      error={errors.form}
      below={me ? null : <SignedInInstead />}
    >
      <Form ref={form} method="post" noValidate className={account.form}>
        {!byLink && <input type="hidden" name="code" value={typed ?? code ?? ""} />}
        <Field label="Your name" hint="As everybody in the room will see it." error={errors.name}>
          <TextInput
            name="name"
            required
            maxLength={LIMITS.participantName}
            autoComplete="name"
            defaultValue={written.name ?? me?.name}
            autoFocus
          />
        </Field>
        <fieldset className={account.sides}>
          <legend>Whom are you with?</legend>
          <div className={styles.parties}>
            {door.parties.map(({ partyId, name, kind }) => (
              <label key={partyId} className={account.choice}>
                <input
                  type="radio"
                  name="partyId"
                  value={partyId}
                  defaultChecked={partyId === written.partyId}
                  aria-invalid={errors.partyId ? true : undefined}
                />
                <PartyMark kind={kind} />
                <bdi className={styles.party}>{name}</bdi>
              </label>
            ))}
          </div>
          {errors.partyId && <FieldError>{errors.partyId}</FieldError>}
        </fieldset>
        <Field
          label="E-mail, if you want the minutes (optional)"
          hint="Used for that alone, and deleted once they are sent."
          error={errors.email}
        >
          <TextInput
            name="email"
            type="email"
            inputMode="email"
            autoComplete="email"
            dir="ltr"
            maxLength={LIMITS.email}
            defaultValue={written.email}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" loading={busy} className={account.submit}>
          Ask to come in
        </Button>
      </Form>
    </AccountCard>
  );
}

function SignedInInstead() {
  const me = useMe();
  const { pathname } = useLocation();
  if (me)
    return (
      <>
        Signed in as <bdi>{me.name}</bdi>. If you have access to the matrix, you come in as yourself.
      </>
    );
  return (
    <>
      Do you have an account? <Link to={paths.signIn(pathname)}>Sign in</Link> to come in as yourself.
    </>
  );
}
