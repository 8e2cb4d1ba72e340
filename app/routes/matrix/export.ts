import { download } from "~/http/download.server";
import { exportChoice, exportFormat } from "~/http/export-format.server";
import { forActor, param } from "~/http/respond.server";
import { exportDraft } from "~/services/pack/exports.server";

export const loader = forActor(async ({ actor, params, request, now, closed }) =>
  download(
    await exportDraft(actor, param(params, "matrixId"), exportFormat(param(params, "format")), now, {
      ...exportChoice(request.url),
      closed,
    }),
  ),
);
