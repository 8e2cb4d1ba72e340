import { json } from "@remix-run/node";
import { parseJson } from "~/http/parse.server";
import { forActor, forScript, param } from "~/http/respond.server";
import { createWorkshop, listWorkshops, newWorkshopSchema } from "~/services/workshop/workshops.server";

/** The workshops on a matrix. */
export const loader = forActor(async ({ actor, params }) =>
  json(await listWorkshops(actor, param(params, "matrixId"))),
);

/** Prepares a workshop and answers with its id. */
export const action = forScript(async ({ actor, params, request, now }) =>
  json(
    await createWorkshop(
      actor,
      param(params, "matrixId"),
      await parseJson(request, newWorkshopSchema, () => "The workshop"),
      now,
    ),
  ),
);
