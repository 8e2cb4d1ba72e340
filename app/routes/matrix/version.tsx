import { json, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { loadVersion } from "~/services/versions.server";
import { Board } from "~/ui/board/board";
import { useEditor } from "~/ui/editor/editor-context";
import { WithoutPeople } from "~/ui/people/people-context";
import { RestoreVersion } from "~/ui/versions/restore-version";
import { VersionHeader } from "~/ui/versions/version-header";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `Version ${data.facts.number} · Demarc` : "Not found · Demarc" }];

export const loader = forActor(async ({ actor, params }) => {
  const matrixId = param(params, "matrixId");
  const { facts, blockers, matrix, changes } = await loadVersion(actor, matrixId, Number(param(params, "number")) || 0);
  return json({ matrixId, facts, blockers, matrix, changes });
});

export default function VersionRoute() {
  const { matrixId, facts, blockers, matrix, changes } = useLoaderData<typeof loader>();
  const editor = useEditor();
  return (
    <>
      <VersionHeader matrixId={matrixId} version={facts} blockerList={blockers} changeList={changes}>
        {!editor.readOnly && <RestoreVersion editor={editor} number={facts.number} version={matrix} />}
      </VersionHeader>
      <WithoutPeople>
        <Board matrix={matrix} editor={null} />
      </WithoutPeople>
    </>
  );
}
