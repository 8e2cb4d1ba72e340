import { json, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { entrantOf } from "~/http/entrant.server";
import { forVisitor, param } from "~/http/respond.server";
import { viewMinutes } from "~/services/workshop/viewing.server";
import { MinutesPage } from "~/ui/workshop/minutes/minutes-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Minutes: ${data?.minutes.title ?? "Workshop"} · Demarc` },
  { name: "robots", content: "noindex, nofollow" },
];

export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex, nofollow",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
});

/** The minutes of a workshop as it stands. */
export const loader = forVisitor(async ({ actor, params, caller, now }) => {
  const minutes = await viewMinutes(await entrantOf(actor, caller), param(params, "workshopId"));
  return json({ minutes, now: now.toISOString() });
});

export default function MinutesRoute() {
  return <MinutesPage {...useLoaderData<typeof loader>()} />;
}
