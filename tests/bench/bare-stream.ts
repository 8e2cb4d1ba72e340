import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { figureOf, type Figure } from "./measure";

/** A process that streams what it is given to everybody who listens, and does nothing else: the floor of any live update. */
const BARE = `
  const http = require("node:http");
  const open = new Set();
  http.createServer((request, response) => {
    if (request.method === "GET") {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write("retry: 1000\\n\\n");
      open.add(response);
      return;
    }
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      for (const one of open) one.write(body);
      response.end("{}");
    });
  }).listen(0, "127.0.0.1", function () { console.log("http://localhost:" + this.address().port); });
`;

/** Starts that process. */
export function startBare(): Promise<Bare> {
  const child = spawn(process.execPath, ["-e", BARE], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("The bare server ended.")));
    child.stdout.on("data", (text: Buffer) => {
      const found = /http:\/\/localhost:(\d+)/.exec(text.toString());
      if (found) resolve({ url: `http://127.0.0.1:${found[1]}`, stop: () => child.kill() });
    });
  });
}

export type Bare = { url: string; stop(): void };

/** The time from sending to the arrival of what was sent on each of the streams, over all rounds and streams. */
export async function arrivals(
  rounds: number,
  streams: readonly { next(): Promise<unknown> }[],
  send: (round: number) => Promise<unknown>,
): Promise<Figure> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const begun = performance.now();
    const arrived = streams.map((stream) => stream.next().then(() => times.push(performance.now() - begun)));
    await Promise.all([send(i), ...arrived]);
  }
  return figureOf(times);
}

/** Sends the same text to everybody who listens to a bare server. */
export function sendBare({ url }: Bare, text: string): Promise<string> {
  return fetch(url, { method: "POST", body: text }).then((answer) => answer.text());
}
