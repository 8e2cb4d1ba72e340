import { json } from "@remix-run/node";
import { errorResponse } from "~/http/respond.server";
import { checkHealth } from "~/services/health.server";

/** Answers after a query of the database, so that a monitor sees whether both work. */
export async function loader() {
  try {
    await checkHealth();
    return json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return errorResponse(error) ?? json({ status: "unavailable" }, { status: 503 });
  }
}
