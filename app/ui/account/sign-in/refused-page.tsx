import { paths } from "~/paths";
import { ButtonLink } from "../../primitives/button";
import { AccountCard } from "../account-card";
import styles from "../account.module.css";

type RefusedPageProps = { directory: { id: string; label: string } | null; reason: string; next: string };

const LATE = "The sign-in took too long, or it began in another browser. Begin again.";

const REASONS: Record<string, (label: string) => string> = {
  email_not_found: (label) =>
    `${label} told no e-mail address for you. Ask whoever looks after it to release your address to Demarc.`,
  email_not_verified: (label) =>
    `${label} doesn't say that your e-mail address is verified. Have it verified there, or sign in another way.`,
  domain_not_allowed: (label) =>
    `Addresses of your e-mail domain don't sign in with ${label} here. Sign in another way, or ask whoever runs this Demarc.`,
  no_account: (label) =>
    `There is no account here for the address ${label} gave. Ask somebody of your side to invite you, then open the invitation and choose ${label} there.`,
  signup_disabled: (label) =>
    `There is no account here for the address ${label} gave. Ask somebody of your side to invite you, then open the invitation and choose ${label} there.`,
  linked_elsewhere: (label) =>
    `The address ${label} gave belongs to an account of somebody else there. Nobody was signed in. Ask whoever runs this Demarc.`,
  account_not_linked: () => "The account with this address hasn't confirmed it yet. Sign in another way first.",
  access_denied: (label) => `You stopped at ${label}, or it didn't let you through.`,
  state_mismatch: () => LATE,
  state_not_found: () => LATE,
  state_invalid: () => LATE,
};

/** Says in a sentence why a directory signed nobody in, and how to go on. */
export function RefusedPage({ directory, reason, next }: RefusedPageProps) {
  const label = directory?.label ?? "The directory";
  const sentence = Object.hasOwn(REASONS, reason) ? REASONS[reason]?.(label) : undefined;
  return (
    <AccountCard
      title="You are not signed in"
      lead={sentence ?? `${label} doesn't answer as it should. Try again in a moment, or sign in another way.`}
      below="Nothing was changed."
    >
      <div className={styles.form}>
        {directory && (
          <ButtonLink
            to={paths.signInDirectory(directory.id, next)}
            reloadDocument
            variant="primary"
            size="lg"
            className={styles.submit}
          >
            Try again
          </ButtonLink>
        )}
        <ButtonLink to={paths.signIn(next)} size="lg" className={styles.submit}>
          Sign in another way
        </ButtonLink>
      </div>
    </AccountCard>
  );
}
