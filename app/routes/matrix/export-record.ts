import { AppError } from "~/domain/errors";
import { download } from "~/http/download.server";
import { forActor, param } from "~/http/respond.server";
import { RECORD_FORMATS } from "~/paths";
import { exportRecord } from "~/services/access/record.server";

export const loader = forActor(async ({ actor, params }) => {
  const format = RECORD_FORMATS.find((known) => known === params.format);
  if (!format)
    throw new AppError("not-found", `There is no such file of the record. Choose ${RECORD_FORMATS.join(" or ")}.`);
  return download(await exportRecord(actor, param(params, "matrixId"), format));
});
