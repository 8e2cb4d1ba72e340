import { download } from "~/http/download.server";
import { exportFormat } from "~/http/export-format.server";
import { forActor, param } from "~/http/respond.server";
import { exportVersion } from "~/services/exports.server";

export const loader = forActor(async ({ actor, params, now }) =>
  download(await exportVersion(actor, param(params, "matrixId"), Number(param(params, "number")) || 0, exportFormat(param(params, "format")), now)),
);
