import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { AppError } from "~/domain/errors";
import { parseForm } from "~/http/parse.server";
import { forActor, param } from "~/http/respond.server";
import { paths } from "~/paths";
import { previewVersion, publishFormSchema, publishVersion } from "~/services/versions.server";
import { useEditor } from "~/ui/editor/editor-context";
import { unsavedEdits } from "~/ui/editor/save-state";
import { PublishForm } from "~/ui/versions/publish-form";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params, now }) => json(await previewVersion(actor, param(params, "matrixId"), now)));

export const action = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const copy = request.clone();
  try {
    const form = await parseForm(request, publishFormSchema);
    return redirect(paths.version(matrixId, await publishVersion(actor, matrixId, form, now)));
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== "invalid" && error.code !== "conflict")) throw error;
    const values = Object.fromEntries([...(await copy.formData())].filter((entry): entry is [string, string] => typeof entry[1] === "string"));
    const errors = error.code === "conflict" ? { form: error.message } : error.fields;
    return json({ values, errors }, { status: error.code === "conflict" ? 409 : 422 });
  }
});

export default function PublishRoute() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const editor = useEditor();
  return <PublishForm {...view} matrixId={editor.matrixId} values={answer?.values ?? {}} errors={answer?.errors ?? {}} unsaved={unsavedEdits(editor.save)} />;
}
