import { json } from "@remix-run/node";
import { calendarWith, parseJson } from "~/http/parse.server";
import { forScript, param, sentence } from "~/http/respond.server";
import { changeByImport, importSchema, previewImport, previewSchema } from "~/services/people/rota-import.server";

/** A file is read and answered with what importing it would do; JSON imports what was read, or undoes that. */
export const action = forScript(async ({ actor, params, request, caller, now, closed }) => {
  const matrixId = param(params, "matrixId");
  if (request.headers.get("content-type")?.startsWith("multipart/form-data")) {
    const { fields, bytes } = await calendarWith(request, previewSchema);
    return json(await previewImport(actor, matrixId, { ...fields, bytes }, caller, now, closed));
  }
  const form = await parseJson(request, importSchema, (path) => `The import's ${path.join(" ")}`);
  await changeByImport(actor, matrixId, form, now);
  return json({ done: true });
});

export const loader = () => sentence(405, "Calendars are sent with POST. Open the rota of a role.");
