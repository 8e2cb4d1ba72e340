import { paths } from "~/paths";
import type { AccessView } from "~/services/access/members.server";
import { Button } from "../primitives/button";
import { CircleAlert, CircleCheck } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, Link } from "../primitives/router";
import styles from "./access-page.module.css";
import { CalendarsPanel } from "./calendars-panel";
import { CopyLink } from "./copy-link";
import { LinksPanel } from "./links-panel";
import { PERMISSION_WORDS } from "./permission-words";
import { SidePanel } from "./side-panel";

type AccessPageProps = AccessView & {
  matrixId: string;
  done: { said: string; link: string | null; mail: boolean } | null;
  errors: Record<string, string>;
};

/** Who has access to an engagement, one column a side. The owners of a side invite its people. */
export function AccessPage({
  matrixId,
  sides,
  mine,
  requireTwoFactor,
  canRequire,
  links,
  calendars,
  versions,
  done,
  errors,
}: AccessPageProps) {
  const { form, ...fields } = errors;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>Access</h1>
        <p>
          {links && (
            <>
              <Link to={paths.record(matrixId)}>The record</Link> keeps who was let in, by whom, and what they took
              away.{" "}
            </>
          )}
          You are {PERMISSION_WORDS[mine.permission].called} here. Each side lets its own people in; the first owner of
          the other side is the exception. Everybody sees who has access.
        </p>
      </header>
      <div aria-live="polite">
        {done && (
          <Notice icon={CircleCheck}>
            <p>{done.said}</p>
            {done.link && (
              <CopyLink
                link={done.link}
                words={
                  done.mail
                    ? "No mail is sent from here. Hand this link to them yourself; it works once, for their address alone."
                    : "Whoever has it reads what it shows. Copy it now."
                }
              />
            )}
          </Notice>
        )}
      </div>
      {form && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {form}
        </Notice>
      )}
      <div className={styles.sides}>
        {sides
          .filter(({ side }) => side !== "third-party")
          .map((side) => (
            <SidePanel key={side.side} side={side} errors={fields} />
          ))}
      </div>
      {sides
        .filter(
          ({ side, members, invites, invitations }) =>
            side === "third-party" && members.length + invites.length + invitations.length > 0,
        )
        .map((side) => (
          <SidePanel key={side.side} side={side} errors={fields} />
        ))}
      {links && <LinksPanel links={links} versions={versions} errors={fields} />}
      {calendars.length > 0 && <CalendarsPanel calendars={calendars} />}
      <SecondFactor required={requireTwoFactor} canChange={canRequire} />
      <dl className={styles.legend}>
        {Object.entries(PERMISSION_WORDS).map(([key, { name, meaning }]) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function SecondFactor({ required, canChange }: { required: boolean; canChange: boolean }) {
  return (
    <section className={styles.rule} aria-labelledby="second-factor">
      <div>
        <h2 id="second-factor">Second factor</h2>
        <p>
          {required
            ? "Everybody here signs in with a second factor, or through their company's directory."
            : "A password alone is enough here."}
        </p>
      </div>
      {canChange && (
        <Form method="post">
          <input type="hidden" name="intent" value="second-factor" />
          <Button type="submit" size="sm" name="required" value={required ? "off" : "on"}>
            {required ? "No longer ask for it" : "Ask everybody for it"}
          </Button>
        </Form>
      )}
    </section>
  );
}
