import { download } from "~/http/download.server";
import { forActor, param } from "~/http/respond.server";
import { exportStamp } from "~/services/pack/stamping.server";

/** A version's time stamp as a file, as the authority gave it. */
export const loader = forActor(async ({ actor, params }) =>
  download(await exportStamp(actor, param(params, "matrixId"), Number(param(params, "number")) || 0)),
);
