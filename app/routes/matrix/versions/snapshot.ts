import { json } from "@remix-run/node";
import { forScript, param } from "~/http/respond.server";
import { loadSnapshot } from "~/services/version/comparisons.server";

/** A version's matrix as published, for marking the changes since. */
export const loader = forScript(async ({ actor, params }) =>
  json(await loadSnapshot(actor, param(params, "matrixId"), Number(param(params, "number")) || 0)),
);
