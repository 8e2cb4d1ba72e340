import { spawn } from "node:child_process";

/** The directory's answer about the person who signs in next. */
export type DirectoryAnswer = { sub: string; claims: Record<string, unknown>; trouble?: "denied" | "broken" };
export type Directory = {
  issuer: string;
  /** Sets its answer about the next sign-in. */ says(answer: DirectoryAnswer): Promise<void>;
  stop(): Promise<void>;
};

export const CLIENT_SECRET = "a client's secret for tests alone";

/** Starts a directory with a client for each of these names, which end the addresses it sends people back to. */
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
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(text.toString());
      if (match) resolve(match[0]);
    });
  });
  return {
    issuer,
    async says(answer) {
      await fetch(`${issuer}/control`, { method: "POST", body: JSON.stringify(answer) });
    },
    stop: () =>
      new Promise<void>((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

/** Follows a directory's pages as a browser does, until it redirects to `home`; returns that address. */
export async function walkThrough(from: string, home: string): Promise<URL> {
  const jar = new Map<string, string>();
  let address = from;
  for (let steps = 0; steps < 12; steps += 1) {
    if (address.startsWith(home)) return new URL(address);
    const response = await fetch(address, {
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
        `The directory stayed at ${address} with ${response.status}: ${(await response.text()).slice(0, 200)}`,
      );
    address = new URL(location, address).href;
  }
  throw new Error("The directory leads round in circles.");
}
