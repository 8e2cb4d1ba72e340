import { useRef } from "react";
import type { FormTrouble } from "~/domain/errors";
import { paths, ORGANISATION_PARTS, type OrganisationPart, type OrganisationQuery } from "~/paths";
import type { OrganisationView } from "~/services/organisation/organisations.server";
import { CopyLink } from "../access/copy-link";
import { Button } from "../primitives/button";
import { Field, TextInput } from "../primitives/form/field";
import { CircleAlert, CircleCheck } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, Link } from "../primitives/router";
import { useFocusFirstError } from "../primitives/form/use-focus-first-error";
import { AppShell } from "../shell/app-shell";
import { ClientsPart } from "./clients-part";
import styles from "./organisation-page.module.css";
import type { Done } from "./organisation-types";
import { PeoplePart } from "./people-part";
import { PresetsPart } from "./presets-part";

type PageProps = { organisation: OrganisationView; query: OrganisationQuery; done: Done | null; trouble: FormTrouble };

const TITLES: Record<OrganisationPart, string> = { clients: "Clients", people: "People", presets: "Presets" };

/** A provider's organisation: its clients and who sees which, its people, and its presets. */
export function OrganisationPage({ organisation, query, done, trouble }: PageProps) {
  const { name, permission, abilities, counts, bringsIn, part } = organisation;
  const page = useRef<HTMLDivElement>(null);
  useFocusFirstError(page, trouble.errors);
  return (
    <AppShell crumb="Organisation">
      <div ref={page} className={styles.page}>
        <header className={styles.head}>
          <h1>
            <bdi>{name}</bdi>
          </h1>
          <p>
            {permission === "owner"
              ? "You are an owner: you look after its people, its presets, and who sees which client."
              : "You are a member: you see the clients you have access to. Owners look after the rest."}
          </p>
          {abilities.includes("name") && <Rename name={name} trouble={trouble} />}
        </header>
        <nav aria-label="Parts of the organisation" className={styles.parts}>
          {ORGANISATION_PARTS.map((show) => (
            <Link key={show} to={paths.organisation({ show })} aria-current={part.show === show ? "page" : undefined}>
              {TITLES[show]} <span>{counts[show]}</span>
            </Link>
          ))}
        </nav>
        <div aria-live="polite" className={styles.said}>
          {done && (
            <Notice icon={CircleCheck}>
              <p>{done.said}</p>
              {done.link && (
                <CopyLink
                  link={done.link}
                  words="No mail is sent from here. Hand this link to them yourself; it works once, for their address alone."
                />
              )}
            </Notice>
          )}
        </div>
        {trouble.errors.form && (
          <Notice icon={CircleAlert} tone="alert" formError>
            {trouble.errors.form}
          </Notice>
        )}
        {part.show === "clients" && bringsIn > 0 && <BringIn count={bringsIn} />}
        {part.show === "clients" && <ClientsPart view={part} abilities={abilities} />}
        {part.show === "people" && <PeoplePart view={part} abilities={abilities} trouble={trouble} />}
        {part.show === "presets" && (
          <PresetsPart
            view={part}
            abilities={abilities}
            editing={done?.intent === "edit-preset" ? null : (query.preset ?? null)}
            dropping={query.drop ?? null}
            trouble={trouble}
          />
        )}
      </div>
    </AppShell>
  );
}

function Rename({ name, trouble: { values, errors } }: { name: string; trouble: FormTrouble }) {
  const wrong = values.intent === "rename";
  return (
    // The name as key closes the form once it was renamed.
    <details key={name} className={styles.rename} open={wrong || undefined}>
      <summary>Rename it</summary>
      <Form method="post" noValidate className={styles.oneLine}>
        <input type="hidden" name="intent" value="rename" />
        <Field
          label="Name of the organisation"
          hint="Matrices keep the name that the provider has there."
          error={wrong ? errors.name : null}
        >
          <TextInput name="name" required defaultValue={wrong ? values.name : name} autoComplete="organization" />
        </Field>
        <Button type="submit">Rename</Button>
      </Form>
    </details>
  );
}

function BringIn({ count }: { count: number }) {
  return (
    <section className={styles.rule} aria-label="Engagements outside the organisation">
      <p>
        {count === 1
          ? "One engagement, whose provider’s side you own, is not a client of the organisation yet."
          : `${count} engagements, whose provider’s side you own, are not clients of the organisation yet.`}
      </p>
      <Form method="post" action={paths.organisation()}>
        <Button type="submit" size="sm" name="intent" value="bring-in">
          {count === 1 ? "Bring it in" : "Bring them in"}
        </Button>
      </Form>
    </section>
  );
}
