import { json } from "@remix-run/node";
import { entrantOf } from "~/http/entrant.server";
import { forVisitor, param, sentence } from "~/http/respond.server";
import { viewMinutes } from "~/services/workshop/viewing.server";

/** The minutes of a workshop as it stands. */
export const loader = forVisitor(async ({ actor, params, caller }) =>
  json(await viewMinutes(await entrantOf(actor, caller), param(params, "workshopId"))),
);

export const action = () => sentence(405, "Minutes are read with GET.");
