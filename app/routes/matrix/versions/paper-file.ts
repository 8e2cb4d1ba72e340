import { download } from "~/http/download.server";
import { forActor, param } from "~/http/respond.server";
import { paperFile } from "~/services/signing/papers.server";

export const loader = forActor(async ({ actor, params }) =>
  download(
    await paperFile(actor, param(params, "matrixId"), Number(param(params, "number")) || 0, param(params, "paperId")),
  ),
);
