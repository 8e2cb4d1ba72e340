import { download } from "~/http/download.server";
import { exportChoice, exportFormat, onCallFormat, pathAsked } from "~/http/export-format.server";
import { forActor, param } from "~/http/respond.server";
import { exportPaths, exportVersion } from "~/services/pack/exports.server";

export const loader = forActor(async ({ actor, params, request, now, closed }) => {
  const [matrixId, format] = [param(params, "matrixId"), param(params, "format")];
  const number = Number(param(params, "number")) || 0;
  const onCall = onCallFormat(format);
  return download(
    onCall
      ? await exportPaths(actor, matrixId, onCall, now, { number, pathId: pathAsked(request.url) })
      : await exportVersion(actor, matrixId, number, exportFormat(format), now, {
          ...exportChoice(request.url),
          closed,
        }),
  );
});
