import { cardSizeOf } from "~/domain/call-card/call-card";
import { download } from "~/http/download.server";
import { forActor, param } from "~/http/respond.server";
import { exportCallCards } from "~/services/pack/call-cards.server";

/** The call cards of one path, or of all, as a PDF. */
export const loader = forActor(async ({ actor, params, request, now, closed }) => {
  const query = new URL(request.url).searchParams;
  const choice = {
    pathId: query.get("path"),
    ofDraft: query.get("of") === "draft",
    size: cardSizeOf(query.get("size")),
  };
  return download(await exportCallCards(actor, param(params, "matrixId"), choice, now, closed));
});
