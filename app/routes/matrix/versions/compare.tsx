import { json, type MetaFunction } from "@remix-run/node";
import { useLoaderData, type ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { compareVersions } from "~/services/version/comparisons.server";
import { ComparePage } from "~/ui/versions/compare-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const meta: MetaFunction = () => [{ title: "Compare versions · Demarc" }];

export const loader = forActor(async ({ actor, params, request }) => {
  const matrixId = param(params, "matrixId");
  const asked = new URL(request.url).searchParams;
  return json({
    matrixId,
    ...(await compareVersions(actor, matrixId, { from: asked.get("from"), to: asked.get("to") })),
  });
});

/** Filters work on the loaded comparison; only other versions to compare need new data. */
export function shouldRevalidate({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  const ends = ({ searchParams }: URL) => `${searchParams.get("from")} ${searchParams.get("to")}`;
  return currentUrl.pathname === nextUrl.pathname &&
    currentUrl.search !== nextUrl.search &&
    ends(currentUrl) === ends(nextUrl)
    ? false
    : defaultShouldRevalidate;
}

export default function Compare() {
  return <ComparePage {...useLoaderData<typeof loader>()} />;
}
