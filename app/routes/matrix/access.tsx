import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { parseForm } from "~/http/parse.server";
import { formAnswer, forActor, param } from "~/http/respond.server";
import { paths } from "~/paths";
import { accessFormSchema, changeAccess, listAccess } from "~/services/access/members.server";
import { AccessPage } from "~/ui/access/access-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params, now }) =>
  json({ matrixId: param(params, "matrixId"), ...(await listAccess(actor, param(params, "matrixId"), now)) }),
);

export const action = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const form = await parseForm(request, accessFormSchema);
  const email = form.intent === "invite" ? form.email : "";
  return formAnswer({ email }, async () => {
    const { said, link, left } = await changeAccess(actor, matrixId, form, now);
    return left ? redirect(paths.home()) : json({ said, link, mail: form.intent !== "link" });
  });
});

export default function AccessRoute() {
  const answer = useActionData<typeof action>();
  const done = answer && "said" in answer ? answer : null;
  const trouble = answer && "errors" in answer ? answer : null;
  return <AccessPage {...useLoaderData<typeof loader>()} done={done} errors={trouble?.errors ?? {}} />;
}
