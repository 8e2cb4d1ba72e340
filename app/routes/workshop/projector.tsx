import { json, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { entrantOf } from "~/http/entrant.server";
import { forVisitor, param } from "~/http/respond.server";
import { viewWorkshop } from "~/services/workshop/viewing.server";
import { Stage } from "~/ui/workshop/stage/stage";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.shown.title ?? "Workshop"} · Demarc` },
  { name: "robots", content: "noindex, nofollow" },
];

/** The link to join is on this page, so that no cache keeps it. */
export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex, nofollow",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
});

/** A workshop as it is shown to everybody at once, with what its facilitator needs to lead it. */
export const loader = forVisitor(async ({ actor, params, caller, now }) =>
  json(await viewWorkshop(await entrantOf(actor, caller), param(params, "workshopId"), "projector", now)),
);

export default function ProjectorRoute() {
  return <Stage page={useLoaderData<typeof loader>()} />;
}
