import type { ReactNode } from "react";
import type { FormTrouble } from "~/domain/errors";
import { paths } from "~/paths";
import type { OwnAccount } from "~/services/account/own-account.server";
import { ButtonLink } from "../primitives/button";
import { CircleCheck } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Link } from "../primitives/router";
import { Time } from "../primitives/time";
import { AppShell } from "../shell/app-shell";
import styles from "./account-page.module.css";
import { DataSection } from "./data-section";
import { EmailSection, NameSection, PasswordSection } from "./profile-sections";
import { Section } from "./section";
import { SessionsSection } from "./sessions-section";

type AccountPageProps = FormTrouble & { account: OwnAccount; done: string | null };

/** The account page: name, e-mail, ways to sign in, sessions, and the stored data. */
export function AccountPage({ account, done, values, errors }: AccountPageProps) {
  // After a refused form, the address still names the action before it, so that one is not announced again.
  const said = done === null || Object.keys(errors).length > 0 ? undefined : DONE[done]?.(account);
  const of = (intent: string) => (values.intent === intent ? { values, errors } : { values: {}, errors: {} });
  return (
    <AppShell crumb="Your account">
      <div className={styles.page}>
        <h1>Your account</h1>
        <div aria-live="polite">{said && <Notice icon={CircleCheck}>{said}</Notice>}</div>
        <NameSection name={account.name} {...of("name")} />
        <EmailSection account={account} {...of("email-asked")} />
        <PasswordSection account={account} {...of("password")} />
        <SecondFactorSection {...account} />
        <SessionsSection sessions={account.sessions} error={of("session").errors.form} />
        <DataSection account={account} handOver={of("handed-over")} remove={of("deleted")} />
      </div>
    </AppShell>
  );
}

const DONE: Record<string, (account: OwnAccount) => ReactNode> = {
  name: () => "Your name is changed. What you did before keeps the name it had.",
  "email-asked": ({ mailIsSent }) =>
    mailIsSent
      ? "A mail is on its way to the new address. It counts once you have opened the link in it."
      : "A message for the new address is kept on the server. No mail is sent from here: ask whoever runs this Demarc for it.",
  email: () => "Your new address is confirmed.",
  "email-confirmed": (account) => <Confirmed {...account} />,
  password: () => "Your password is set, and every other session has ended.",
  "second-factor-off": () => "The second factor is off. The password alone signs you in now.",
  session: () => "The session has ended.",
  others: () => "Every other session has ended.",
  "handed-over": () => "The installation is handed over.",
};

/** Shown to whoever first confirmed the address by a link: somebody else may have made the account before. */
function Confirmed({ passwordSince, mailIsSent }: Pick<OwnAccount, "passwordSince" | "mailIsSent">) {
  return (
    <>
      <p>
        Your address is confirmed: {mailIsSent ? "the link we sent there" : "the link that was made for it"} signed you
        in.
      </p>
      {passwordSince && (
        <p>
          This account has had a password since <Time iso={passwordSince} withTime />, and it still signs in. If you
          didn't set it, <Link to={paths.forgotPassword()}>choose a new one</Link>: that ends every session. Where the
          account is signed in is listed below.
        </p>
      )}
    </>
  );
}

function SecondFactorSection({ twoFactor, hasPassword }: { twoFactor: boolean; hasPassword: boolean }) {
  return (
    <Section
      id="second-factor"
      title="Second factor"
      lead={
        twoFactor
          ? "On. After your password we ask for a code of your authenticator app."
          : hasPassword
            ? "Off. With it, your password alone opens nothing."
            : "Your directory looks after it. With a password of your own you can add one here."
      }
    >
      {hasPassword && (
        <ButtonLink to={paths.twoFactor()} size="md" className={styles.act}>
          {twoFactor ? "Recovery codes, or turn it off" : "Set up a second factor"}
        </ButtonLink>
      )}
    </Section>
  );
}
