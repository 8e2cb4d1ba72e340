import { json } from "@remix-run/node";
import { askedListSchema } from "~/domain/workshop/asked";
import { entrantOf } from "~/http/entrant.server";
import { parseJson } from "~/http/parse.server";
import { forVisitor, param, sentence } from "~/http/respond.server";
import { changeWorkshop } from "~/services/workshop/changing.server";

/** Does what a participant asks for, each by itself, and says what was refused. */
export const action = forVisitor(async ({ actor, params, request, caller, now }) => {
  // Where something doesn't fit, the answer names its place alone: a proposal isn't sent back in a sentence.
  const { asked } = await parseJson(
    request,
    askedListSchema,
    (path) => `What was asked for (${path.slice(0, 2).join(".")})`,
  );
  return json(await changeWorkshop(await entrantOf(actor, caller), param(params, "workshopId"), asked, now));
});

export const loader = () => sentence(405, "What is asked for is sent with POST.");
