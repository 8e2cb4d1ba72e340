import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "~/db/client.server";
import { env } from "~/env.server";
import type { Asked } from "~/domain/workshop/asked";
import { changeWorkshop } from "~/services/workshop/changing.server";
import { viewWorkshop } from "~/services/workshop/viewing.server";
import { startPostgres } from "../support/embedded-postgres.mjs";
import { eventsOf, type EventReader } from "../support/events";
import { aDuty, aMatrix } from "../support/matrices";
import { sendStep, startServer, type ServerProcess } from "../support/server-process";
import { anEngagement, signedIn } from "../support/stored";
import { aWorkshop, propose, PROVIDER } from "../support/workshops";

/** A PostgreSQL of this file's own, because whatever is connected to it is thrown out. */
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let servers: ServerProcess[] = [];
const readers: EventReader[] = [];

beforeAll(async () => {
  await closeDatabase();
  postgres = await startPostgres();
  await postgres.createDatabase("restarted");
  const url = postgres.urlOf("restarted");
  await promisify(execFile)(process.execPath, ["prisma/db.mjs", "migrate"], {
    env: { ...process.env, DATABASE_URL: url },
  });
  env.DATABASE_URL = url;
  servers = await Promise.all([startServer(url), startServer(url)]);
}, 120_000);

afterAll(async () => {
  for (const reader of readers) reader.close();
  await Promise.all(servers.map((server) => server.kill()));
  await closeDatabase();
  await postgres.stop();
});

describe("two processes whose database is restarted", () => {
  it("pass on what is edited through the other, before and after, and a browser goes on with the other once its own is killed", async () => {
    const maya = await signedIn("Maya Lindqvist");
    const { matrixId } = await anEngagement(maya, aMatrix({ duties: [aDuty({ id: "d1", text: "Zero" })] }));
    const [here, there] = servers;
    const listen = async (server: ServerProcess | undefined, revision: number) => {
      const reader = await eventsOf(`${server?.url}/live?protocol=1&at=${matrixId}.${revision}`, {
        Cookie: maya.cookie,
      });
      readers.push(reader);
      return reader;
    };
    /** Sends an edit as a browser does: again, by the same id, until it is acknowledged. */
    const edit = async (server: ServerProcess | undefined, text: string) => {
      const id = crypto.randomUUID();
      await expect
        .poll(async () => (await sendStep(server?.url ?? "", maya.cookie, matrixId, id, "d1", text))?.status, {
          timeout: 60_000,
        })
        .toBe(200);
    };
    const reader = await listen(here, 0);
    await reader.next("present");
    await edit(there, "Before");
    expect(await reader.next("steps")).toMatchObject({ data: { steps: [{ revision: 1 }] } });

    await postgres.restart();
    await edit(there, "After");
    // The stream that was open survives, or has ended and is opened again from where it was, as a browser does.
    const after = (await reader.next("steps")) ?? (await (await listen(here, 1)).next("steps"));
    expect(after).toMatchObject({ data: { steps: [{ revision: 2 }] } });

    await here?.kill();
    const elsewhere = await listen(there, 2);
    await edit(there, "With the other");
    expect(await elsewhere.next("steps")).toMatchObject({ data: { steps: [{ revision: 3 }] } });
  });

  it("keep what was sealed in a workshop, and go on with it", async () => {
    const { workshopId, facilitator } = await aWorkshop();
    const asked: Asked[] = [{ type: "go", itemId: "i1" }, propose("i1", PROVIDER, "As it is today")];
    await changeWorkshop(facilitator.entrant, workshopId, asked, new Date());
    await postgres.restart();
    const look = () => viewWorkshop(facilitator.entrant, workshopId, "participant", new Date()).catch(() => null);
    await expect
      .poll(async () => (await look())?.shown.yours?.proposals, { timeout: 60_000 })
      .toMatchObject([{ itemId: "i1", proposal: { reason: "As it is today" } }]);
  });
});
