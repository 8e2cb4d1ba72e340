import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { findVersion } from "~/db/version-store.server";
import { AppError } from "~/domain/errors";
import { env } from "~/env.server";
import type { ExportJob, PackHead } from "~/files/pack.server";
import type { Actor } from "~/services/who/actor.server";
import { exportVersion } from "~/services/pack/exports.server";
import { freezeAgreed } from "~/services/pack/freezing.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { inThread, exportRefusal } from "~/services/pack/pack-writing.server";
import { signVersion } from "~/services/signing/signatures.server";
import { sendForSigning } from "~/services/signing/signing-requests.server";
import { exportStamp, stampAgreed } from "~/services/pack/stamping.server";
import { verifyUpload } from "~/services/pack/verification.server";
import { publishVersion } from "~/services/version/versions.server";
import { startAuthority } from "../support/authority";
import { withPart } from "../support/packages";
import { readBy } from "../support/read-by";
import { aPublishedVersion, confirmAll } from "../support/signing";
import { aUser } from "../support/stored";

const NOW = new Date("2026-11-25T09:00:00Z");
let maya: Actor;
let tom: Actor;

beforeAll(async () => {
  maya = await aUser("Maya Lindqvist");
  tom = await aUser("Tom Brandt");
});

/** Sends a version to both and has both sign it. */
async function agree(matrixId: string, number: number): Promise<void> {
  const signatories = (
    [
      ["client", maya],
      ["provider", tom],
    ] as const
  ).map(([partyId, { name, email }]) => ({ partyId, name, title: "Director", email }));
  await sendForSigning(
    maya,
    matrixId,
    number,
    { order: "together", mailed: "on", message: "", due: "", signatories },
    NOW,
  );
  await confirmAll(tom, matrixId, number, NOW);
  const fingerprint = (await findVersion(read, matrixId, number))?.fingerprint ?? "";
  for (const { name, ...actor } of [maya, tom]) {
    const form = {
      intent: "sign" as const,
      fingerprint,
      title: "Director",
      organisation: "Northwind",
      consent: "on",
      way: "typed",
      typed: name,
      drawn: "",
    };
    await signVersion(
      { ...actor, name },
      matrixId,
      number,
      form,
      { address: crypto.randomUUID(), userAgent: "A browser", cookie: "" },
      NOW,
    );
  }
}

