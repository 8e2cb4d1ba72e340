import { useEffect, useRef, useState } from "react";
import type { LinkRow } from "~/services/access/links.server";
import { PasswordField } from "../account/password-field";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, Select, TextInput } from "../primitives/form/field";
import { Eye, Icon, Plus } from "../primitives/icon";
import { Form, useNavigation } from "../primitives/router";
import { Time } from "../primitives/time";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import styles from "./access-page.module.css";

/** Links that show this matrix, or a version of it, to people without an account. */
export function LinksPanel({
  links,
  versions,
  errors,
}: {
  links: LinkRow[];
  versions: number[];
  errors: Record<string, string>;
}) {
  const [making, setMaking] = useState(false);
  return (
    <section className={styles.panel} aria-label={`Read-only links, ${links.length}`}>
      <header className={styles.panelHead}>
        <Icon of={Eye} />
        <h2>Read-only links</h2>
        <span className={styles.count}>{links.length}</span>
        <span className={styles.grow} />
        <Button size="sm" icon={<Icon of={Plus} size={14} />} onClick={() => setMaking(true)}>
          Make a link
        </Button>
      </header>
      {links.length === 0 && (
        <p className={styles.nobody}>
          None. A link shows this matrix to people without an account, until a day you choose.
        </p>
      )}
      <ul>
        {links.map((link) => (
          <LinkItem key={link.id} link={link} />
        ))}
      </ul>
      {making && <MakeLink versions={versions} errors={errors} onClose={() => setMaking(false)} />}
    </section>
  );
}

function LinkItem({ link }: { link: LinkRow }) {
  const facts = [
    link.shows === null ? "the draft" : `version ${link.shows}`,
    ...(link.password ? ["with a password"] : []),
    ...(link.contacts ? ["with contacts"] : []),
  ].join(", ");
  return (
    <li className={styles.linkRow}>
      <div className={styles.who}>
        <p>
          <b>
            <bdi translate="yes">{link.label}</bdi>
          </b>
        </p>
        <p className={styles.quiet}>
          Shows {facts}. By <bdi>{link.madeBy}</bdi>, {link.expired ? "ended" : "until"} <Time iso={link.expiresAt} />.{" "}
          {link.openedAt ? (
            <>
              Opened {link.opened === 1 ? "once" : `${link.opened} times`}, last <Time iso={link.openedAt} />
            </>
          ) : (
            "Not opened yet"
          )}
          .
        </p>
      </div>
      <Form method="post">
        <input type="hidden" name="linkId" value={link.id} />
        <Button
          type="submit"
          size="sm"
          variant="ghost"
          name="intent"
          value="end-link"
          aria-label={`End the link for ${link.label}`}
        >
          End it
        </Button>
      </Form>
    </li>
  );
}

function MakeLink({
  versions,
  errors,
  onClose,
}: {
  versions: number[];
  errors: Record<string, string>;
  onClose: () => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const navigation = useNavigation();
  const busy = navigation.formData?.get("intent") === "link";
  const [sent, setSent] = useState(false);
  const visibleErrors = sent && !busy ? errors : {};
  useFocusFirstError(form, visibleErrors);
  useEffect(() => {
    if (busy) setSent(true);
    else if (sent && navigation.state === "idle" && Object.keys(errors).length === 0) onClose();
  }, [busy, sent, navigation.state, errors, onClose]);
  return (
    <Dialog open size="sm" title="Make a read-only link" onClose={onClose}>
      <Form ref={form} method="post" noValidate className={styles.linkForm}>
        <input type="hidden" name="intent" value="link" />
        <Field label="Who it is for" error={visibleErrors.label}>
          <TextInput name="label" required autoFocus placeholder="Audit committee" />
        </Field>
        <div className={styles.pair}>
          <Field label="Shows">
            <Select name="shows" defaultValue={versions[0] === undefined ? "draft" : String(versions[0])}>
              {versions.map((number) => (
                <option key={number} value={number}>
                  Version {number}
                </option>
              ))}
              <option value="draft">The draft as it stands</option>
            </Select>
          </Field>
          <Field label="For">
            <Select name="days" defaultValue="30">
              <option value="1">1 day</option>
              <option value="7">7 days</option>
              <option value="30">30 days</option>
              <option value="90">90 days</option>
            </Select>
          </Field>
        </div>
        <PasswordField
          kind="new-password"
          label="Password (optional)"
          hint="Tell it to them in another way than the link."
          error={visibleErrors.linkPassword}
          required={false}
        />
        <label className={styles.check}>
          <input type="checkbox" name="contacts" /> Show how to reach people
        </label>
        <Button type="submit" variant="primary" loading={busy}>
          Make the link
        </Button>
      </Form>
    </Dialog>
  );
}
