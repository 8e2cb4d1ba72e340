import Database from "better-sqlite3";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request as send, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { safeNext } from "~/http/respond.server";
import { startServer, type ServerProcess } from "../support/server-process";

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-http-"));
const data = path.join(folder, "data");
let server: ServerProcess;
let said = "";

beforeAll(async () => {
  // An installation of its own, as a browser reaches it behind a proxy; started as whoever has an open umask would.
  server = await startServer(`file:${path.join(data, "demarc.db")}`, {
    env: {
      PUBLIC_URL: "https://demarc.example",
      TRUST_PROXY: "1",
      ALLOWED_HOSTS: "inside.example",
      NODE_ENV: "development",
      DEMARC_SECRET: "",
      OUTBOX_FOLDER: "",
    },
  });
  server.child.stderr?.on("data", (text: Buffer) => (said += text.toString()));
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

function ask(
  method: string,
  address: string,
  { headers = {}, body = "" }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const asked = send({ method, hostname, port, path: address, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** What comes back for bytes as they are. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.end(text));
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

const form = { "Content-Type": "application/x-www-form-urlencoded" };

const guarded = (headers: IncomingHttpHeaders) => {
  expect(headers["content-security-policy"]).toMatch(/default-src 'self'.*object-src 'none'.*frame-ancestors 'none'/);
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
  });
  expect(headers["x-powered-by"]).toBeUndefined();
};

it("a connection is kept for longer than a proxy keeps it, so that none is closed while a request is on its way", async () => {
  const { headers } = await ask("GET", "/set-up", { headers: { Connection: "keep-alive" } });
  expect(headers["keep-alive"]).toBe("timeout=65");
});

describe("every answer", () => {
  it.each([
    ["a page", "GET", "/set-up", {}, 200],
    ["a page that isn't there", "GET", "/nothing-here", {}, 404],
    ["where somebody is led to", "GET", "/", {}, 302],
    [
      "what another site's page would have a browser do",
      "POST",
      "/set-up",
      { headers: { ...form, Origin: "https://elsewhere.example" } },
      403,
    ],
    ["a body that is too large", "POST", "/set-up", { headers: form, body: "x".repeat(70_000) }, 413],
    [
      "a body that is too large and doesn't tell its length",
      "POST",
      "/set-up",
      { headers: { ...form, "Transfer-Encoding": "chunked" }, body: "x".repeat(70_000) },
      413,
    ],
    ["a method nothing here answers to", "TRACE", "/", {}, 405],
    ["an address that can't be read", "GET", "/matrices/%E0%A4%A/board", {}, 400],
    ["what was meant for another name", "GET", "/set-up", { headers: { Host: "elsewhere.example" } }, 421],
    ["a host that can't be read", "GET", "/", { headers: { Host: "a[b" } }, 400],
  ])("carries what guards it and is not kept by anybody: %s", async (_what, method, address, options, status) => {
    const answer = await ask(method, address, options);
    expect(answer.status).toBe(status);
    guarded(answer.headers);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.body).not.toMatch(/node_modules|\bat .*\.js:\d+/);
  });

  it("says a sentence where it refuses, and leaves no stack in the log", async () => {
    const page = await ask("GET", "/%", { headers: { Accept: "text/html" } });
    expect([page.status, page.headers["content-type"], page.body]).toEqual([
      400,
      "text/html; charset=utf-8",
      expect.stringContaining("This address can't be read."),
    ]);
    const script = await ask("GET", "/%", { headers: { Accept: "application/json" } });
    expect(JSON.parse(script.body)).toEqual({
      message: expect.stringMatching(/^This address can't be read\./),
      fields: {},
    });
    const trace = await ask("TRACE", "/");
    expect(trace.headers.allow).toBe("GET, HEAD, POST, OPTIONS");
    expect(said).toBe("");
  });

  it("to bytes that aren't HTTP is a refusal, and the next one is answered", async () => {
    expect(await raw("NONSENSE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
    expect((await ask("GET", "/health")).status).toBe(200);
  });

  it("of the application's files may be kept for good, since their names change with what they hold", async () => {
    const page = await ask("GET", "/set-up");
    const asset = /\/assets\/[^"']+\.js/.exec(page.body)?.[0] ?? "";
    const answer = await ask("GET", asset);
    expect([answer.status, answer.headers["cache-control"]]).toEqual([200, "public, max-age=31536000, immutable"]);
    guarded(answer.headers);
    expect((await ask("GET", "/favicon.svg")).headers["cache-control"]).toBe("public, max-age=3600");
  });

  it("of the application's files is packed as the browser can read it, and much smaller", async () => {
    const page = await ask("GET", "/set-up");
    const asset = /\/assets\/framework[^"']+\.js/.exec(page.body)?.[0] ?? "";
    const answers = await Promise.all(
      ["identity", "gzip", "gzip, deflate, br"].map((encodings) =>
        ask("GET", asset, { headers: { "accept-encoding": encodings } }),
      ),
    );
    expect(answers.map(({ headers }) => headers["content-encoding"])).toEqual([undefined, "gzip", "br"]);
    const [whole = 0, gzip = 0, brotli = 0] = answers.map(({ headers }) => Number(headers["content-length"]));
    expect(gzip).toBeLessThan(whole / 2);
    expect(brotli).toBeLessThan(gzip);
    for (const { headers } of answers) {
      expect(headers.vary).toContain("Accept-Encoding");
      expect(headers["content-type"]).toMatch(/javascript/);
    }
    const again = await ask("GET", asset, {
      headers: { "accept-encoding": "br", "if-none-match": answers[2]?.headers.etag ?? "" },
    });
    expect([again.status, again.headers["cache-control"]]).toEqual([304, "public, max-age=31536000, immutable"]);
    expect((await ask("POST", asset, { headers: { "accept-encoding": "br" } })).status).toBe(405);
  });

  it("for a file of the application that another build took away is a page that says so, and the next one is answered", async () => {
    const held = path.resolve("build/client/assets");
    const name = "taken-away.js";
    for (const ending of ["", ".br"]) writeFileSync(path.join(held, `${name}${ending}`), "");
    const there = await ask("GET", `/assets/${name}`, { headers: { "accept-encoding": "br" } });
    for (const ending of ["", ".br"]) rmSync(path.join(held, `${name}${ending}`));
    const gone = await ask("GET", `/assets/${name}`, { headers: { "accept-encoding": "br" } });
    expect([there.status, gone.status, gone.headers["cache-control"]]).toEqual([200, 404, "no-store"]);
    expect((await ask("GET", "/health")).status).toBe(200);
  });

  it("holds no checks of shapes, which the server makes and which would make every page a sixth longer", () => {
    const assets = path.resolve("build/client/assets");
    const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
    expect(scripts.length).toBeGreaterThan(20);
    expect(scripts.filter((name) => readFileSync(path.join(assets, name), "utf8").includes("invalid_type"))).toEqual(
      [],
    );
  });
});

describe("what anybody sends without signing in", () => {
  it("has no route looked up for each of thousands of parts of an address: which routes there are comes as a file, once", async () => {
    const page = await ask("GET", "/set-up");
    const [, file = "", version] = /"(\/assets\/manifest-(\w+)\.js)"/.exec(page.body) ?? [];
    expect((await ask("GET", file)).headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(page.body).not.toContain("window.__remixManifest =");
    for (const paths of [`p=${"/a".repeat(3_600)}`, Array.from({ length: 1_000 }, (_, i) => `p=/${i}`).join("&")]) {
      expect((await ask("GET", `/__manifest?version=${version}&${paths}`)).status).toBe(404);
    }
    expect((await ask("GET", "/a".repeat(7_500))).status).toBe(404);
  });

  it.each(["/set-up", "/set-up.data", "/sign-in", "/forgot-password.data", "/sign-in/by-mail"])(
    "comes back from %s only as far as it is a form of ours",
    async (address) => {
      const fields = (count: number) => Array.from({ length: count }, (_, i) => `field${i}=${"x".repeat(2)}`).join("&");
      const answer = await ask("POST", address, { headers: form, body: fields(5_000) });
      expect([answer.status, answer.body.includes("field4999")]).toEqual([422, false]);
      expect(answer.body).toContain("This is no form that Demarc made.");
    },
  );

  it("nested as deep as it fits into a request is refused, whatever it is nested in", async () => {
    const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
    for (const address of ["/set-up", "/set-up.data", "/matrices/none/commands", "/matrices/none/commands.data"]) {
      const answer = await ask("POST", address, { headers: { "Content-Type": "application/json" }, body: deep });
      expect([address, answer.status >= 300 && answer.status < 500, answer.body.includes("[[[[")]).toEqual([
        address,
        true,
        false,
      ]);
    }
    expect((await ask("GET", "/health")).status).toBe(200);
  });
});

describe("an installation answers to its own names alone", () => {
  const named = (host: string, address = "/set-up", more: Record<string, string> = {}) =>
    ask("GET", address, { headers: { Host: host, ...more } });

  it.each(["demarc.example", "inside.example:8080", "localhost", "127.0.0.1:1", "[::1]"])(
    "such as %s",
    async (host) => {
      expect((await named(host)).status).toBe(200);
    },
  );

  it("and says to any other what to set, without repeating it, whatever was asked and by whom it was passed on", async () => {
    const refused = await named("elsewhere.example");
    expect([refused.status, refused.body]).toEqual([
      421,
      expect.stringMatching(
        /doesn't answer to this name\. Open it at its own address; whoever runs it sets that as PUBLIC_URL, and further names in ALLOWED_HOSTS\./,
      ),
    ]);
    expect(refused.body).not.toContain("elsewhere");
    const script = await named("elsewhere.example", "/set-up", { Accept: "application/json" });
    expect(JSON.parse(script.body)).toMatchObject({
      message: expect.stringMatching(/^This installation doesn't answer/),
    });
    const own = /\/assets\/[^"']+\.js/.exec((await ask("GET", "/set-up")).body)?.[0] ?? "";
    expect((await named("elsewhere.example", own)).status).toBe(421);
    expect((await named("demarc.example", "/set-up", { "X-Forwarded-Host": "elsewhere.example" })).status).toBe(421);
    expect((await named("elsewhere.example", "/set-up", { "X-Forwarded-Host": "demarc.example" })).status).toBe(421);
    const write = await ask("POST", "/set-up", {
      headers: { ...form, Host: "elsewhere.example", Origin: "http://elsewhere.example" },
      body: "name=x",
    });
    expect(write.status).toBe(421);
    expect(await raw("GET /set-up HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 421/);
  });

  it("but tells how it is by any, as whoever watches over several servers asks", async () => {
    expect((await named("10.1.2.3", "/health")).status).toBe(200);
  });
});

it("a session's cookie is for this host and https alone, and no script reads it", async () => {
  const body = new URLSearchParams({
    name: "Maya Lindqvist",
    email: "maya@northwind.example",
    password: "four quiet words here",
    side: "client",
  }).toString();
  const answer = await ask("POST", "/set-up", { headers: { ...form, "X-Forwarded-For": "203.0.113.7:5678" }, body });
  expect(answer.status).toBe(302);
  const cookie = (answer.headers["set-cookie"] ?? []).find((line) => line.includes("session_token=")) ?? "";
  expect(cookie).toMatch(/^__Secure-/);
  for (const flag of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"])
    expect(cookie.toLowerCase()).toContain(flag.toLowerCase());
  expect(cookie.toLowerCase()).not.toContain("domain=");
});

it("a caller's address is that without the port a proxy names with it", () => {
  const db = new Database(path.join(data, "demarc.db"), { readonly: true });
  expect(db.prepare('SELECT "ipAddress" FROM "Session"').pluck().all()).toEqual(["203.0.113.7"]);
  db.close();
});

it("what the server keeps is its own user's alone", () => {
  const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);
  expect([
    mode(data),
    mode(path.join(data, "demarc.db")),
    mode(path.join(data, "demarc.db-wal")),
    mode(path.join(data, "secret")),
  ]).toEqual(["700", "600", "600", "600"]);
});

it.each([
  ["/matrices/abc/board?lens=does", "/matrices/abc/board?lens=does"],
  ["//elsewhere.example", "/"],
  ["/\\elsewhere.example", "/"],
  ["https://elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/a\nb", "/"],
  [`/${"a".repeat(3_000)}`, "/"],
  [undefined, "/"],
])("a place to go on to stays inside the application: %j", (written, kept) => {
  expect(safeNext(written)).toBe(kept);
});