it("what was agreed is written once and handed out byte for byte, also after the next version took its place", async () => {
  const { matrixId } = await aPublishedVersion(maya, tom, NOW);
  await agree(matrixId, 1);
  await freezeAgreed(NOW);
  const kept = await read.signedFile.findMany({
    where: { version: { matrixId } },
    orderBy: { name: "asc" },
    select: { name: true, bytes: true, sha256: true },
  });
  expect(kept.map(({ name }) => name.split(".").at(-1)).sort()).toEqual([
    "csv",
    "docx",
    "json",
    "md",
    "pdf",
    "xlsx",
    "zip",
  ]);
  for (const { bytes, sha256 } of kept) expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
  await freezeAgreed(NOW);
  expect(await read.signedFile.count({ where: { version: { matrixId } } })).toBe(kept.length);

  await runCommands(
    maya,
    matrixId,
    {
      baseRevision: 0,
      steps: [
        { id: "step-1", commands: [{ type: "duty.edit", dutyId: "duty-1", set: { doneWhen: "Both have read it." } }] },
      ],
    },
    NOW,
  );
  const { revision } = await read.matrix.findUniqueOrThrow({ where: { id: matrixId }, select: { revision: true } });
  await publishVersion(
    maya,
    matrixId,
    {
      revision,
      reason: "Clearer",
      agreementReference: "",
      exhibit: "",
      precedence: "",
      effectiveDate: null,
      reviewDate: null,
    },
    NOW,
  );
  await agree(matrixId, 2);
  expect((await findVersion(read, matrixId, 1))?.status).toBe("superseded");
  for (const format of ["xlsx", "pdf", "zip"] as const) {
    const file = await exportVersion(tom, matrixId, 1, format, new Date("2027-01-01T00:00:00Z"));
    expect(createHash("sha256").update(file.bytes).digest("hex"), format).toBe(
      kept.find(({ name }) => name === file.name)?.sha256,
    );
  }
  // A download may come before anything was kept: it keeps the file that is asked for, the ZIP all that are in it, amendment included.
  const second = await exportVersion(tom, matrixId, 2, "md", NOW);
  expect(
    await read.signedFile.findMany({ where: { version: { matrixId, number: 2 } }, select: { name: true } }),
  ).toEqual([{ name: second.name }]);
  await exportVersion(tom, matrixId, 2, "zip", NOW);
  expect(await read.signedFile.count({ where: { version: { matrixId, number: 2 } } })).toBe(kept.length + 3);
  expect(Buffer.from(second.bytes).toString()).toContain("| Version | 2, agreed |");
  const amendment = await exportVersion(tom, matrixId, 2, "docx", NOW, { amendment: true });
  const itself = await read.signedFile.findFirst({
    where: { version: { matrixId, number: 2 }, name: amendment.name },
    select: { sha256: true },
  });
  expect(createHash("sha256").update(amendment.bytes).digest("hex")).toBe(itself?.sha256);
  await expect(exportVersion(tom, matrixId, 1, "docx", NOW, { amendment: true })).rejects.toMatchObject({
    code: "not-found",
  });

  // A file that another release wrote in other words: compared where only somebody has it, known by its bytes where it is kept.
  const workbook = await read.signedFile.findFirst({
    where: { version: { matrixId, number: 2 }, name: { endsWith: "version-2.xlsx" } },
  });
  if (!workbook) throw new Error("The workbook of version 2 isn't kept.");
  const otherwise = withPart(workbook.bytes, "xl/sharedStrings.xml", (xml) =>
    xml.replace("Letters and words of the matrix", "Definitions"),
  );
  const checked = () => verifyUpload({ name: "matrix.xlsx", bytes: otherwise }, NOW);
  expect(await checked()).toMatchObject({ verdict: "differs", more: 0 });
  await write((tx) =>
    tx.signedFile.update({
      where: { id: workbook.id },
      data: { bytes: Uint8Array.from(otherwise), sha256: createHash("sha256").update(otherwise).digest("hex") },
    }),
  );
  expect(await checked()).toMatchObject({
    verdict: "in-force",
    sentence: "This is version 2, agreed on 25 Nov 2026, 09:00:00 UTC, in force.",
    differences: [],
    notes: ["It is, byte for byte, the file that was kept here when everybody had signed."],
  });
}, 120_000);

it("why a download came to nothing is said in a sentence for each reason", async () => {
  const { matrixId } = await aPublishedVersion(maya, tom, NOW);
  const said = async (why: Promise<unknown>) =>
    why.then(
      () => "written",
      (error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : "no sentence"),
    );
  const head: PackHead = {
    client: "",
    provider: "",
    title: "",
    kind: "matrix",
    mark: "",
    edition: { kind: "draft", fingerprint: "", previousFingerprint: null },
  };
  const nothing: ExportJob = { kind: "zip", head, files: [] };
  let begin = () => {};
  // One is being written and twelve wait before the version is asked for, so no query of it decides who comes first.
  const full = [
    inThread(() => new Promise((resolve) => (begin = () => resolve(nothing)))),
    ...Array.from({ length: 12 }, () => inThread(() => nothing)),
  ].map(said);
  const refused = await said(exportVersion(maya, matrixId, 1, "docx", NOW));
  begin();
  expect(await Promise.all(full)).toEqual(full.map(() => "written"));
  expect(refused).toBe("too-many: Several long downloads are being written. Try again in a minute.");
  const gone = new AbortController();
  const cancelled = said(exportVersion(maya, matrixId, 1, "pdf", NOW, { closed: gone.signal }));
  gone.abort();
  expect(await cancelled).toBe("conflict: The download was cancelled. Start it again if you still want the file.");
  expect(exportRefusal("too-long").message).toBe(
    "Writing this file took too long and was given up. Choose another format, or fewer parts.",
  );
  expect(exportRefusal("too-large").message).toBe(
    "Writing this file takes more memory than one download may have. Choose another format, or fewer parts.",
  );
}, 240_000);

