import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { benchOwner, seed } from "./data";
import { otherParty, SIZES } from "./matrices";
import { figureOf, measure } from "./measure";

export type Running = {
  url: string;
  pid: number;
  stop(): void;
  /** What the server holds once all garbage is collected, in megabytes. */
  held(): Promise<Held>;
};
export type Held = { heapMb: number; residentMb: number };

/** Answers each message with what the process holds once all garbage is collected. */
const TELLS_WHAT_IT_HOLDS = `data:text/javascript,process.on("message",()=>{gc();gc();const{heapUsed,rss}=process.memoryUsage();process.send({heapUsed,rss})})`;

/** Starts the built server on the bench database and a free port. */
export async function startServer(): Promise<Running> {
  const child = spawn(process.execPath, ["--expose-gc", "--import", TELLS_WHAT_IT_HOLDS, "server.js"], {
    env: { ...process.env, PORT: "0", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const held = () =>
    new Promise<Held>((resolve) => {
      child.once("message", (answer: { heapUsed: number; rss: number }) =>
        resolve({ heapMb: megabytes(answer.heapUsed), residentMb: megabytes(answer.rss) }),
      );
      child.send("held");
    });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", () => reject(new Error("The server ended.")));
    child.stdout?.on("data", (text: Buffer) => {
      const found = /http:\/\/localhost:(\d+)/.exec(text.toString());
      if (found) resolve(`http://127.0.0.1:${found[1]}`);
    });
  });
  return { url, pid: child.pid ?? 0, stop: () => child.kill(), held };
}

const megabytes = (bytes: number) => Math.round((bytes / 2 ** 20) * 10) / 10;

/** What a server held at each quarter of a load, the beginning first, and by how much the heap grew a quarter, by the line that fits best. */
export function courseOf(held: readonly Held[]): { held: readonly Held[]; slopeMbAQuarter: number } {
  const middle = (held.length - 1) / 2;
  const mean = held.reduce((sum, { heapMb }) => sum + heapMb, 0) / held.length;
  const over = held.reduce((sum, { heapMb }, i) => sum + (i - middle) * (heapMb - mean), 0);
  const under = held.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return { held, slopeMbAQuarter: Math.round((over / under) * 100) / 100 };
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

/** Processor time that a process has used, in milliseconds; the kernel counts hundredths of a second. */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
