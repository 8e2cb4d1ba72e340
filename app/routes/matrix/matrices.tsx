import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { parseForm } from "~/http/parse.server";
import { forActor, formAnswer, param } from "~/http/respond.server";
import { paths } from "~/paths";
import { PRESET_CHOICES } from "~/services/engagement/library.server";
import { changeMatrices, listMatrices, matricesPageSchema } from "~/services/engagement/matrices.server";
import { mayKeepPreset, ownStart, savePreset } from "~/services/organisation/presets.server";
import { useEditor } from "~/ui/editor/editor-context";
import { MatricesPage } from "~/ui/engagement/matrices-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params }) => {
  const matrixId = param(params, "matrixId");
  const matrices = await listMatrices(actor, matrixId);
  const own = await ownStart(actor);
  const presets = [
    ...PRESET_CHOICES.map(({ id, name }) => ({ id, name: `The library: ${name}` })),
    ...(own?.presets ?? []).map(({ id, name }) => ({ id, name: `Your preset: ${name}` })),
  ];
  return json({ matrices, presets, keepsFor: own && (await mayKeepPreset(actor, matrixId)) ? own.organisation : null });
});

export const action = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  return formAnswer({}, async () => {
    const form = await parseForm(request, matricesPageSchema);
    if (form.intent === "keep-preset") return json({ said: await savePreset(actor, matrixId, form, now) });
    const next = await changeMatrices(actor, matrixId, form, now);
    return redirect(next === matrixId ? paths.matrices(matrixId) : paths.board(next));
  });
});

export default function MatricesRoute() {
  const answer = useActionData<typeof action>();
  return (
    <MatricesPage
      {...useLoaderData<typeof loader>()}
      editor={useEditor()}
      errors={answer && "errors" in answer ? answer.errors : {}}
      said={answer && "said" in answer ? answer.said : null}
    />
  );
}
