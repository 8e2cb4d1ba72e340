import { json } from "@remix-run/node";
import { forScript, param, sentence } from "~/http/respond.server";
import { listChoices } from "~/services/workshop/workshops.server";

/** What a workshop on a matrix may be about, with the reasons for each duty. */
export const loader = forScript(async ({ actor, params, now }) =>
  json(await listChoices(actor, param(params, "matrixId"), now)),
);

export const action = () => sentence(405, "Choices are read with GET.");
