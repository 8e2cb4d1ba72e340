import { download } from "~/http/download.server";
import { forActor, param } from "~/http/respond.server";
import { exportPeople } from "~/services/pack/exports.server";

export const loader = forActor(async ({ actor, params, now }) =>
  download(await exportPeople(actor, param(params, "matrixId"), now)),
);
