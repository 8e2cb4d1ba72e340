import { useRef } from "react";
import type { FormTrouble } from "~/domain/errors";
import { paths } from "~/paths";
import type { DirectoryChoice } from "~/services/account/directories.server";
import type { InvitationTo, InvitationView } from "~/services/access/invitations.server";
import { PERMISSION_WORDS } from "../../access/permission-words";
import { PartyMark } from "../../marks/party-mark";
import { STANDING_WORDS } from "../../organisation/standing-words";
import { Button, ButtonLink } from "../../primitives/button";
import { Field, TextInput } from "../../primitives/form/field";
import { Form, useNavigation } from "../../primitives/router";
import { Time } from "../../primitives/time";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";
import { AccountCard } from "../account-card";
import styles from "../account.module.css";
import { DirectoryLinks } from "./directory-links";
import { PasswordField } from "../password-field";

type InvitationPageProps = FormTrouble & {
  invitation: InvitationView;
  directories: DirectoryChoice[];
  here: string;
  me: { email: string } | null;
};

/**
 * What an invitation gives access to, and how to accept it: with the account that is signed in, by signing in, or with
 * a new account.
 */
export function InvitationPage({ invitation, directories, here, me, values, errors }: InvitationPageProps) {
  const { to, email, invitedBy, expiresAt } = invitation;
  const title = to.kind === "side" ? `${to.clientName} and ${to.providerName}` : to.name;
  const lead =
    to.kind === "side"
      ? `${invitedBy} invites you to where both sides agree who owns what.`
      : `${invitedBy} invites you to the organisation that looks after its clients here.`;
  return (
    <AccountCard title={title} error={errors.form} lead={lead}>
      <dl className={styles.facts}>
        <dt>For</dt>
        <dd>{email}</dd>
        <Offer to={to} />
        <dt>Until</dt>
        <dd>
          <Time iso={expiresAt} />
        </dd>
      </dl>
      <Ways invitation={invitation} directories={directories} here={here} me={me} values={values} errors={errors} />
    </AccountCard>
  );
}

function Offer({ to }: { to: InvitationTo }) {
  if (to.kind === "organisation") {
    return (
      <>
        <dt>As</dt>
        <dd>
          {STANDING_WORDS[to.permission].name}: {STANDING_WORDS[to.permission].meaning}
        </dd>
      </>
    );
  }
  const sideName = to.side === "client" ? to.clientName : to.side === "provider" ? to.providerName : "a third party";
  return (
    <>
      <dt>Side</dt>
      <dd>
        <PartyMark kind={to.side} /> <bdi>{sideName}</bdi>
      </dd>
      <dt>Access</dt>
      <dd>
        {PERMISSION_WORDS[to.permission].name}: {PERMISSION_WORDS[to.permission].meaning}
      </dd>
    </>
  );
}

function Ways({ invitation: { to, email, hasAccount }, directories, here, me, values, errors }: InvitationPageProps) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  useFocusFirstError(form, errors);
  if (me && me.email !== email) {
    return (
      <Form method="post" action={paths.signOut()} reloadDocument className={styles.form}>
        <p>You are signed in as {me.email}. This invitation is for another address.</p>
        <input type="hidden" name="next" value={here} />
        <Button type="submit" size="lg" className={styles.submit}>
          Sign out and go on
        </Button>
      </Form>
    );
  }
  if (me) {
    return (
      <Form method="post" reloadDocument className={styles.form}>
        <Button
          type="submit"
          name="intent"
          value="accept"
          variant="primary"
          size="lg"
          className={styles.submit}
          loading={busy}
        >
          Accept
        </Button>
      </Form>
    );
  }
  if (hasAccount) {
    return (
      <ButtonLink to={paths.signIn(here)} variant="primary" size="lg" className={styles.submit}>
        Sign in to accept
      </ButtonLink>
    );
  }
  return (
    <>
      <DirectoryLinks directories={directories} next={here} words={(label) => `Go on with ${label}`} />
      <Form ref={form} method="post" reloadDocument noValidate className={styles.form}>
        <input type="email" name="email" value={email} readOnly hidden autoComplete="username" />
        <Field
          label="Your name"
          hint={to.kind === "side" ? "As the other side should read it." : "As your clients should read it."}
          error={errors.name}
        >
          <TextInput name="name" required defaultValue={values.name} autoComplete="name" autoFocus />
        </Field>
        <PasswordField kind="new-password" error={errors.password} />
        <Button
          type="submit"
          name="intent"
          value="open"
          variant="primary"
          size="lg"
          className={styles.submit}
          loading={busy}
        >
          Create the account and accept
        </Button>
      </Form>
    </>
  );
}
