import Database from "better-sqlite3";
import { copyFileSync } from "node:fs";
import { Agent, request as send } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { startServer, type ServerProcess } from "../support/server-process";

const CLIENTS = 20;
const onSqlite = inject("database").kind === "sqlite";

let server: ServerProcess;
let ended: Promise<number | null>;
beforeEach(async () => {
  server = await startServer(process.env.DATABASE_URL ?? "");
  ended = new Promise((resolve) => server.child.once("exit", (code) => resolve(code)));
});
afterEach(() => server.kill());

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

type Outcome = { status: number; closing: boolean; body: string } | "refused" | "cut";

/** One request on a client's own connection, opened anew where it was closed; `refused` where none could be opened, so that nothing was sent. */
function ask(agent: Agent, address: string): Promise<Outcome> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve) => {
    const asked = send(
      { hostname, port, path: address, agent, headers: { Accept: "application/json" } },
      (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, closing: response.headers.connection === "close", body }),
        );
        response.on("error", () => resolve("cut"));
      },
    );
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED" ? "refused" : "cut"));
    asked.end();
  });
}

const oneConnection = () => new Agent({ keepAlive: true, maxSockets: 1 });

/** Bytes on a connection of their own, and all that comes back until it is closed. */
function wire(): { write(text: string): void; first: Promise<unknown>; answer: Promise<string> } {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let text = "";
  socket.on("data", (chunk) => (text += chunk.toString()));
  return {
    write: (bytes) => void socket.write(bytes),
    first: new Promise((resolve) => socket.once("data", resolve)),
    answer: new Promise((resolve) => void socket.on("close", () => resolve(text)).on("error", () => undefined)),
  };
}

describe("a server that is told to stop", { timeout: 120_000 }, () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    `cuts no request of ${CLIENTS} that keep their connections and go on asking, and ends (%s)`,
    async (signal) => {
      const outcomes: Outcome[][] = await new Promise((resolve) => {
        const clients = Array.from({ length: CLIENTS }, async (_, client) => {
          const agent = oneConnection();
          const seen: Outcome[] = [];
          for (;;) {
            const outcome = await ask(agent, client % 2 === 0 ? "/set-up" : "/favicon.svg");
            seen.push(outcome);
            if (outcome === "cut" || outcome === "refused" || outcome.closing) break;
            await pause((client % 5) * 40);
          }
          agent.destroy();
          return seen;
        });
        resolve(Promise.all([...clients, pause(1_500).then(() => (server.child.kill(signal), []))]));
      });
      expect(outcomes.flat().filter((outcome) => outcome === "cut")).toEqual([]);
      const answers = outcomes.flat().filter((outcome) => typeof outcome === "object");
      expect(answers.every(({ status }) => status === 200 || status === 302)).toBe(true);
      // Each heard on its own connection that this was the last answer.
      expect(answers.filter(({ closing }) => closing)).toHaveLength(CLIENTS);
      expect(await ended).toBe(0);
    },
  );

  it("says on a connection that is still open that it isn't ready, takes no other, and lets what was begun end", async () => {
    const writing = wire();
    writing.write(
      "POST /set-up HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nnam",
    );
    const kept = wire();
    kept.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await kept.first;
    server.child.kill("SIGTERM");
    // Whoever still gets in hears the same; a connection that says nothing for a second is closed, so the one kept speaks next.
    let first = await ask(oneConnection(), "/health");
    // A signal takes a moment to be heard, and until then the server answers as before.
    while (typeof first === "object" && first.status === 200) first = await ask(oneConnection(), "/health");
    const others: Outcome[] = [first];
    kept.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (others.at(-1) !== "refused") others.push(await ask(oneConnection(), "/health"));
    // Whoever knocks while the door is closed was let in by nobody: the last of them may find it gone instead of shut.
    const heard = others.slice(0, others.at(-2) === "cut" ? -2 : -1);
    for (const other of heard) expect(other).toMatchObject({ status: 503, closing: true });
    expect(heard.length).toBeGreaterThan(0);
    const [well = "", leaving = ""] = (await kept.answer).split(/(?=HTTP\/1\.1 )/);
    expect([well.slice(0, 12), /^connection: (.*)$/im.exec(well)?.[1]]).toEqual(["HTTP/1.1 200", "keep-alive"]);
    expect([leaving.slice(0, 12), /^connection: (.*)$/im.exec(leaving)?.[1]]).toEqual(["HTTP/1.1 503", "close"]);
    expect(leaving).toContain("This server is stopping.");
    await pause(1_500);
    writing.write("e=x");
    expect(await writing.answer).toMatch(/^HTTP\/1\.1 422 [^]*\r\nconnection: close\r\n/i);
    expect(await ended).toBe(0);
  });

  it("ends though somebody never ends what they began", async () => {
    const hanging = wire();
    hanging.write(
      "POST /set-up HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nnam",
    );
    await pause(300);
    server.child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(await hanging.answer).toBe("");
  });

  it.skipIf(!onSqlite)("leaves a file that holds everything by itself", async () => {
    const file = (process.env.DATABASE_URL ?? "").slice("file:".length);
    const form = {
      name: "Maya Lindqvist",
      email: "maya@northwind.example",
      password: "four quiet words here",
      side: "client",
    };
    expect(
      (await fetch(`${server.url}/set-up`, { method: "POST", body: new URLSearchParams(form), redirect: "manual" }))
        .status,
    ).toBe(302);
    server.child.kill("SIGTERM");
    expect(await ended).toBe(0);
    copyFileSync(file, `${file}.alone`);
    const alone = new Database(`${file}.alone`);
    expect(alone.prepare('SELECT "email" FROM "User"').pluck().all()).toEqual(["maya@northwind.example"]);
    alone.close();
  });
});
