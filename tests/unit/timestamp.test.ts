import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stampFingerprint } from "~/files/timestamp.server";

const FINGERPRINT = createHash("sha256").update("a version").digest("hex");
const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-authority-"));
const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** What the authority does with a question before it answers. */
let before: (query: Buffer) => Buffer = (query) => query;
let answering: (reply: Buffer) => Buffer = (reply) => reply;
let server: Server;
let url: string;

/** A real authority: `openssl ts` with a key of its own behind a small server. */
beforeAll(async () => {
  writeFileSync(path.join(folder, "serial"), "01");
  writeFileSync(
    path.join(folder, "openssl.cnf"),
    `[tsa]\ndefault_tsa = here\n[here]\nserial = serial\nsigner_cert = tsa.pem\ncerts = ca.pem\nsigner_key = tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\ness_cert_id_alg = sha256\n[ext]\nextendedKeyUsage = critical,timeStamping\n[req]\ndistinguished_name = dn\n[dn]\n[ca]\nbasicConstraints = critical,CA:TRUE\n`,
  );
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Authority of this test", "-config", "openssl.cnf", "-extensions", "ca", "-days", "2");
  openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Clock of this test", "-config", "openssl.cnf");
  openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "tsa.pem", "-extfile", "openssl.cnf", "-extensions", "ext", "-days", "2");
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      writeFileSync(path.join(folder, "query.tsq"), before(Buffer.concat(chunks)));
      openssl("ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr");
      response.setHeader("Content-Type", "application/timestamp-reply").end(answering(readFileSync(path.join(folder, "reply.tsr"))));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

it("a fingerprint is stamped so that openssl finds the token good", async () => {
  const stamped = await stampFingerprint(url, FINGERPRINT);
  expect(stamped.ok && stamped.value.byteLength).toBeGreaterThan(500);
  writeFileSync(path.join(folder, "stamp.tst"), stamped.ok ? stamped.value : "");
  expect(() => openssl("ts", "-verify", "-digest", FINGERPRINT, "-in", "stamp.tst", "-token_in", "-CAfile", "ca.pem")).not.toThrow();
  expect(() => openssl("ts", "-verify", "-digest", "0".repeat(64), "-in", "stamp.tst", "-token_in", "-CAfile", "ca.pem")).toThrow();
});

it.each([
  ["about another fingerprint", (query: Buffer) => Buffer.from(query.toString("hex").replace(FINGERPRINT, "1".repeat(64)), "hex"), (reply: Buffer) => reply, "stamp-other"],
  ["to another question", (query: Buffer) => Buffer.concat([query.subarray(0, -7), Buffer.from("aaaa", "hex"), query.subarray(-5)]), (reply: Buffer) => reply, "stamp-other"],
  ["whose signature was changed", (query: Buffer) => query, (reply: Buffer) => Buffer.concat([reply.subarray(0, -9), Buffer.of(reply[reply.length - 9]! ^ 1), reply.subarray(-8)]), "stamp-other"],
  ["that refuses", (query: Buffer) => Buffer.from(query.toString("hex").replace("608648016503040201", "608648016503040203"), "hex"), (reply: Buffer) => reply, "stamp-refused"],
  ["that is none", (query: Buffer) => query, () => Buffer.from("<html>"), "stamp-unreadable"],
])("an answer %s is not kept", async (_what, asked, answer, code) => {
  [before, answering] = [asked, answer];
  const stamped = await stampFingerprint(url, FINGERPRINT);
  expect(stamped.ok ? "kept" : stamped.rejection.code).toBe(code);
});

it("an authority that isn't there is said to be out of reach", async () => {
  const stamped = await stampFingerprint("http://127.0.0.1:9/", FINGERPRINT);
  expect(stamped.ok ? "" : stamped.rejection.message).toBe("The time-stamping authority can't be reached. It is asked again later.");
});
