import { json } from "@remix-run/node";
import { useLoaderData, type ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { offeredPaths } from "~/services/matrix/starting-paths.server";
import { offeredScenarios } from "~/services/people/scenario-answers.server";
import { useEditor } from "~/ui/editor/editor-context";
import { EscalationPage } from "~/ui/escalation/escalation-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params }) =>
  json({ offered: await offeredPaths(actor, param(params, "matrixId")), scenarios: offeredScenarios() }),
);

/** Another path or level of the same matrix needs no new data. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  return formMethod === undefined && currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search
    ? false
    : defaultShouldRevalidate;
}

export default function EscalationRoute() {
  return <EscalationPage editor={useEditor()} {...useLoaderData<typeof loader>()} />;
}
