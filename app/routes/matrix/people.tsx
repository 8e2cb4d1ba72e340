import { json, redirect } from "@remix-run/node";
import {
  useActionData,
  useLoaderData,
  type ClientActionFunctionArgs,
  type ShouldRevalidateFunctionArgs,
} from "@remix-run/react";
import { AppError } from "~/domain/errors";
import { formFields, parseFields } from "~/http/parse.server";
import { forActor, formAnswer, param } from "~/http/respond.server";
import { paths } from "~/paths";
import { changePeople, listPeople, peopleFormSchema } from "~/services/people/people.server";
import { openRota } from "~/services/people/rotas.server";
import { useEditor } from "~/ui/editor/editor-context";
import { PeoplePage } from "~/ui/people/people-page";
import type { PersonAnswer } from "~/ui/people/person-form";
import { isUnreachable, orUnreachable } from "~/ui/shell/unreachable";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params, request, now }) => {
  const query = new URL(request.url).searchParams;
  const rotaOf = query.get("rota");
  const timeZones = query.has("add") || query.has("edit") || rotaOf !== null ? Intl.supportedValuesOf("timeZone") : [];
  return json({
    ...(await listPeople(actor, param(params, "matrixId"))),
    rota: rotaOf === null ? null : await openRota(actor, param(params, "matrixId"), rotaOf, now),
    now: now.toISOString(),
    newId: crypto.randomUUID(),
    timeZones,
  });
});

/** A change of the search or of the open person needs no new data. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  formMethod,
  actionResult,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  if (isUnreachable(actionResult)) return false;
  const asked = (url: URL) =>
    ["add", "edit", "removed", "ended", "rota"].map((name) => url.searchParams.get(name)).join(" ");
  const same =
    formMethod === undefined &&
    currentUrl.pathname === nextUrl.pathname &&
    currentUrl.search !== nextUrl.search &&
    asked(currentUrl) === asked(nextUrl);
  return same ? false : defaultShouldRevalidate;
}

export const action = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const values = await formFields(request);
  /**
   * Somebody changed the person or the rota meanwhile: the form says beside each field what is stored, and the next try goes on
   * from there.
   */
  const overtaken = async (error: unknown) => {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    const stored =
      values.intent === "rota"
        ? await openRota(actor, matrixId, values.roleId ?? "", now)
        : (await listPeople(actor, matrixId)).people.find(({ id }) => id === values.id);
    return json<PersonAnswer>(
      { values, errors: { form: error.message }, stored: error.fields, revision: stored?.revision ?? null },
      { status: 409 },
    );
  };
  return formAnswer(values, async () => {
    const form = parseFields(values, peopleFormSchema);
    const changing = changePeople(actor, matrixId, form, now);
    return changing.then(
      ({ personId, ended }) =>
        redirect(
          paths.people(
            matrixId,
            form.intent === "remove"
              ? { removed: personId }
              : form.intent === "rota"
                ? { rota: form.roleId }
                : { person: personId, ended: ended ?? "" },
          ),
        ),
      overtaken,
    );
  });
});

/** Without a connection the action is answered in the browser, so that the form keeps its contents. */
export function clientAction({ serverAction }: ClientActionFunctionArgs) {
  return orUnreachable(() => serverAction<typeof action>());
}

export default function PeopleRoute() {
  const answer = useActionData<typeof action>();
  return <PeoplePage {...useLoaderData<typeof loader>()} editor={useEditor()} answer={answer ?? null} />;
}
