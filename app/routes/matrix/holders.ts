import { json } from "@remix-run/node";
import { parseForm } from "~/http/parse.server";
import { forScript, param, sentence } from "~/http/respond.server";
import { changePeople, holderFormSchema } from "~/services/people/people.server";

/** Gives a role to a person, ends that, or resumes it; has somebody cover hours; verifies a contact: for dialogs and findings. */
export const action = forScript(async ({ actor, params, request, now }) => {
  if (request.method !== "POST") throw sentence(405, "Holders are sent with POST.");
  return json(await changePeople(actor, param(params, "matrixId"), await parseForm(request, holderFormSchema), now));
});

export const loader = () => sentence(405, "Holders are sent with POST.");
