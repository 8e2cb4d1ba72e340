import { json, type HeadersFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { viewPlan } from "~/services/workshop/planning.server";
import { useEditor } from "~/ui/editor/editor-context";
import { LedByOthers } from "~/ui/workshop/list/led-by-others";
import { PlanPage } from "~/ui/workshop/plan/plan-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

/** The link to join is on this page, so that no cache keeps it. */
export const headers: HeadersFunction = () => ({ "Cache-Control": "no-store" });

/** A workshop for whoever leads it, with what it may be about and the reasons for each duty. */
export const loader = forActor(async ({ actor, params, now }) =>
  json(await viewPlan(actor, param(params, "matrixId"), param(params, "workshopId"), now)),
);

export default function WorkshopPlanRoute() {
  const view = useLoaderData<typeof loader>();
  const editor = useEditor();
  return view.kind === "led" ? (
    <PlanPage key={view.page.shown.workshopId} {...view} editor={editor} />
  ) : (
    <LedByOthers {...view} matrixId={editor.matrixId} />
  );
}
