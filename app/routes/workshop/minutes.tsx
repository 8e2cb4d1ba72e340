import { json, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { entrantOf } from "~/http/entrant.server";
import { forVisitor, param } from "~/http/respond.server";
import { viewMinutes } from "~/services/workshop/viewing.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Minutes: ${data?.title ?? "Workshop"} · Demarc` },
  { name: "robots", content: "noindex, nofollow" },
];

export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex, nofollow",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
});

/** The minutes of a workshop as it stands. */
export const loader = forVisitor(async ({ actor, params, caller }) =>
  json(await viewMinutes(await entrantOf(actor, caller), param(params, "workshopId"))),
);

export default function MinutesRoute() {
  const { title } = useLoaderData<typeof loader>();
  return <p>{title}</p>;
}
