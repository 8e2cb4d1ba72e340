import { json } from "@remix-run/node";
import { forScript, param } from "~/http/respond.server";
import { callsAt } from "~/services/people/path-calls.server";

/** Who a path calls when it begins at a moment. */
export const loader = forScript(async ({ actor, params, request }) => {
  const query = new URL(request.url).searchParams;
  const asked = (name: string) => query.get(name) ?? "";
  const calls = await callsAt(actor, param(params, "matrixId"), asked("path"), {
    day: asked("day"),
    time: asked("time"),
    timeZone: asked("zone"),
  });
  return json(calls, { headers: { "Cache-Control": "no-store" } });
});
