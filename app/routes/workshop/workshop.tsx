import { json, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import { useLoaderData, useRouteError } from "@remix-run/react";
import { entrantOf } from "~/http/entrant.server";
import { forVisitor, param } from "~/http/respond.server";
import { viewWorkshop } from "~/services/workshop/viewing.server";
import { WorkshopError } from "~/ui/workshop/phone/door-states";
import { Phone } from "~/ui/workshop/phone/phone";
import { useWorkshop } from "~/ui/workshop/use-workshop";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.shown.title ?? "Workshop"} · Demarc` },
  { name: "robots", content: "noindex, nofollow" },
];

/** Search engines and caches must not keep what a workshop shows. */
export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex, nofollow",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
});

/** A workshop as one participant sees it. */
export const loader = forVisitor(async ({ actor, params, caller, now }) =>
  json(await viewWorkshop(await entrantOf(actor, caller), param(params, "workshopId"), "participant", now)),
);

export default function WorkshopRoute() {
  const page = useLoaderData<typeof loader>();
  return <Phone page={page} screen={useWorkshop(page, "participant")} />;
}

export function ErrorBoundary() {
  return <WorkshopError error={useRouteError()} />;
}
