import { json } from "@remix-run/node";
import { formFields, parseFields } from "~/http/parse.server";
import { formAnswer, forScript, param, sentence } from "~/http/respond.server";
import { invitationSchema, inviteToWorkshop } from "~/services/workshop/inviting.server";

/** Writes to people with the workshop's link. */
export const action = forScript(async ({ actor, params, request, now }) => {
  const values = await formFields(request);
  return formAnswer(values, async () =>
    json(await inviteToWorkshop(actor, param(params, "workshopId"), parseFields(values, invitationSchema), now)),
  );
});

export const loader = () => sentence(405, "Invitations are sent with POST.");
