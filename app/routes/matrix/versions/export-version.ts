import { download } from "~/http/download.server";
import { exportChoice, exportFormat } from "~/http/export-format.server";
import { forActor, param } from "~/http/respond.server";
import { exportVersion } from "~/services/pack/exports.server";

export const loader = forActor(async ({ actor, params, request, now, closed }) =>
  download(
    await exportVersion(
      actor,
      param(params, "matrixId"),
      Number(param(params, "number")) || 0,
      exportFormat(param(params, "format")),
      now,
      { ...exportChoice(request.url), closed },
    ),
  ),
);