it("an authority's stamp over the fingerprint is kept once, and openssl finds it good", async () => {
  const authority = await startAuthority();
  const { matrixId } = await aPublishedVersion(maya, tom, NOW);
  await agree(matrixId, 1);
  await expect(exportStamp(maya, matrixId, 1)).rejects.toMatchObject({ code: "not-found" });
  await stampAgreed(authority.url);
  const { bytes } = await exportStamp(tom, matrixId, 1);
  writeFileSync(path.join(authority.folder, "stamp.tst"), bytes);
  authority.openssl(
    "ts",
    "-verify",
    "-digest",
    (await findVersion(read, matrixId, 1))?.fingerprint ?? "",
    "-in",
    "stamp.tst",
    "-token_in",
    "-CAfile",
    "ca.pem",
  );
  await stampAgreed("http://127.0.0.1:9/");
  expect(Buffer.from((await exportStamp(tom, matrixId, 1)).bytes).equals(Buffer.from(bytes))).toBe(true);
  await authority.stop();
}, 60_000);

it("a file that can't be written takes no other along, holds up no other version, is left alone for a while and then tried again", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "demarc-key-"));
  const usual = env.SIGNING_KEY_FILE;
  env.SIGNING_KEY_FILE = path.join(folder, "key.pem");
  writeFileSync(env.SIGNING_KEY_FILE, "no key at all");
  try {
    const [first, second] = [await aPublishedVersion(maya, tom, NOW), await aPublishedVersion(maya, tom, NOW)];
    await agree(first.matrixId, 1);
    await agree(second.matrixId, 1);
    const kept = ({ matrixId }: { matrixId: string }) =>
      read.signedFile.findMany({
        where: { version: { matrixId } },
        orderBy: { name: "asc" },
        select: { id: true, name: true },
      });
    await expect(freezeAgreed(NOW)).rejects.toThrow(/^version 1 of the matrix .*: .*key.pem is no signing key/);
    const before = await kept(first);
    for (const files of [before, await kept(second)])
      expect(files.map(({ name }) => name.split(".").at(-1)).sort()).toEqual(["csv", "docx", "json", "md", "xlsx"]);

    // Each is there for whoever asks, and what isn't says so.
    for (const format of ["xlsx", "docx", "json", "csv", "md"] as const)
      expect((await exportVersion(tom, first.matrixId, 1, format, NOW)).bytes.length).toBeGreaterThan(0);
    await expect(exportVersion(tom, first.matrixId, 1, "pdf", NOW)).rejects.toThrow("is no signing key");
    await expect(exportVersion(tom, first.matrixId, 1, "zip", NOW)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(
        /^There is no ZIP yet, since .*\.pdf in it couldn't be written\. Download the other files one by one\.$/,
      ),
    });

    const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
    await freezeAgreed(after(9));
    await expect(freezeAgreed(after(11))).rejects.toThrow("is no signing key");
    rmSync(env.SIGNING_KEY_FILE);
    await freezeAgreed(after(29));
    expect(await kept(first)).toEqual(before);
    await freezeAgreed(after(32));
    for (const version of [first, second])
      expect((await kept(version)).map(({ name }) => name.split(".").at(-1)).sort()).toEqual([
        "csv",
        "docx",
        "json",
        "md",
        "pdf",
        "xlsx",
        "zip",
      ]);
    expect(await kept(first)).toEqual(expect.arrayContaining(before));
  } finally {
    env.SIGNING_KEY_FILE = usual;
  }
}, 120_000);

