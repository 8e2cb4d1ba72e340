import { existsSync, readFileSync } from "node:fs";
import { request as send, type ClientRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LIMITS } from "~/domain/limits";
import { formWithFile } from "~/http/parse.server";
import { paperForm } from "~/services/signing/papers.server";
import { startServer, type ServerProcess } from "../support/server-process";
import { ATTACKS, attacked } from "../support/attacks";
import { aMatrix } from "../support/matrices";
import { anEngagement, freshLoad, signedIn } from "../support/stored";

const MB = 1_000_000;
const BOUNDARY = "what-stands-between";
const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="signed.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
const FOOT = `\r\n--${BOUNDARY}--\r\n`;
const body = Buffer.concat([Buffer.from(HEAD), Buffer.alloc(20 * MB - 1_000, "a"), Buffer.from(FOOT)]);

let server: ServerProcess;
let said = "";
beforeAll(async () => {
  // Behind a proxy, so that each upload can come from a network of its own.
  server = await startServer(process.env.DATABASE_URL ?? "", { env: { TRUST_PROXY: "1" } });
  server.child.stderr?.on("data", (text: Buffer) => (said += text.toString()));
});
afterAll(() => server.kill());

type Answer = { status: number; text: string; retry: string | undefined };

function beginUpload(
  network: string,
  headers: Record<string, string | number> = { "Content-Length": body.length },
): { asked: ClientRequest; answer: Promise<Answer> } {
  const { hostname, port } = new URL(server.url);
  const asked = send({
    hostname,
    port,
    method: "POST",
    path: "/verify",
    agent: false,
    headers: { "Content-Type": `multipart/form-data; boundary=${BOUNDARY}`, "X-Forwarded-For": network, ...headers },
  });
  const answer = new Promise<Answer>((resolve, reject) => {
    asked.on("response", (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text, retry: response.headers["retry-after"] }),
      );
    });
    asked.on("error", reject);
  });
  return { asked, answer };
}

function upload(network: string): Promise<Answer> {
  const { asked, answer } = beginUpload(network);
  asked.end(body);
  return answer;
}

/** The most memory the server has taken so far, in MB. */
const most = () =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"))?.[1]) / 1_024;
const many = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Everybody hears what became of their file: it was checked, or they are told to come back. */
function expectAnswered(answers: Answer[]): void {
  for (const { status, text, retry } of answers) {
    expect([200, 503]).toContain(status);
    expect(text).toContain(
      status === 200 ? "This isn’t a kind of file that can be checked".replace("’", "&#x27;") : "try again in a moment",
    );
    if (status === 503) expect(Number(retry)).toBeGreaterThan(0);
  }
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
}

