import { json } from "@remix-run/node";
import { formWithFile } from "~/http/parse.server";
import { formAnswer, forActor, param, sentence } from "~/http/respond.server";
import { paperForm, statePaper } from "~/services/signing/papers.server";

export const loader = () => sentence(405, "Only sent files arrive here. Open the version's page.");

/** Receives a file that was signed outside of Demarc. */
export const action = forActor(async ({ actor, params, request, now }) => {
  return formAnswer({}, async () => {
    const { fields, file } = await formWithFile(request, "file", paperForm, "signatoryIds");
    return json(
      await statePaper(actor, param(params, "matrixId"), Number(param(params, "number")) || 0, fields, file, now),
    );
  });
});
