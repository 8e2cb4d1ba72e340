import { json } from "@remix-run/node";
import { checkDatabase } from "~/db/client.server";
import { errorResponse } from "~/http/respond.server";

/** Answers once the database has answered. */
export async function loader() {
  try {
    await checkDatabase();
    return json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return errorResponse(error) ?? json({ status: "unavailable" }, { status: 503 });
  }
}