describe("files that are sent to be checked, 20 MB each", () => {
  it.skipIf(!existsSync("/proc/self/status"))(
    "30 of one network and 100 of as many others at once are never all in memory, and everybody is answered",
    async () => {
      expect((await upload("192.0.2.1")).status).toBe(200);
      const before = most();
      expectAnswered(await Promise.all(many(29).map(() => upload("192.0.2.1"))));
      expectAnswered(await Promise.all(many(100).map((i) => upload(`198.51.100.${i}`))));
      // Half of what thirty of them come to.
      expect(most() - before).toBeLessThan(300);
    },
    180_000,
  );

  it("are let go where their sender has gone, whether they waited or had begun", async () => {
    const gone = many(6).map(() => beginUpload("203.0.113.1"));
    for (const { asked, answer } of gone) {
      answer.catch(() => undefined);
      asked.write(body.subarray(0, 3 * MB));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const { asked } of gone) asked.destroy();
    expect((await upload("203.0.113.1")).status).toBe(200);
  });

  it("are answered where their form is of very many parts, or their name without end", async () => {
    const send = (text: string) => {
      const { asked, answer } = beginUpload("203.0.113.9", { "Content-Length": Buffer.byteLength(text) });
      asked.end(text);
      return answer;
    };
    const parts = await send(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\na\r\n`.repeat(20_000) + `--${BOUNDARY}--\r\n`,
    );
    expect([parts.status, parts.text.includes("This is no form that Demarc made.")]).toEqual([422, true]);
    const named = await send(`${HEAD.replace("signed.pdf", `${"n".repeat(50_000)}.pdf`)}a${FOOT}`);
    expect(named.status).toBe(200);
    expect(named.text.length).toBeLessThan(40_000);
  });

  it("count whole where they don't tell their length", async () => {
    const { asked, answer } = beginUpload("203.0.113.7", { "Transfer-Encoding": "chunked" });
    asked.end(body);
    expect((await answer).status).toBe(200);
  });
});

describe("a file signed on paper", () => {
  const read = (parts: [string, string | File][]) => {
    const form = new FormData();
    for (const [name, value] of parts) form.append(name, value);
    return formWithFile(
      new Request("http://localhost/", { method: "POST", body: form }),
      "file",
      paperForm,
      "signatoryIds",
    );
  };
  const signed = (size: number, name = "signed.pdf") => new File([new Uint8Array(size).fill(65)], name);
  const fields: [string, string][] = [
    ["signatoryIds", "one"],
    ["signatoryIds", "two"],
    ["signedOn", "2026-03-02"],
  ];

  it("comes with every field of its form, and no other file", async () => {
    const { fields: told, file } = await read([
      ...fields,
      ["other", signed(10, "other.pdf")],
      ["file", signed(3 * MB)],
    ]);
    expect(told).toEqual({ signatoryIds: ["one", "two"], signedOn: "2026-03-02" });
    expect([file.name, file.bytes.byteLength, file.bytes.every((byte) => byte === 65)]).toEqual([
      "signed.pdf",
      3 * MB,
      true,
    ]);
  });

  it("is refused with a sentence where it is missing, empty or too large", async () => {
    await expect(read(fields)).rejects.toMatchObject({ code: "invalid", fields: { file: "Choose the signed file." } });
    await expect(read([...fields, ["file", signed(0)]])).rejects.toMatchObject({
      code: "invalid",
      fields: { file: "Choose the signed file." },
    });
    await expect(read([...fields, ["file", signed(LIMITS.paperBytes + 1)]])).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/larger than 10 MB/),
    });
  });
});

describe("edits", () => {
  it("made to take as long as they can are refused, and the server answers on", async () => {
    const owner = await signedIn("Maya Lindqvist");
    const { matrixId } = await anEngagement(owner, attacked);
    const before = await freshLoad(matrixId);
    for (const [name, make] of Object.entries(ATTACKS)) {
      const response = await fetch(`${server.url}/matrices/${matrixId}/commands`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Cookie: owner.cookie },
        body: `{"baseRevision":0,"steps":[{"id":"s","commands":[${make()}]}]}`,
      });
      const answer = (await response.json()) as { rejected?: unknown[]; message?: string };
      expect([name, response.status === 200 ? answer.rejected?.length : response.status]).toEqual([
        name,
        response.status === 200 ? 1 : 400,
      ]);
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
    }
    expect(said).toBe("");
    expect(await freshLoad(matrixId)).toEqual(before);
  });

  it("nested deeper than anything is are answered with 400 and a sentence, and the log stays empty", async () => {
    const owner = await signedIn("Maya Lindqvist");
    const { matrixId } = await anEngagement(owner, aMatrix());
    const before = await freshLoad(matrixId);
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const deep = `${open.repeat(100_000)}1${close.repeat(100_000)}`;
      for (const sent of [
        deep,
        `{"baseRevision":0,"steps":[{"id":"s","commands":[{"type":"diff.apply","diff":{"fields":{"title":{"before":null,"after":${deep}}}}}]}]}`,
      ]) {
        const response = await fetch(`${server.url}/matrices/${matrixId}/commands`, {
          method: "POST",
          headers: { "Content-Type": "application/json", Cookie: owner.cookie },
          body: sent,
        });
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({
          message: `The request is nested deeper than the ${LIMITS.jsonDepth} levels that are read. Nothing was applied.`,
        });
      }
    }
    expect(said).toBe("");
    expect(await freshLoad(matrixId)).toEqual(before);
  });
});
