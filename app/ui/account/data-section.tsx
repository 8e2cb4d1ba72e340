import { useState } from "react";
import type { FormTrouble } from "~/domain/errors";
import { paths } from "~/paths";
import type { OwnAccount } from "~/services/account/own-account.server";
import { Button, ButtonLink } from "../primitives/button";
import { Field, TextInput } from "../primitives/form/field";
import { Download, Icon } from "../primitives/icon";
import styles from "./account-page.module.css";
import { PasswordField } from "./password-field";
import { AccountForm } from "./profile-sections";
import { Section } from "./section";

type DataSectionProps = { account: OwnAccount; handOver: FormTrouble; remove: FormTrouble };

/** Downloads one's own data, or deletes the account. */
export function DataSection({ account, handOver, remove }: DataSectionProps) {
  const [asked, setAsked] = useState(false);
  const { email, hasPassword, ownsInstallation } = account;
  const open = asked || Object.keys(remove.errors).length > 0;
  return (
    <Section
      id="data"
      title="Your data"
      lead="Your profile, access, sessions and own entries of the record. Signatures and log entries stay under the name you had."
    >
      <ButtonLink to={paths.ownData()} reloadDocument icon={<Icon of={Download} />} className={styles.act}>
        Download as JSON
      </ButtonLink>
      {ownsInstallation ? (
        <AccountForm intent="handed-over" step="Hand over" email={email} errors={handOver.errors}>
          <p>This installation stands in your name, so your account stays until you hand it over.</p>
          <Field
            label="Hand it over to"
            hint="The address of somebody you share an engagement with."
            error={handOver.errors.heir}
          >
            <TextInput
              name="heir"
              type="email"
              required
              defaultValue={handOver.values.heir}
              autoComplete="off"
              inputMode="email"
              dir="ltr"
            />
          </Field>
          {hasPassword && (
            <PasswordField
              label="Your password"
              name="current"
              kind="current-password"
              error={handOver.errors.current}
            />
          )}
        </AccountForm>
      ) : open ? (
        <AccountForm intent="deleted" step="Delete the account for good" email={email} errors={remove.errors}>
          <p>Your access and your sessions end at once. This can't be undone.</p>
          {hasPassword && (
            <PasswordField
              label="Your password"
              name="current"
              kind="current-password"
              error={remove.errors.current}
              autoFocus
            />
          )}
        </AccountForm>
      ) : (
        <Button className={styles.act} onClick={() => setAsked(true)}>
          Delete the account…
        </Button>
      )}
    </Section>
  );
}
