import { PERMISSIONS } from "~/domain/engagement/permissions";
import { paths, type OrganisationQuery } from "~/paths";
import type { AccessChoice, ClientRow } from "~/services/organisation/organisation-clients.server";
import { PERMISSION_WORDS } from "../access/permission-words";
import { Avatar } from "../marks/avatar";
import { Button } from "../primitives/button";
import { Field, Select } from "../primitives/form/field";
import { Form } from "../primitives/router";
import { Opened } from "./opened";
import styles from "./organisation-page.module.css";

type AccessProps = { client: ClientRow; people: readonly AccessChoice[]; here: OrganisationQuery; opener: string };

/** The organisation's people with their access to one client, which can be granted, changed or removed. */
export function ClientAccess({ client: { engagementId, name }, people, here, opener }: AccessProps) {
  return (
    <Opened
      title={
        <>
          Who of your people sees <bdi>{name}</bdi>
        </>
      }
      opener={opener}
      closeTo={paths.organisation(here)}
    >
      <p className={styles.quiet}>On the provider’s side. The client sees in the record who was let in, and by whom.</p>
      <ul className={styles.choices}>
        {people.map((person) => (
          <Choice
            key={person.userId}
            engagementId={engagementId}
            person={person}
            action={paths.organisation({ ...here, client: engagementId })}
          />
        ))}
      </ul>
    </Opened>
  );
}

function Choice({
  engagementId,
  person: { userId, name, permission, elsewhere },
  action,
}: {
  engagementId: string;
  person: AccessChoice;
  action: string;
}) {
  return (
    <li className={styles.choice}>
      <Avatar name={name} kind="provider" size="sm" />
      <bdi>{name}</bdi>
      {elsewhere ? (
        <span className={styles.quiet}>On another side there</span>
      ) : (
        <Form method="post" action={action} preventScrollReset className={styles.choiceForm}>
          <input type="hidden" name="intent" value="access" />
          <input type="hidden" name="engagementId" value={engagementId} />
          <input type="hidden" name="userId" value={userId} />
          <Field label={`Access of ${name}`} hideLabel>
            <Select name="permission" key={permission} defaultValue={permission ?? "none"}>
              <option value="none">No access</option>
              {PERMISSIONS.map((one) => (
                <option key={one} value={one}>
                  {PERMISSION_WORDS[one].name}
                </option>
              ))}
            </Select>
          </Field>
          <Button type="submit" aria-label={`Save access of ${name}`}>
            Save
          </Button>
        </Form>
      )}
    </li>
  );
}
