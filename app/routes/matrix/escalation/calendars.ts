import { json } from "@remix-run/node";
import { download } from "~/http/download.server";
import { parseJson } from "~/http/parse.server";
import { forActor, forScript, param } from "~/http/respond.server";
import { calendarBasis, calendarFile, calendarForm, makeFeed } from "~/services/access/calendars.server";

/** The file with one person's turns; asked for nobody's, what a calendar of conversations is made from. */
export const loader = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const personId = new URL(request.url).searchParams.get("person");
  if (personId !== null) return download(await calendarFile(actor, matrixId, { about: "turns", personId }, now));
  return json(await calendarBasis(actor, matrixId, now), { headers: { "Cache-Control": "no-store" } });
});

/** Makes a calendar: the file, or a private address, which is told this once. */
export const action = forScript(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const { as, calendar } = await parseJson(request, calendarForm, (path) => `The calendar's ${path.join(" ")}`);
  return as === "file"
    ? download(await calendarFile(actor, matrixId, calendar, now))
    : json(await makeFeed(actor, matrixId, calendar, now), { headers: { "Cache-Control": "no-store" } });
});
