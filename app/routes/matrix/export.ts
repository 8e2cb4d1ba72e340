import { download } from "~/http/download.server";
import { exportChoice, exportFormat, onCallFormat, pathAsked } from "~/http/export-format.server";
import { forActor, param } from "~/http/respond.server";
import { exportDraft, exportPaths } from "~/services/pack/exports.server";

export const loader = forActor(async ({ actor, params, request, now, closed }) => {
  const [matrixId, format] = [param(params, "matrixId"), param(params, "format")];
  const onCall = onCallFormat(format);
  return download(
    onCall
      ? await exportPaths(actor, matrixId, onCall, now, { pathId: pathAsked(request.url) })
      : await exportDraft(actor, matrixId, exportFormat(format), now, { ...exportChoice(request.url), closed }),
  );
});
