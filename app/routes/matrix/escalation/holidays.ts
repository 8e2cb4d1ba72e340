import { json } from "@remix-run/node";
import { forScript, param } from "~/http/respond.server";
import { proposeHolidays } from "~/services/matrix/holidays.server";

/** The public holidays that a country's calendar proposes. */
export const loader = forScript(async ({ actor, params, request, now }) => {
  const query = new URL(request.url).searchParams;
  const asked = (name: string) => query.get(name) ?? "";
  const question = { country: asked("country"), state: asked("state"), region: asked("region"), year: asked("year") };
  return json(await proposeHolidays(actor, param(params, "matrixId"), question, now), {
    headers: { "Cache-Control": "no-store" },
  });
});
