import { redirect } from "@remix-run/node";
import { forActor } from "~/http/respond.server";
import { paths } from "~/paths";
import { openSample } from "~/services/engagement/engagements.server";

/** Opening the sample creates it, so this is a POST; a GET of the address redirects to the home page. */
export const action = forActor(async ({ actor, now }) => redirect(paths.board(await openSample(actor, now))));

export const loader = () => redirect(paths.home());
