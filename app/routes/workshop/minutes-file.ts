import { download } from "~/http/download.server";
import { entrantOf } from "~/http/entrant.server";
import { exportChoice } from "~/http/export-format.server";
import { forVisitor, param } from "~/http/respond.server";
import { exportMinutes } from "~/services/workshop/minutes-files.server";

/** The minutes of a workshop as a file, or what was parked as a calendar. */
export const loader = forVisitor(async ({ actor, params, request, caller, now, closed }) => {
  const { paper } = exportChoice(request.url).choice;
  const choice = { format: param(params, "format"), paper };
  const entrant = await entrantOf(actor, caller);
  return download(await exportMinutes(entrant, param(params, "workshopId"), choice, now, closed));
});
