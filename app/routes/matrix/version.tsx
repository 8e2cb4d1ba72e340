import { json, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { loadVersion } from "~/services/versions.server";
import { Board } from "~/ui/board/board";
import { WithoutPeople } from "~/ui/people/people-context";
import { VersionHeader } from "~/ui/versions/version-header";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `Version ${data.facts.number} · Demarc` : "Not found · Demarc" }];

export const loader = forActor(async ({ actor, params }) => {
  const matrixId = param(params, "matrixId");
  const { facts, blockers, matrix, changes } = await loadVersion(actor, matrixId, Number(param(params, "number")) || 0);
  return json({ matrixId, facts, blockers, matrix, changes });
});

export default function VersionRoute() {
  const { matrixId, facts, blockers, matrix, changes } = useLoaderData<typeof loader>();
  return (
    <>
      <VersionHeader matrixId={matrixId} version={facts} blockerList={blockers} changeList={changes} />
      <WithoutPeople>
        <Board matrix={matrix} editor={null} />
      </WithoutPeople>
    </>
  );
}
