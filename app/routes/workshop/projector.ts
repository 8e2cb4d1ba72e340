import { json } from "@remix-run/node";
import { entrantOf } from "~/http/entrant.server";
import { forVisitor, param, sentence } from "~/http/respond.server";
import { viewWorkshop } from "~/services/workshop/viewing.server";

/** A workshop as it is shown to everybody at once. */
export const loader = forVisitor(async ({ actor, params, caller, now }) =>
  json(await viewWorkshop(await entrantOf(actor, caller), param(params, "workshopId"), "projector", now)),
);

export const action = () => sentence(405, "What a participant asks for is sent elsewhere.");
