import { json } from "@remix-run/node";
import { forScript, param } from "~/http/respond.server";
import { coverFacts } from "~/services/people/cover-facts.server";

/** What findings are made of that need to know who can be reached when. */
export const loader = forScript(async ({ actor, params, now }) =>
  json(await coverFacts(actor, param(params, "matrixId"), now), { headers: { "Cache-Control": "no-store" } }),
);
