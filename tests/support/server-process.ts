import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { SOON_KILLED } from "./short-lived.mjs";

/** A server of the built application in a process of its own. */
export type ServerProcess = { url: string; child: ChildProcess; kill(): Promise<void> };

/** Starts a server on a database and a free port. Rejects with its error output where it ends before it is ready. */
export function startServer(
  databaseUrl: string,
  options: Pick<SpawnOptions, "uid" | "gid"> & { env?: Record<string, string> } = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...SOON_KILLED, "server.js"], {
    ...options,
    env: {
      ...process.env,
      PORT: "0",
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      VITEST: "",
      ...filesBeside(databaseUrl),
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errorOutput = "";
  const kill = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}: ${errorOutput}`)));
    child.stderr?.on("data", (text: Buffer) => (errorOutput += text.toString()));
    child.stdout?.on("data", (text: Buffer) => {
      const match = /http:\/\/localhost:(\d+)/.exec(text.toString());
      if (match) resolve({ url: `http://127.0.0.1:${match[1]}`, child, kill });
    });
  });
}

/**
 * Sends a step that changes a duty's text, with this session cookie. Resolves to the answer's status and message, or
 * null where the connection broke.
 */
export async function sendStep(
  url: string,
  cookie: string,
  matrixId: string,
  id: string,
  dutyId: string,
  text: string,
): Promise<{ status: number; message: string } | null> {
  try {
    const response = await fetch(`${url}/matrices/${matrixId}/commands`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: cookie },
      body: JSON.stringify({
        baseRevision: 0,
        steps: [{ id, commands: [{ type: "duty.edit", dutyId, set: { text } }] }],
      }),
    });
    const body = (await response.json()) as { message?: string };
    return { status: response.status, message: body.message ?? "" };
  } catch {
    return null;
  }
}

/**
 * Signs version 1 of a matrix with a typed name, with this session cookie. Resolves to the answer's status, or null
 * where the connection broke.
 */
export async function signOver(
  url: string,
  { cookie, name }: { cookie: string; name: string },
  matrixId: string,
  fingerprint: string,
): Promise<number | null> {
  const form = {
    intent: "sign",
    fingerprint,
    title: "Director",
    organisation: "Northwind",
    consent: "on",
    way: "typed",
    typed: name,
    drawn: "",
  };
  try {
    const response = await fetch(
      `${url}/matrices/${matrixId}/versions/1/sign?_data=routes%2Fmatrix%2Fversions%2Fsign`,
      { method: "POST", headers: { Cookie: cookie }, body: new URLSearchParams(form) },
    );
    await response.text();
    return response.status;
  } catch {
    return null;
  }
}

/** Where a server on PostgreSQL keeps files: the checkout's own data folder would look like an installation afterwards. */
function filesBeside(databaseUrl: string): Record<string, string> {
  if (databaseUrl.startsWith("file:")) return {};
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-leavings-"));
  return { OUTBOX_FOLDER: path.join(folder, "outbox"), SIGNING_KEY_FILE: path.join(folder, "signing-key.pem") };
}
