import { LIVE_PROTOCOL } from "~/domain/live/live-event";
import { AppError } from "~/domain/errors";
import { entrantOf } from "~/http/entrant.server";
import { abortedByEither, eventStream } from "~/http/event-stream.server";
import { forVisitor, param, sentence } from "~/http/respond.server";
import { sessionHolder } from "~/services/who/actor.server";
import { workshopLines } from "~/services/workshop/workshop-stream.server";

/** What one participant, or the projector, sees of a workshop as it changes, as server-sent events. */
export const loader = forVisitor(async ({ actor, params, request, caller, closed, stopping }) => {
  const query = new URL(request.url).searchParams;
  if (query.get("protocol") !== String(LIVE_PROTOCOL))
    throw new AppError("conflict", "This page is of another release. Load it again; what you did here is kept.");
  const ended = abortedByEither(closed ?? request.signal, stopping);
  return eventStream(
    workshopLines({
      entrant: await entrantOf(actor, caller),
      workshopId: param(params, "workshopId"),
      looking: query.get("as") === "projector" ? "projector" : "participant",
      actorNow: () => sessionHolder(caller),
      closed: ended,
    }),
    ended,
  );
});

export const action = () => sentence(405, "Live events are read with GET.");
