import type { SessionRow } from "~/services/account/sessions.server";
import { Button } from "../primitives/button";
import { CircleAlert } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form } from "../primitives/router";
import { Time } from "../primitives/time";
import styles from "./account-page.module.css";
import { Section } from "./section";

const METHODS: Record<SessionRow["method"], string> = {
  password: "by password",
  "second-factor": "by password and code",
  link: "by a link",
  directory: "by directory",
};

/** The sessions of the account; an unknown one can be ended. */
export function SessionsSection({ sessions, error }: { sessions: SessionRow[]; error?: string }) {
  return (
    <Section
      id="sessions"
      title="Sessions"
      lead="Where you are signed in. End what you don't know, then change your password."
    >
      {error && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {error}
        </Notice>
      )}
      <ul className={styles.rows}>
        {sessions.map(({ id, device, address, since, method, here }) => (
          <li key={id} className={styles.row}>
            <div>
              <p>
                <b>{device}</b>
                {here && <span className={styles.here}>this one</span>}
              </p>
              <p className={styles.quiet}>
                {address && `${address}, `}
                {METHODS[method]}, since <Time iso={since} withTime />
              </p>
            </div>
            {!here && (
              <Form method="post" reloadDocument>
                <input type="hidden" name="intent" value="session" />
                <Button type="submit" size="sm" name="session" value={id} aria-label={`End ${device}, ${address}`}>
                  End
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Form method="post" reloadDocument>
          <Button type="submit" name="intent" value="others" className={styles.act}>
            End all others
          </Button>
        </Form>
      )}
    </Section>
  );
}
