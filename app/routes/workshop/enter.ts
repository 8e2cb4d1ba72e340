import { json } from "@remix-run/node";
import { formFields } from "~/http/parse.server";
import { forScript, param, sentence } from "~/http/respond.server";
import { enterWorkshop } from "~/services/workshop/joining.server";

/** A member of the matrix comes in; people of a third party say which one they are of. */
export const action = forScript(async ({ actor, params, request, now }) => {
  const { partyId = null } = await formFields(request);
  return json(await enterWorkshop(actor, param(params, "workshopId"), partyId, now));
});

export const loader = () => sentence(405, "Coming in is sent with POST.");
