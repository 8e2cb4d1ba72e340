import { LIVE_PROTOCOL } from "~/domain/live/live-event";
import { parsePositions } from "~/domain/live/positions.server";
import { AppError } from "~/domain/errors";
import { abortedByEither, eventStream } from "~/http/event-stream.server";
import { forScript, sentence } from "~/http/respond.server";
import { liveLines } from "~/services/live/live-stream.server";
import { sessionHolder } from "~/services/who/actor.server";

/** What happens on the matrices of a browser's windows, as server-sent events, from the revisions they have on. */
export const loader = forScript(async ({ actor, request, caller, closed, stopping }) => {
  const query = new URL(request.url).searchParams;
  if (query.get("protocol") !== String(LIVE_PROTOCOL))
    throw new AppError("conflict", "This page is of another release. Load it again; what you did here is kept.");
  // A browser that connects again by itself says what it had last, which is newer than its address.
  const positions = parsePositions(request.headers.get("last-event-id") ?? query.get("at") ?? "");
  if (!positions.ok) throw new AppError("invalid", positions.rejection.message);
  const ended = abortedByEither(closed ?? request.signal, stopping);
  return eventStream(
    liveLines({
      actor,
      positions: positions.value,
      actorNow: () => sessionHolder(caller),
      closed: ended,
    }),
    ended,
  );
});

export const action = () => sentence(405, "Live events are read with GET.");
