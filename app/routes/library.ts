import { json } from "@remix-run/node";
import { forActor } from "~/http/respond.server";
import { OFFERED_LIBRARY } from "~/services/library.server";

/** The duty library, for the dialog that adds from it. It changes only with a new release. */
export const loader = forActor(async () => json(OFFERED_LIBRARY, { headers: { "Cache-Control": "private, max-age=3600" } }));
