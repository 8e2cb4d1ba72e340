import { expect, it } from "vitest";
import { read } from "~/db/client.server";
import { applyAll } from "~/domain/apply-command";
import type { MatrixCommand } from "~/domain/commands";
import { aDuty, aMatrix } from "../support/matrices";
import { sendStep, startServer } from "../support/server-process";
import { anEngagement, freshLoad, signedIn } from "../support/stored";

const KILLS = 20;
const CLIENTS = 3;
const duties = Array.from({ length: 30 }, (_, i) => aDuty({ id: `duty-${i}`, code: `SUP-${String(i + 1).padStart(2, "0")}` }));

it(`loses no acknowledged edit when the server is killed ${KILLS} times in the middle of a stream of them`, async () => {
  const start = aMatrix({ duties });
  const owner = await signedIn("Maya Lindqvist");
  const { matrixId } = await anEngagement(owner, start);
  const acknowledged: string[] = [];
  let sent = 0;

  async function stream(url: string, client: number, enough: () => void): Promise<void> {
    for (;;) {
      const n = sent++;
      const id = `step-${n}`;
      const answer = await sendStep(url, owner.cookie, matrixId, id, `duty-${(n * 7 + client) % duties.length}`, `Wording number ${n}`);
      if (answer === null) return;
      expect(answer.status).toBe(200);
      acknowledged.push(id);
      enough();
    }
  }

  for (let round = 0; round < KILLS; round++) {
    const server = await startServer(process.env.DATABASE_URL ?? "");
    const before = acknowledged.length;
    // Killed after another number of acknowledgements each time, with requests of every client under way.
    const killed = new Promise<void>((resolve) => {
      const enough = () => {
        if (acknowledged.length - before === 3 + (round % 7)) void server.kill().then(resolve);
      };
      void Promise.all(Array.from({ length: CLIENTS }, (_, client) => stream(server.url, client, enough)));
    });
    await killed;
  }

  expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * 3);
  const log = await read.logEntry.findMany({ where: { matrixId }, orderBy: { revision: "asc" } });
  const stored = new Set(log.map(({ stepId }) => stepId));
  const { matrix, revision } = await freshLoad(matrixId);
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  const replayed = log.reduce((current, { commands }) => applyAll(current, commands as MatrixCommand[]).matrix, start);
  expect(replayed.duties).toEqual(matrix.duties);
  expect(log.map((entry) => entry.revision)).toEqual(log.map((_, i) => i + 1));
  expect(revision).toBe(log.length);
}, 240_000);