// Last: what counts versions that wait takes a few at a time.
const LONG = [
  ["German", "Stadtwerke und Verkehrsbetriebe Nordwind GmbH", "Hafen Informationstechnik Gesellschaft mbH"],
  [
    "Japanese",
    "日本北風都市交通情報通信技術運用保守管理総合株式会社東京本社情報基盤部".repeat(3),
    "東京港湾情報技術サービス有限責任事業組合",
  ],
  [
    "Arabic, and emoji",
    "شركة رياح الشمال للخدمات البلدية والنقل العام والاتصالات المحدودة",
    "⚓👩🏽‍💻 𠮷野家 🚢".repeat(6),
  ],
] as const;

describe.each(LONG)("a version between parties with long names (%s)", (_script, client, provider) => {
  let matrixId = "";
  const FORMATS = ["xlsx", "docx", "pdf", "json", "csv", "md"] as const;
  const AMENDED = ["xlsx", "docx", "pdf"] as const;
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  beforeAll(async () => {
    ({ matrixId } = await aPublishedVersion(maya, tom, NOW));
    await agree(matrixId, 1);
    const commands = [
      { type: "party.rename" as const, partyId: "client", name: client },
      { type: "party.rename" as const, partyId: "provider", name: provider },
      { type: "duty.edit" as const, dutyId: "duty-1", set: { doneWhen: "Both have read it." } },
    ];
    expect(
      (await runCommands(maya, matrixId, { baseRevision: 0, steps: [{ id: "step-1", commands }] }, NOW)).rejected,
    ).toEqual([]);
    const { revision } = await read.matrix.findUniqueOrThrow({ where: { id: matrixId }, select: { revision: true } });
    await publishVersion(
      maya,
      matrixId,
      {
        revision,
        reason: "Clearer",
        agreementReference: "",
        exhibit: "",
        precedence: "",
        effectiveDate: null,
        reviewDate: null,
      },
      NOW,
    );
  });

  readBy(
    ["unzip"],
    "has every file of its pack, before and after it is agreed, by itself and as a standard tool unpacks the ZIP",
    async () => {
      for (const agreed of [false, true]) {
        if (agreed) await agree(matrixId, 2);
        // The amendment comes first: nothing takes the place of what wasn't asked for yet.
        const amendments = [];
        for (const format of AMENDED)
          amendments.push(await exportVersion(tom, matrixId, 2, format, NOW, { amendment: true }));
        const files = [];
        for (const format of FORMATS) files.push(await exportVersion(tom, matrixId, 2, format, NOW));
        const all = [...files, ...amendments];
        const pack = await exportVersion(tom, matrixId, 2, "zip", NOW);
        for (const { name } of [...all, pack]) {
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
          expect(name).toMatch(/-version-2(-amendment-1)?\.[a-z]+$/);
        }
        const folder = mkdtempSync(path.join(tmpdir(), "demarc-pack-"));
        try {
          writeFileSync(path.join(folder, "pack.zip"), pack.bytes);
          execFileSync("unzip", ["-q", "pack.zip", "-d", "out"], {
            cwd: folder,
            env: { ...process.env, LC_ALL: "C.UTF-8" },
          });
          const manifest = JSON.parse(readFileSync(path.join(folder, "out", "manifest.json"), "utf8"));
          const told = manifest.files
            .map(({ name, sha256 }: { name: string; sha256: string }) => [name, sha256])
            .sort();
          const unpacked = readdirSync(path.join(folder, "out")).filter((name) => name !== "manifest.json");
          expect(unpacked.map((name) => [name, sha256(readFileSync(path.join(folder, "out", name)))]).sort()).toEqual(
            told,
          );
          expect(told.map(([name = ""]: string[]) => name)).toEqual(all.map(({ name }) => name).sort());
          // What is signed anew for each download differs in its signature alone; what is kept differs in nothing.
          if (agreed) expect(told).toEqual(all.map(({ name, bytes }) => [name, sha256(bytes)]).sort());
        } finally {
          rmSync(folder, { recursive: true });
        }
      }
      expect(await read.signedFile.count({ where: { version: { matrixId, number: 2 } } })).toBe(10);
    },
    240_000,
  );
});
