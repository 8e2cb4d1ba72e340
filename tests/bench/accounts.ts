import { write } from "~/db/client.server";
import { insertMatrix } from "~/db/matrix-store.server";
import { portfolioQuery } from "~/domain/engagement/portfolio";
import { listPortfolio } from "~/services/engagement/portfolio.server";
import { signedIn } from "../support/stored";
import { seed } from "./data";
import { benchMatrix } from "./matrices";
import { figureOf, measure, ratio } from "./measure";
import { startServer } from "./server";

const ENGAGEMENTS = 300;
const WARM = 20;

/** The list of hundreds of engagements, and whether the time of an answer tells somebody else's matrix from none. */
export async function benchAccounts() {
  return { portfolio: await benchPortfolio(), refusals: await benchRefusals() };
}

/** The first page with kept summaries, against the same with a tenth of the engagements; and the first look after a restart of the rules, when none is kept. */
async function benchPortfolio() {
  const list = (actor: Awaited<ReturnType<typeof signedIn>>) =>
    listPortfolio(actor, portfolioQuery(new URLSearchParams("sort=review")), 50, new Date());
  const many = await anOwnerOf(ENGAGEMENTS);
  const few = await anOwnerOf(ENGAGEMENTS / 10);
  const begun = performance.now();
  await list(many);
  const first = Math.round(performance.now() - begun);
  await list(few);
  const floor = await measure(30, () => list(few));
  const kept = await measure(30, () => list(many));
  return { engagements: ENGAGEMENTS, firstLook: first, tenth: floor, kept, ratio: ratio(kept, floor) };
}

async function anOwnerOf(engagements: number) {
  const actor = await signedIn("Bench owner of many");
  const matrix = benchMatrix(133, 12);
  for (let i = 0; i < engagements; i++) {
    const engagementId = crypto.randomUUID();
    await write(async (tx) => {
      await tx.engagement.create({
        data: {
          id: engagementId,
          createdAt: new Date(),
          members: { create: { userId: actor.userId, side: "provider", permission: "owner" } },
        },
      });
      await insertMatrix(tx, { id: crypto.randomUUID(), engagementId, matrix });
    });
  }
  return actor;
}

/** Asked in turns, so that what else the machine does falls on both alike. */
async function benchRefusals() {
  const owner = await signedIn("Bench owner of one");
  const stranger = await signedIn("Bench stranger");
  const [{ matrixId } = { matrixId: "" }] = await seed(owner, [1_000]);
  const server = await startServer();
  const times: Record<"notYours" | "notThere", number[]> = { notYours: [], notThere: [] };
  const ask = async (kind: keyof typeof times, id: string) => {
    const begun = performance.now();
    const response = await fetch(`${server.url}/matrices/${id}/draft?since=-1`, {
      headers: { Cookie: stranger.cookie },
    });
    await response.text();
    if (response.status !== 404) throw new Error(`A stranger was answered ${response.status}.`);
    times[kind].push(performance.now() - begun);
  };
  for (let i = 0; i < WARM + 400; i++) {
    const turns = [
      ["notYours", matrixId],
      ["notThere", crypto.randomUUID()],
    ] as const;
    for (const [kind, id] of i % 2 ? turns : turns.toReversed()) await ask(kind, id);
    if (i < WARM) for (const kind of [times.notYours, times.notThere]) kind.length = 0;
  }
  server.stop();
  const [notYours, notThere] = [figureOf(times.notYours), figureOf(times.notThere)];
  return { notYours, notThere, ratio: ratio(notYours, notThere) };
}
