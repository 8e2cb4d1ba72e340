import { checkDatabase } from "~/db/client.server";

/** Resolves when everything the application needs has answered. */
export async function checkHealth(): Promise<void> {
  await checkDatabase();
}
