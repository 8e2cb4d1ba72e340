import { json, type MetaFunction } from "@remix-run/node";
import { Outlet, useLoaderData, type ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { sinceLastVisit } from "~/services/live/visits.server";
import { loadDraft } from "~/services/matrix/drafts.server";
import { EditorProvider } from "~/ui/editor/editor-context";
import { useMatrixEditor } from "~/ui/editor/use-matrix-editor";
import { FindingsProvider } from "~/ui/findings/findings-context";
import { PeopleProvider } from "~/ui/people/people-context";
import { useOwnDay } from "~/ui/primitives/time";
import { MatrixShell } from "~/ui/draft/matrix-shell";
import { isUnreachable } from "~/ui/shell/unreachable";
import { SignedProvider } from "~/ui/versions/signed-context";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.header.clientName} and ${data.header.providerName} · Demarc` : "Not found · Demarc" },
];

export const loader = forActor(async ({ actor, params, now }) => {
  const matrixId = param(params, "matrixId");
  const draft = await loadDraft(actor, matrixId, now);
  return json({ ...draft, sinceVisit: await sinceLastVisit(actor, matrixId, now) });
});

/**
 * A change of filters in the URL doesn't reload the draft, which the editor keeps current by itself; an explicit
 * revalidation does.
 */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  formMethod,
  actionResult,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  if (isUnreachable(actionResult)) return false;
  if (formMethod === undefined && currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search)
    return false;
  return defaultShouldRevalidate;
}

export default function MatrixLayout() {
  const { header, revision, matrix, changes, signed, people, holdings, sinceVisit } = useLoaderData<typeof loader>();
  const today = useOwnDay(header.today);
  const editor = useMatrixEditor({
    matrixId: header.matrixId,
    userId: header.userId,
    readOnly: header.archived || !header.abilities.includes("edit"),
    revision,
    matrix,
    changes,
  });
  return (
    <EditorProvider editor={editor}>
      <PeopleProvider matrix={editor.matrix} people={people} holdings={holdings} today={today}>
        <FindingsProvider editor={editor} today={today} loaded={header.findings} signers={header.signers}>
          <SignedProvider brief={signed} loaded={matrix}>
            <MatrixShell header={header} editor={editor} sinceVisit={sinceVisit}>
              <Outlet />
            </MatrixShell>
          </SignedProvider>
        </FindingsProvider>
      </PeopleProvider>
    </EditorProvider>
  );
}
