import { useEffect, useRef, useState } from "react";
import type { Permission } from "~/domain/engagement/permissions";
import type { InvitationRow, MemberRow, SideView } from "~/services/access/members.server";
import { PartyMark } from "../marks/party-mark";
import { Avatar } from "../marks/avatar";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, Select, TextInput } from "../primitives/form/field";
import { Ellipsis, Icon, Plus } from "../primitives/icon";
import { Menu } from "../primitives/overlays/menu";
import type { MenuItem } from "../primitives/overlays/menu-item";
import { Form, useNavigation, useSubmit } from "../primitives/router";
import { Time } from "../primitives/time";
import styles from "./access-page.module.css";
import { PERMISSION_WORDS } from "./permission-words";

type SidePanelProps = { side: SideView; errors: Record<string, string> };

/** One side: its members, its open invitations, and the form that invites. */
export function SidePanel({ side, errors }: SidePanelProps) {
  const count = side.members.length;
  return (
    <section className={styles.panel} aria-label={`${side.name}, ${count} ${count === 1 ? "person" : "people"}`}>
      <header className={styles.panelHead}>
        <PartyMark kind={side.side} />
        <h2>
          <bdi>{side.name}</bdi>
        </h2>
        <span className={styles.count}>{count}</span>
      </header>
      {count === 0 && side.invitations.length === 0 && (
        <p className={styles.nobody}>
          {side.invites.length > 0 ? "Nobody yet. Invite somebody below." : "Nobody yet."}
        </p>
      )}
      <ul>
        {side.members.map((member) => (
          <Member key={member.userId} member={member} side={side} />
        ))}
        {side.invitations.map((invitation) => (
          <Invitation key={invitation.id} invitation={invitation} />
        ))}
      </ul>
      {side.invites.length > 0 && <Invite side={side} error={errors.email} />}
    </section>
  );
}

type Asking = { title: string; words: string; act: string; fields: Record<string, string> };

function Member({ member, side }: { member: MemberRow; side: SideView }) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const submit = useSubmit();
  const send = (fields: Record<string, string>) => submit(fields, { method: "post" });
  const { userId, name, permission, you } = member;
  const items: MenuItem[] = [];
  if (side.manages && side.side !== "third-party") {
    for (const other of Object.keys(PERMISSION_WORDS).filter(
      (key): key is Permission => key in PERMISSION_WORDS && key !== permission,
    )) {
      items.push({
        key: other,
        label: `Make ${PERMISSION_WORDS[other].name.toLowerCase()}`,
        hint: PERMISSION_WORDS[other].meaning,
        onSelect: () => send({ intent: "change", userId, permission: other }),
      });
    }
    if (!you)
      items.push({
        key: "hand-over",
        label: "Hand over to them…",
        onSelect: () =>
          setAsking({
            title: `Hand over to ${name}`,
            words: `${name} becomes owner of your side and you become editor.`,
            act: "Hand over",
            fields: { intent: "hand-over", userId },
          }),
      });
  }
  if (side.manages && !you && side.side !== "third-party")
    items.push({
      key: "end-sessions",
      label: "Sign them out…",
      separated: true,
      onSelect: () =>
        setAsking({
          title: `Sign ${name} out`,
          words:
            "Every session of their account ends, in other engagements too. Nothing else changes: they can sign in again. The record keeps that it was you.",
          act: "Sign them out",
          fields: { intent: "end-sessions", userId },
        }),
    });
  if (side.manages && !you)
    items.push({
      key: "remove",
      label: "Take access away…",
      separated: side.side === "third-party" && items.length > 0,
      tone: "alert",
      onSelect: () =>
        setAsking({
          title: `Take ${name}'s access away`,
          words: "They can't open this engagement any more. What they did stays under their name.",
          act: "Take access away",
          fields: { intent: "remove", userId },
        }),
    });
  if (you)
    items.push({
      key: "leave",
      label: "Leave this engagement…",
      separated: items.length > 0,
      tone: "alert",
      onSelect: () =>
        setAsking({
          title: "Leave this engagement",
          words: "You can't open it any more, unless somebody of your side invites you again.",
          act: "Leave",
          fields: { intent: "leave" },
        }),
    });
  return (
    <li className={styles.row}>
      <Avatar name={name} kind={side.side} />
      <div className={styles.who}>
        <p>
          <b>
            <bdi>{name}</bdi>
          </b>
          {you && <span className={styles.you}>you</span>}
        </p>
        {member.email && <p className={styles.email}>{member.email}</p>}
      </div>
      <span className={styles.permission}>{PERMISSION_WORDS[permission].name}</span>
      {items.length > 0 ? (
        <Menu
          align="end"
          items={items}
          trigger={(props) => (
            <Button
              {...props}
              size="sm"
              variant="ghost"
              icon={<Icon of={Ellipsis} size={14} />}
              aria-label={`Change access of ${name}`}
            />
          )}
        />
      ) : (
        <span />
      )}
      {asking && (
        <Dialog
          open
          size="sm"
          title={asking.title}
          onClose={() => setAsking(null)}
          footer={
            <>
              <Button onClick={() => setAsking(null)}>Cancel</Button>
              <Button
                variant="primary"
                onClick={() => {
                  send(asking.fields);
                  setAsking(null);
                }}
              >
                {asking.act}
              </Button>
            </>
          }
        >
          <p>{asking.words}</p>
        </Dialog>
      )}
    </li>
  );
}

