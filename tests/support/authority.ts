import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/** A time-stamping authority. A test can change its requests with `before` and its answers with `answering`. */
export type Authority = {
  url: string;
  folder: string;
  openssl: (...args: string[]) => string;
  before: (query: Buffer) => Buffer;
  answering: (reply: Buffer) => Buffer;
  stop(): Promise<void>;
};

const CONFIGURATION = `[tsa]\ndefault_tsa = here\n[here]\nserial = serial\nsigner_cert = tsa.pem\ncerts = ca.pem\nsigner_key = tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\ness_cert_id_alg = sha256\n[ext]\nextendedKeyUsage = critical,timeStamping\n[req]\ndistinguished_name = dn\n[dn]\n[ca]\nbasicConstraints = critical,CA:TRUE\n`;

/** A kind of key that is generated quickly. */
const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];

/** Starts a real authority: `openssl ts` with a key of its own, behind a small server. */
export async function startAuthority(): Promise<Authority> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-authority-"));
  const openssl = (...args: string[]) =>
    execFileSync("openssl", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  writeFileSync(path.join(folder, "serial"), "01");
  writeFileSync(path.join(folder, "openssl.cnf"), CONFIGURATION);
  openssl(
    "req",
    "-x509",
    ...KEY,
    "-nodes",
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=Authority of this test",
    "-config",
    "openssl.cnf",
    "-extensions",
    "ca",
    "-days",
    "2",
  );
  openssl(
    "req",
    "-new",
    ...KEY,
    "-nodes",
    "-keyout",
    "tsa.key",
    "-out",
    "tsa.csr",
    "-subj",
    "/CN=Clock of this test",
    "-config",
    "openssl.cnf",
  );
  openssl(
    "x509",
    "-req",
    "-in",
    "tsa.csr",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-out",
    "tsa.pem",
    "-extfile",
    "openssl.cnf",
    "-extensions",
    "ext",
    "-days",
    "2",
  );
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      writeFileSync(path.join(folder, "query.tsq"), authority.before(Buffer.concat(chunks)));
      void promisify(execFile)(
        "openssl",
        ["ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr"],
        { cwd: folder },
      ).then(() =>
        response
          .setHeader("Content-Type", "application/timestamp-reply")
          .end(authority.answering(readFileSync(path.join(folder, "reply.tsr")))),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const authority: Authority = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    folder,
    openssl,
    before: (query) => query,
    answering: (reply) => reply,
    async stop() {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return authority;
}
