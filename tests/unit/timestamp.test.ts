import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stampFingerprint } from "~/files/timestamp.server";
import { startAuthority, type Authority } from "../support/authority";

const FINGERPRINT = createHash("sha256").update("a version").digest("hex");
let authority: Authority;

beforeAll(async () => {
  authority = await startAuthority();
});
afterAll(() => authority.stop());

it("a fingerprint is stamped so that openssl finds the token good", async () => {
  const stamped = await stampFingerprint(authority.url, FINGERPRINT);
  expect(stamped.ok && stamped.value.byteLength).toBeGreaterThan(500);
  writeFileSync(path.join(authority.folder, "stamp.tst"), stamped.ok ? stamped.value : "");
  expect(() =>
    authority.openssl("ts", "-verify", "-digest", FINGERPRINT, "-in", "stamp.tst", "-token_in", "-CAfile", "ca.pem"),
  ).not.toThrow();
  expect(() =>
    authority.openssl("ts", "-verify", "-digest", "0".repeat(64), "-in", "stamp.tst", "-token_in", "-CAfile", "ca.pem"),
  ).toThrow();
});

it.each([
  [
    "about another fingerprint",
    (query: Buffer) => Buffer.from(query.toString("hex").replace(FINGERPRINT, "1".repeat(64)), "hex"),
    (reply: Buffer) => reply,
    "stamp-other",
  ],
  [
    "to another question",
    (query: Buffer) => Buffer.concat([query.subarray(0, -7), Buffer.from("aaaa", "hex"), query.subarray(-5)]),
    (reply: Buffer) => reply,
    "stamp-other",
  ],
  [
    "whose signature was changed",
    (query: Buffer) => query,
    (reply: Buffer) =>
      Buffer.concat([reply.subarray(0, -9), Buffer.of(reply[reply.length - 9]! ^ 1), reply.subarray(-8)]),
    "stamp-other",
  ],
  [
    "that refuses",
    (query: Buffer) => Buffer.from(query.toString("hex").replace("608648016503040201", "608648016503040203"), "hex"),
    (reply: Buffer) => reply,
    "stamp-refused",
  ],
  ["that is none", (query: Buffer) => query, () => Buffer.from("<html>"), "stamp-unreadable"],
])("an answer %s is not kept", async (_what, asked, answer, code) => {
  [authority.before, authority.answering] = [asked, answer];
  const stamped = await stampFingerprint(authority.url, FINGERPRINT);
  expect(stamped.ok ? "kept" : stamped.rejection.code).toBe(code);
});

it("an authority that isn't there is said to be out of reach", async () => {
  const stamped = await stampFingerprint("http://127.0.0.1:9/", FINGERPRINT);
  expect(stamped.ok ? "" : stamped.rejection.message).toBe(
    "The time-stamping authority can't be reached. It is asked again later.",
  );
});
