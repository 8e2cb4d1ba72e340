import { LIVE_PROTOCOL } from "~/domain/live/live-event";
import type { WorkshopLiveEvent } from "~/domain/workshop/view/live";
import { paths } from "~/paths";
import type { Looking } from "~/services/workshop/viewing.server";
import { openEventSource } from "../live/event-source";
import type { Handing, StreamReader } from "../live/shared-source";

/**
 * Reads one stream of a workshop for all tabs that look at it as the same. A stream begins with everything, so that it is
 * opened anew for a tab that joins.
 */
export function createWorkshopReader(
  workshopId: string,
  looking: Looking,
  handing: Handing<WorkshopLiveEvent>,
): StreamReader<true> {
  let source: ReturnType<typeof openEventSource> | null = null;

  function close() {
    source?.close();
    source = null;
  }

  return {
    follow(wants, joined) {
      if (wants.size === 0 || joined) close();
      if (wants.size > 0)
        source ??= openEventSource<WorkshopLiveEvent>({
          address: () =>
            paths.workshopLive(workshopId, LIVE_PROTOCOL, looking === "projector" ? "projector" : undefined),
          onEvent: handing.event,
          onState: handing.state,
        });
    },
    close,
  };
}
