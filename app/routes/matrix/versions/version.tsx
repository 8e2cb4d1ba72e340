import { json, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { parseForm } from "~/http/parse.server";
import { formAnswer, forActor, param } from "~/http/respond.server";
import { changeSigning, requestForm } from "~/services/signing/signing-requests.server";
import { loadSigning } from "~/services/signing/signing-view.server";
import { loadVersion } from "~/services/version/versions.server";
import { Board } from "~/ui/board/board";
import { useEditor } from "~/ui/editor/editor-context";
import { useToday } from "~/ui/findings/findings-context";
import { WithoutPeople } from "~/ui/people/people-context";
import { SigningPanel } from "~/ui/signing/signing-panel";
import { Printed, printedTitle } from "~/ui/shell/printed";
import { usePhaseWords } from "~/ui/versions/phase";
import { RestoreVersion } from "~/ui/versions/restore-version";
import { VersionHeader } from "~/ui/versions/version-header";
import { VersionSplit } from "~/ui/versions/version-split";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Version ${data.facts.number} · Demarc` : "Not found · Demarc" },
];

export const loader = forActor(async ({ actor, params, now }) => {
  const matrixId = param(params, "matrixId");
  const number = Number(param(params, "number")) || 0;
  const { facts, blockers, matrix, changes } = await loadVersion(actor, matrixId, number);
  return json({ matrixId, facts, blockers, matrix, changes, signing: await loadSigning(actor, matrixId, number, now) });
});

export const action = forActor(async ({ actor, params, request, now }) => {
  const form = await parseForm(request, requestForm);
  return formAnswer({}, async () =>
    json(await changeSigning(actor, param(params, "matrixId"), Number(param(params, "number")) || 0, form, now)),
  );
});

export default function VersionRoute() {
  const { matrixId, facts, blockers, matrix, changes, signing } = useLoaderData<typeof loader>();
  const editor = useEditor();
  const today = useToday();
  const phase = usePhaseWords(facts);
  return (
    <>
      <Printed title={printedTitle(matrix)} edition={`Version ${facts.number}, ${phase}`} today={today} />
      <VersionHeader matrixId={matrixId} version={facts} blockerList={blockers} changeList={changes}>
        {!editor.readOnly && <RestoreVersion editor={editor} number={facts.number} version={matrix} />}
      </VersionHeader>
      <VersionSplit aside={<SigningPanel matrixId={matrixId} view={signing} fingerprint={facts.fingerprint} />}>
        <WithoutPeople>
          <Board matrix={matrix} editor={null} />
        </WithoutPeople>
      </VersionSplit>
    </>
  );
}
