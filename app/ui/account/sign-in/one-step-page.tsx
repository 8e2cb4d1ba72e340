import { Button } from "../../primitives/button";
import { Form, Link, useNavigation } from "../../primitives/router";
import { AccountCard } from "../account-card";
import styles from "../account.module.css";

type OneStepPageProps = {
  title: string;
  lead: string;
  step: string;
  token: string;
  errors: Record<string, string>;
  other: { to: string; label: string };
};

/** The page behind the link of a mail. A button carries out the action, because merely opening the address must not. */
export function OneStepPage({ title, lead, step, token, errors, other }: OneStepPageProps) {
  const busy = useNavigation().formMethod === "POST";
  return (
    <AccountCard title={title} lead={errors.form ? undefined : lead} error={errors.form}>
      {!errors.form && (
        <Form method="post" reloadDocument className={styles.form}>
          <input type="hidden" name="token" value={token} />
          <Button type="submit" variant="primary" size="lg" loading={busy} autoFocus className={styles.submit}>
            {step}
          </Button>
        </Form>
      )}
      <p className={styles.ways}>
        <Link to={other.to}>{other.label}</Link>
      </p>
    </AccountCard>
  );
}
