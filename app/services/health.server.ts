import { checkDatabase } from "~/db/client.server";

/** Resolves when the database has answered; throws where it doesn't. */
export async function checkHealth(): Promise<void> {
  await checkDatabase();
}
