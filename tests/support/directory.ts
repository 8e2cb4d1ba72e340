import { spawn } from "node:child_process";

export type Said = { sub: string; claims: Record<string, unknown>; trouble?: "denied" | "broken" };
export type Directory = {
  issuer: string;
  /** What it says of whoever signs in next. */ says(said: Said): Promise<void>;
  stop(): Promise<void>;
};

export const CLIENT_SECRET = "a client's secret for tests alone";

/** Starts a directory that knows clients by the last part of the addresses it sends people back to. */
export async function startDirectory(
  redirects: readonly string[],
  env: Record<string, string> = {},
): Promise<Directory> {
  const child = spawn(process.execPath, ["tests/support/directory-process.mjs"], {
    env: { ...process.env, ...env, REDIRECTS: redirects.join(" ") },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const issuer = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The directory ended with ${code}.`)));
    child.stdout?.on("data", (text: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text.toString());
      if (found) resolve(found[0]);
    });
  });
  return {
    issuer,
    async says(said) {
      await fetch(`${issuer}/control`, { method: "POST", body: JSON.stringify(said) });
    },
    stop: () =>
      new Promise<void>((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

/** Walks through a directory's pages as a browser does, until it sends the browser back to `home`; gives that address. */
export async function walkThrough(from: string, home: string): Promise<URL> {
  const jar = new Map<string, string>();
  let place = from;
  for (let steps = 0; steps < 12; steps += 1) {
    if (place.startsWith(home)) return new URL(place);
    const response = await fetch(place, {
      redirect: "manual",
      headers: { cookie: [...jar].map((pair) => pair.join("=")).join("; ") },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", ...value] = (line.split(";", 1)[0] ?? "").split("=");
      jar.set(name, value.join("="));
    }
    const location = response.headers.get("location");
    if (!location)
      throw new Error(
        `The directory stayed at ${place} with ${response.status}: ${(await response.text()).slice(0, 200)}`,
      );
    place = new URL(location, place).href;
  }
  throw new Error("The directory leads round in circles.");
}
