import { Fragment } from "react";
import type { OrganisationAbility } from "~/domain/engagement/organisation";
import { paths, type OrganisationQuery } from "~/paths";
import type { ClientMember, ClientRow, ClientsView } from "~/services/organisation/organisation-clients.server";
import { PERMISSION_WORDS } from "../access/permission-words";
import { Button, ButtonLink } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { Field, TextInput } from "../primitives/form/field";
import { Icon, Plus } from "../primitives/icon";
import { Form, Link } from "../primitives/router";
import { ClientAccess } from "./client-access";
import styles from "./organisation-page.module.css";

type PartProps = { view: ClientsView; abilities: readonly OrganisationAbility[] };

/** The organisation's clients and who sees each, a page at a time. */
export function ClientsPart({ view, abilities }: PartProps) {
  const { clients, q, page, open } = view;
  const manages = abilities.includes("clients");
  const here: OrganisationQuery = { q: q || undefined, page };
  if (clients.length === 0 && q === "") {
    return (
      <Empty
        title="No clients yet"
        action={
          <ButtonLink to={paths.newEngagement()} variant="primary" icon={<Icon of={Plus} size={14} />}>
            New engagement
          </ButtonLink>
        }
      >
        {manages
          ? "An engagement that you or your people begin on the provider’s side is listed here."
          : "An owner of the organisation gives you access to a client, or begin an engagement yourself."}
      </Empty>
    );
  }
  return (
    <section className={styles.panel} aria-label="Clients">
      <header className={styles.toolbar}>
        <Form method="get" action={paths.organisation()} role="search" className={styles.filter}>
          <Field label="Filter clients by name" hideLabel>
            <TextInput key={q} type="search" name="q" defaultValue={q} placeholder="Filter clients by name" />
          </Field>
          <Button type="submit">Filter</Button>
        </Form>
        <ButtonLink to={paths.newEngagement()} icon={<Icon of={Plus} size={14} />}>
          New engagement
        </ButtonLink>
      </header>
      {clients.length === 0 ? (
        <p className={styles.nobody}>
          No client matches “<bdi>{q}</bdi>”. <Link to={paths.organisation()}>Show all clients</Link>
        </p>
      ) : (
        <table className={styles.table}>
          <caption className="vh">Clients and who sees each</caption>
          <thead>
            <tr>
              <th scope="col">Client</th>
              <th scope="col">Who sees it</th>
              {manages && (
                <th scope="col">
                  <span className="vh">Change</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {clients.map((client) => (
              <Fragment key={client.engagementId}>
                <Client
                  client={client}
                  manages={manages}
                  here={here}
                  open={open?.engagementId === client.engagementId}
                />
                {open?.engagementId === client.engagementId && (
                  <tr className={styles.openRow}>
                    <td colSpan={3}>
                      <ClientAccess client={client} people={open.people} here={here} opener={openerOf(client)} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
      <Pages view={view} />
    </section>
  );
}

const openerOf = ({ engagementId }: ClientRow) => `access-${engagementId}`;

function Client({
  client,
  manages,
  here,
  open,
}: {
  client: ClientRow;
  manages: boolean;
  here: OrganisationQuery;
  open: boolean;
}) {
  const { engagementId, name, matrixId, members } = client;
  return (
    <tr>
      <th scope="row">
        {matrixId ? (
          <Link to={paths.board(matrixId)}>
            <bdi>{name}</bdi>
          </Link>
        ) : (
          <bdi>{name}</bdi>
        )}
      </th>
      <td>{members.length === 0 ? <span className={styles.quiet}>Nobody</span> : <Members members={members} />}</td>
      {manages && (
        <td className={styles.act}>
          <ButtonLink
            id={openerOf(client)}
            size="sm"
            variant={open ? "default" : "ghost"}
            to={paths.organisation({ ...here, client: open ? undefined : engagementId })}
            preventScrollReset
            aria-label={`${open ? "Close access of" : "Change who sees"} ${name}`}
          >
            {open ? "Close" : "Change"}
          </ButtonLink>
        </td>
      )}
    </tr>
  );
}

/** Further names are only counted. */
const MOST_LISTED = 8;

function Members({ members }: { members: readonly ClientMember[] }) {
  const more = members.length - MOST_LISTED;
  return (
    <ul className={styles.members}>
      {members.slice(0, MOST_LISTED).map(({ userId, name, permission, outside }) => (
        <li key={userId}>
          <bdi>{name}</bdi>{" "}
          <span>
            {PERMISSION_WORDS[permission].name}
            {outside && ", outside the organisation"}
          </span>
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
}

function Pages({ view: { q, page, pages, found } }: { view: ClientsView }) {
  if (found === 0) return null;
  const to = (next: number) => paths.organisation({ q: q || undefined, page: next });
  return (
    <footer className={styles.pages}>
      <p>
        {found} {found === 1 ? "client" : "clients"}
        {q && ` matching “${q}”`}
        {pages > 1 && `, page ${page} of ${pages}`}
      </p>
      {pages > 1 && (
        <nav aria-label="Pages of clients">
          {page > 1 && <Link to={to(page - 1)}>Previous page</Link>}
          {page < pages && <Link to={to(page + 1)}>Next page</Link>}
        </nav>
      )}
    </footer>
  );
}
