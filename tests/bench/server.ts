import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { benchOwner, seed } from "./data";
import { otherParty, SIZES } from "./matrices";
import { figureOf, measure } from "./measure";

export type Running = { url: string; pid: number; stop(): void };

/** Starts the built server on the bench database and a free port. */
export async function startServer(): Promise<Running> {
  const child = spawn(process.execPath, ["server.js"], {
    env: { ...process.env, PORT: "0", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", () => reject(new Error("The server ended.")));
    child.stdout.on("data", (text: Buffer) => {
      const found = /http:\/\/localhost:(\d+)/.exec(text.toString());
      if (found) resolve(`http://127.0.0.1:${found[1]}`);
    });
  });
  return { url, pid: child.pid ?? 0, stop: () => child.kill() };
}

const moveBody = (i: number) =>
  JSON.stringify({
    baseRevision: 0,
    steps: [
      {
        id: crypto.randomUUID(),
        commands: [{ type: "duty.assign", dutyId: `duty-${i}`, lens: "does", to: { partyId: otherParty(i, 0) } }],
      },
    ],
  });

async function move(url: string, matrixId: string, i: number): Promise<void> {
  const response = await fetch(`${url}/matrices/${matrixId}/commands`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Cookie: (await benchOwner()).cookie },
    body: moveBody(i),
  });
  if (!response.ok) throw new Error(`A move was answered ${response.status}: ${await response.text()}`);
  await response.json();
}

const residentMb = (pid: number) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_024);

/** The rendered page, moves of twenty clients at once, and the server's memory after a thousand moves on ten matrices. */
export async function benchServer() {
  const actor = await benchOwner();
  const boards = await seed(actor, SIZES);
  const ten = await seed(
    actor,
    Array.from({ length: 10 }, () => 133),
  );
  const server = await startServer();
  const page: Record<string, unknown> = {};
  for (const { size, matrixId } of boards) {
    let bytes = 0;
    const rendered = await measure(
      15,
      async () =>
        (bytes = (
          await (await fetch(`${server.url}/matrices/${matrixId}/board`, { headers: { Cookie: actor.cookie } })).text()
        ).length),
    );
    const data = await measure(15, async () =>
      (await fetch(`${server.url}/matrices/${matrixId}/draft?since=-1`, { headers: { Cookie: actor.cookie } })).text(),
    );
    page[size] = { rendered, dataOverHttp: data, htmlKb: Math.round(bytes / 1_000) };
  }
  const before = residentMb(server.pid);
  const times: number[] = [];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: 20 }, async (_, client) => {
      for (let i = 0; i < 50; i++) {
        const at = performance.now();
        await move(server.url, ten[client % ten.length]?.matrixId ?? "", (client >= ten.length ? 50 : 0) + i);
        times.push(performance.now() - at);
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const memory = { beforeMb: before, afterThousandMovesMb: residentMb(server.pid) };
  server.stop();
  return {
    page,
    twentyClients: { movesPerSecond: Math.round(1_000 / seconds), acknowledged: figureOf(times) },
    memory,
  };
}
