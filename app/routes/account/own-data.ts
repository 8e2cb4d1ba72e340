import { download } from "~/http/download.server";
import { forActor } from "~/http/respond.server";
import { ownData } from "~/services/account/own-data.server";

/** All stored data about the person who asks, as a file. */
export const loader = forActor(async ({ actor, now }) => download(await ownData(actor, now)));
