import { paths } from "~/paths";
import type { FactorSetUp } from "~/services/account/second-factor.server";
import { CircleAlert, CircleCheck } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { QrPicture } from "../primitives/qr-picture";
import { Link } from "../primitives/router";
import { AppShell } from "../shell/app-shell";
import styles from "./account-page.module.css";
import { CodeField } from "./code-field";
import { PasswordField } from "./password-field";
import { AccountForm } from "./profile-sections";
import { RecoveryCodes } from "./recovery-codes";
import { Section } from "./section";

type TwoFactorPageProps = {
  email: string;
  twoFactor: boolean;
  hasPassword: boolean;
  setUp: FactorSetUp | null;
  codes: string[] | null;
  intent: string;
  errors: Record<string, string>;
};

/** Setting up, renewing and turning off the second factor, one step at a time. */
export function TwoFactorPage({ email, twoFactor, hasPassword, setUp, codes, intent, errors }: TwoFactorPageProps) {
  const of = (asked: string) => (intent === asked ? errors : {});
  return (
    <AppShell crumb={<Link to={paths.account()}>Your account</Link>}>
      <div className={styles.page}>
        <h1>Second factor</h1>
        {errors.form && intent === "begin" && twoFactor && (
          <Notice icon={CircleAlert} tone="alert" formError>
            {errors.form}
          </Notice>
        )}
        {codes ? (
          <>
            {intent === "confirm" && (
              <Notice icon={CircleCheck}>The second factor is on, and every other session has ended.</Notice>
            )}
            <RecoveryCodes codes={codes} />
          </>
        ) : setUp && !twoFactor ? (
          <SetUpSection setUp={setUp} errors={of("confirm")} />
        ) : twoFactor ? (
          <Manage email={email} codesErrors={of("codes")} offErrors={of("off")} />
        ) : hasPassword ? (
          <Section
            id="begin"
            title="Set it up"
            lead="You need an authenticator app on your phone or in your password manager. After your password, we then ask for the code it shows."
          >
            <AccountForm intent="begin" step="Go on" email={email} errors={of("begin")} primary>
              <PasswordField
                label="Your password"
                name="current"
                kind="current-password"
                error={of("begin").current}
                autoFocus
              />
            </AccountForm>
          </Section>
        ) : (
          <Notice icon={CircleAlert}>
            Your directory looks after the second factor. With a password of your own, set under Your account, you can
            add one here.
          </Notice>
        )}
      </div>
    </AppShell>
  );
}

function SetUpSection({ setUp: { qr, secret }, errors }: { setUp: FactorSetUp; errors: Record<string, string> }) {
  return (
    <Section
      id="confirm"
      title="Add Demarc to your app"
      lead="Read the picture with the app, or type the key. Then type the code the app shows; only then does the second factor count."
    >
      <QrPicture qr={qr} label="QR code for an authenticator app; the key below says the same" className={styles.qr} />
      <p>
        Key to type: <code className={styles.secret}>{secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </p>
      <AccountForm intent="confirm" step="Turn it on" errors={errors} primary>
        <input type="hidden" name="secret" value={secret} />
        <CodeField error={errors.code} autoFocus />
      </AccountForm>
    </Section>
  );
}

function Manage({
  email,
  codesErrors,
  offErrors,
}: {
  email: string;
  codesErrors: Record<string, string>;
  offErrors: Record<string, string>;
}) {
  return (
    <>
      <Section
        id="codes"
        title="Recovery codes"
        lead="They sign you in without your phone, each once. New ones end those before."
      >
        <AccountForm intent="codes" step="Make new recovery codes" email={email} errors={codesErrors}>
          <PasswordField label="Your password" name="current" kind="current-password" error={codesErrors.current} />
          <CodeField either error={codesErrors.code} />
        </AccountForm>
      </Section>
      <Section
        id="off"
        title="Turn it off"
        lead="The password alone signs you in then. Engagements that ask for a second factor close to you."
      >
        <AccountForm intent="off" step="Turn the second factor off" email={email} errors={offErrors}>
          <PasswordField label="Your password" name="current" kind="current-password" error={offErrors.current} />
          <CodeField either error={offErrors.code} />
        </AccountForm>
      </Section>
    </>
  );
}
