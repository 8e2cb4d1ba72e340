import { redirect } from "@remix-run/node";
import { forActor } from "~/http/respond.server";
import { paths } from "~/paths";
import { openSample } from "~/services/engagements.server";

/** Opening the sample creates it, so it is asked for with a form; the bare address leads home. */
export const action = forActor(async ({ actor, now }) => redirect(paths.board(await openSample(actor, now))));

export const loader = () => redirect(paths.home());
