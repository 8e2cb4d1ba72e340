import { json } from "@remix-run/node";
import { forScript } from "~/http/respond.server";
import { OFFERED_LIBRARY } from "~/services/engagement/library.server";

/** The duty library, for the dialog that adds from it. It is cached, because it changes only with a new release. */
export const loader = forScript(async () =>
  json(OFFERED_LIBRARY, { headers: { "Cache-Control": "private, max-age=3600" } }),
);
