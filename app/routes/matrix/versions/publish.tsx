import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields, parseFields } from "~/http/parse.server";
import { forActor, formAnswer, param } from "~/http/respond.server";
import { paths } from "~/paths";
import { previewVersion, publishFormSchema, publishVersion } from "~/services/version/versions.server";
import { reasonFromWorkshops } from "~/services/workshop/workshops.server";
import { useEditor } from "~/ui/editor/editor-context";
import { unsavedEdits } from "~/ui/editor/save-state";
import { PublishForm } from "~/ui/versions/publish-form";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params, now }) => {
  const matrixId = param(params, "matrixId");
  const preview = await previewVersion(actor, matrixId, now);
  return json({ ...preview, reason: await reasonFromWorkshops(actor, matrixId), now: now.toISOString() });
});

export const action = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const values = await formFields(request);
  return formAnswer(values, async () =>
    redirect(
      paths.version(matrixId, await publishVersion(actor, matrixId, parseFields(values, publishFormSchema), now)),
    ),
  );
});

export default function PublishRoute() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const editor = useEditor();
  return (
    <PublishForm
      {...view}
      matrixId={editor.matrixId}
      matrix={editor.matrix}
      values={answer?.values ?? {}}
      errors={answer?.errors ?? {}}
      unsaved={unsavedEdits(editor.save)}
    />
  );
}
