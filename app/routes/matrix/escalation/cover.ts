import { json } from "@remix-run/node";
import { forScript, param } from "~/http/respond.server";
import { coverOfWeek } from "~/services/people/week-cover.server";

/** Who can be reached throughout a week. */
export const loader = forScript(async ({ actor, params, request, now }) => {
  const query = new URL(request.url).searchParams;
  const asked = (name: string) => query.get(name) ?? "";
  const cover = await coverOfWeek(
    actor,
    param(params, "matrixId"),
    { path: asked("path"), day: asked("day"), timeZone: asked("zone") },
    now,
  );
  return json(cover, { headers: { "Cache-Control": "no-store" } });
});