function Invitation({
  invitation: { id, email, permission, invitedBy, expiresAt, expired },
}: {
  invitation: InvitationRow;
}) {
  return (
    <li className={styles.row}>
      <span className={styles.waiting} aria-hidden="true" />
      <div className={styles.who}>
        <p className={styles.email}>{email}</p>
        <p className={styles.quiet}>
          Invited by <bdi>{invitedBy}</bdi>, {expired ? "ended" : "until"} <Time iso={expiresAt} />
        </p>
      </div>
      <span className={styles.permission}>{PERMISSION_WORDS[permission].name}</span>
      <Form method="post" className={styles.acts}>
        <input type="hidden" name="invitationId" value={id} />
        <Button type="submit" size="sm" name="intent" value="resend" aria-label={`New link for ${email}`}>
          New link
        </Button>
        <Button
          type="submit"
          size="sm"
          variant="ghost"
          name="intent"
          value="revoke"
          aria-label={`Take back the invitation for ${email}`}
        >
          Take back
        </Button>
      </Form>
    </li>
  );
}

function Invite({ side, error }: { side: SideView; error: string | undefined }) {
  const form = useRef<HTMLFormElement>(null);
  const navigation = useNavigation();
  const mine = navigation.formData?.get("side") === side.side;
  const [wasMine, setWasMine] = useState(false);
  useEffect(() => {
    if (mine) setWasMine(true);
    else if (wasMine && navigation.state === "idle") {
      setWasMine(false);
      if (!error) form.current?.reset();
    }
  }, [mine, wasMine, error, navigation.state]);
  const [only] = side.invites;
  return (
    <Form ref={form} method="post" noValidate className={styles.invite}>
      <input type="hidden" name="intent" value="invite" />
      <input type="hidden" name="side" value={side.side} />
      <Field label="Invite by e-mail" error={wasMine || mine ? null : error} className={styles.address}>
        <TextInput name="email" type="email" inputMode="email" dir="ltr" required placeholder="name@company.example" />
      </Field>
      {side.invites.length === 1 ? (
        <>
          <input type="hidden" name="permission" value={only} />
          <Button type="submit" icon={<Icon of={Plus} size={14} />} loading={mine}>
            {only === "owner" ? "Invite their first owner" : "Invite to read"}
          </Button>
        </>
      ) : (
        <>
          <Field label="Access">
            <Select name="permission" defaultValue="editor">
              {side.invites.map((permission) => (
                <option key={permission} value={permission}>
                  {PERMISSION_WORDS[permission].name}
                </option>
              ))}
            </Select>
          </Field>
          <Button type="submit" icon={<Icon of={Plus} size={14} />} loading={mine}>
            Invite
          </Button>
        </>
      )}
    </Form>
  );
}
