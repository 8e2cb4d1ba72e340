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
import { changeDrills, drillFormSchema, listDrills, openDrill } from "~/services/people/drills.server";
import { DrillsPage } from "~/ui/drills/drills-page";
import type { DrillAnswer } from "~/ui/drills/drill-form";
import { useEditor } from "~/ui/editor/editor-context";
import { isUnreachable, orUnreachable } from "~/ui/shell/unreachable";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const query = new URL(request.url).searchParams;
  const openId = query.get("edit") ?? query.get("delete");
  return json({
    ...(await listDrills(actor, matrixId, Number(query.get("page")) || 1)),
    open: openId === null ? null : await openDrill(actor, matrixId, openId),
    now: now.toISOString(),
    newId: crypto.randomUUID(),
  });
});

export function shouldRevalidate({ actionResult, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return isUnreachable(actionResult) ? false : defaultShouldRevalidate;
}

export const action = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const values = await formFields(request);
  /** Somebody corrected the drill meanwhile: the next try goes on from what is stored. */
  const overtaken = async (error: unknown) => {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
    const stored = await openDrill(actor, matrixId, values.id ?? "");
    return json<DrillAnswer>(
      { values, errors: { form: error.message }, revision: stored?.revision ?? null },
      { status: 409 },
    );
  };
  return formAnswer(values, async () => {
    const form = parseFields(values, drillFormSchema);
    return changeDrills(actor, matrixId, form, now).then(
      (drillId) =>
        redirect(form.intent === "delete" ? paths.drills(matrixId) : paths.drills(matrixId, {}, `#${drillId}`)),
      overtaken,
    );
  });
});

/** Without a connection the action is answered in the browser, so that the form keeps its contents. */
export function clientAction({ serverAction }: ClientActionFunctionArgs) {
  return orUnreachable(() => serverAction<typeof action>());
}

export default function DrillsRoute() {
  const answer = useActionData<typeof action>();
  return <DrillsPage {...useLoaderData<typeof loader>()} editor={useEditor()} answer={answer ?? null} />;
}
