import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { offeredAuthorities } from "~/services/matrix/starting-agreements.server";
import { AuthorityPage } from "~/ui/authority/authority-page";
import { useEditor } from "~/ui/editor/editor-context";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params }) =>
  json(await offeredAuthorities(actor, param(params, "matrixId"))),
);

export default function AuthorityRoute() {
  return <AuthorityPage editor={useEditor()} offered={useLoaderData<typeof loader>()} />;
}
