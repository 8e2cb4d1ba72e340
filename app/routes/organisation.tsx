import { json, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { parseForm } from "~/http/parse.server";
import { formAnswer, forActor } from "~/http/respond.server";
import { ORGANISATION_PARTS, type OrganisationQuery } from "~/paths";
import {
  changeOrganisation,
  organisationFormSchema,
  viewOrganisation,
} from "~/services/organisation/organisations.server";
import { OrganisationPage } from "~/ui/organisation/organisation-page";
import { OrganisationSetUp } from "~/ui/organisation/organisation-set-up";

export const meta: MetaFunction = () => [{ title: "Organisation · Demarc" }];

export const loader = forActor(async ({ actor, request, now }) => {
  const query = queryIn(new URL(request.url).searchParams);
  return json({ query, organisation: await viewOrganisation(actor, query, now) });
});

export const action = forActor(async ({ actor, request, now }) => {
  const form = await parseForm(request, organisationFormSchema);
  return formAnswer(form, async () => json({ intent: form.intent, ...(await changeOrganisation(actor, form, now)) }));
});

function queryIn(params: URLSearchParams): OrganisationQuery {
  const text = (name: string) => params.get(name)?.slice(0, 200) || undefined;
  const page = Number(params.get("page"));
  return {
    show: ORGANISATION_PARTS.find((part) => part === params.get("show")),
    q: text("q"),
    page: Number.isSafeInteger(page) && page > 1 ? page : undefined,
    client: text("client"),
    remove: text("remove"),
    preset: text("preset"),
    drop: text("drop"),
  };
}

export default function Organisation() {
  const { organisation, query } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const done = answer && "said" in answer ? answer : null;
  const trouble = answer && "errors" in answer ? answer : { values: {}, errors: {} };
  return organisation ? (
    <OrganisationPage organisation={organisation} query={query} done={done} trouble={trouble} />
  ) : (
    <OrganisationSetUp done={done} trouble={trouble} />
  );
}
