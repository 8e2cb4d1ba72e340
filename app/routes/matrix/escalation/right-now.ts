import { json } from "@remix-run/node";
import { forScript, param } from "~/http/respond.server";
import { callsFromNow } from "~/services/people/right-now.server";

/** Who answers at each level of each path for the next two days, for a page that goes on answering without a connection. */
export const loader = forScript(async ({ actor, params, now }) =>
  json(await callsFromNow(actor, param(params, "matrixId"), now), { headers: { "Cache-Control": "no-store" } }),
);
