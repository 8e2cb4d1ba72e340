import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { offeredConversations } from "~/services/matrix/starting-agreements.server";
import { CommunicationPage } from "~/ui/communication/communication-page";
import { useEditor } from "~/ui/editor/editor-context";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params }) =>
  json(await offeredConversations(actor, param(params, "matrixId"))),
);

export default function CommunicationRoute() {
  return <CommunicationPage editor={useEditor()} offered={useLoaderData<typeof loader>()} />;
}
