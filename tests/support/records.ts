import { read } from "~/db/client.server";

export type Recorded = { event: string; detail: unknown };

/** The record's entries about what somebody did, oldest first. */
export async function recordOfPerson(userId: string): Promise<Recorded[]> {
  return read.recordEntry.findMany({
    where: { actorId: userId },
    orderBy: [{ at: "asc" }, { event: "asc" }],
    select: { event: true, detail: true },
  });
}
