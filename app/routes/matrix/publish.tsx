import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { AppError, type AppErrorCode } from "~/domain/errors";
import { formFields, parseFields } from "~/http/parse.server";
import { forActor, param } from "~/http/respond.server";
import { paths } from "~/paths";
import { previewVersion, publishFormSchema, publishVersion } from "~/services/versions.server";
import { useEditor } from "~/ui/editor/editor-context";
import { unsavedEdits } from "~/ui/editor/save-state";
import { PublishForm } from "~/ui/versions/publish-form";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

/** Refusals that the form shows itself, so that it keeps what was written. */
const STATUS: Partial<Record<AppErrorCode, number>> = { invalid: 422, conflict: 409, "too-many": 429 };

export const loader = forActor(async ({ actor, params, now }) => json(await previewVersion(actor, param(params, "matrixId"), now)));

export const action = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const values = await formFields(request);
  try {
    const form = parseFields(values, publishFormSchema);
    return redirect(paths.version(matrixId, await publishVersion(actor, matrixId, form, now)));
  } catch (error) {
    const status = error instanceof AppError ? STATUS[error.code] : undefined;
    if (!(error instanceof AppError) || status === undefined) throw error;
    const errors = error.code === "invalid" ? error.fields : { form: error.message };
    return json({ values, errors }, { status });
  }
});

export default function PublishRoute() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const editor = useEditor();
  return <PublishForm {...view} matrixId={editor.matrixId} values={answer?.values ?? {}} errors={answer?.errors ?? {}} unsaved={unsavedEdits(editor.save)} />;
}
