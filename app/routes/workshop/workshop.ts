import { json } from "@remix-run/node";
import { entrantOf } from "~/http/entrant.server";
import { forVisitor, param, sentence } from "~/http/respond.server";
import { viewWorkshop } from "~/services/workshop/viewing.server";

/** A workshop as one participant sees it. */
export const loader = forVisitor(async ({ actor, params, caller, now }) =>
  json(await viewWorkshop(await entrantOf(actor, caller), param(params, "workshopId"), "participant", now)),
);

export const action = () => sentence(405, "What a participant asks for is sent elsewhere.");
