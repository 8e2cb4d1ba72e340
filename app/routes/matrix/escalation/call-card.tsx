import { json } from "@remix-run/node";
import { useLoaderData, type ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { callCards } from "~/services/pack/call-cards.server";
import { CallCardPage } from "~/ui/call-card/call-card-page";
import { useEditor } from "~/ui/editor/editor-context";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params, request, now }) => {
  const query = new URL(request.url).searchParams;
  const choice = { pathId: query.get("path"), ofDraft: query.get("of") === "draft" };
  return json(await callCards(actor, param(params, "matrixId"), choice, now));
});

/** Another paper shows the same cards. */
export function shouldRevalidate({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  const [current, next] = [currentUrl, nextUrl].map(({ searchParams }) => {
    const asked = new URLSearchParams(searchParams);
    asked.delete("size");
    return asked.toString();
  });
  return currentUrl.search !== nextUrl.search && current === next ? false : defaultShouldRevalidate;
}

export default function CallCardRoute() {
  return <CallCardPage matrixId={useEditor().matrixId} shown={useLoaderData<typeof loader>()} />;
}
