import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import forge from "node-forge";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { shortFingerprint } from "~/domain/version/snapshot";
import { writePdf } from "~/files/pdf.server";
import { ownKey, readKeyFile, signatureWords, SigningKeyError } from "~/files/signing-key.server";
import { after, draftReport, edition, signedReport } from "../support/packs";
import { readBy } from "../support/read-by";

const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-pdf-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => path.join(folder, name);
const run = (program: string, ...parameters: string[]) =>
  execFileSync(program, parameters, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

describe("the PDF of a version, read by other programs", () => {
  beforeAll(async () => {
    const key = ownKey(at("signing-key.pem"), "Demarc at https://demarc.example", new Date("2026-03-01T00:00:00Z"));
    writeFileSync(
      at("signed.pdf"),
      await writePdf(signedReport(), {
        ...key,
        at: "2026-03-05T10:11:12.000Z",
        reason: "Version 2",
        words: signatureWords(key),
      }),
    );
    writeFileSync(at("draft.pdf"), await writePdf(draftReport({ parts: ["matrix", "definitions"], paper: "Letter" })));
  }, 120_000);

  readBy(
    ["pdfinfo", "pdffonts", "qpdf"],
    "is tagged, sound, on the paper that was asked for, and has its typefaces inside",
    () => {
      expect(run("pdfinfo", at("signed.pdf"))).toMatch(
        /Title: +Responsibility matrix: Northwind & Sons <Ltd> and Harbour IT\n[^]*Tagged: +yes[^]*Page size: .*A4/,
      );
      expect(run("pdfinfo", at("draft.pdf"))).toMatch(/Page size: .*letter/);
      for (const name of ["signed.pdf", "draft.pdf"]) {
        expect(run("qpdf", "--check", at(name))).toContain("No syntax or stream encoding errors found");
        expect(
          run("pdffonts", at(name))
            .split("\n")
            .slice(2)
            .filter(Boolean)
            .every((font) => /Identity-H\s+yes yes yes/.test(font)),
        ).toBe(true);
      }
    },
  );
  readBy(
    ["pdftotext"],
    "shows every duty with its letters, the notes and both signatures, and the fingerprint on every page",
    () => {
      const pages = run("pdftotext", "-layout", at("signed.pdf"), "-").split("\f").slice(0, -1);
      pages.forEach((page, i) => {
        expect(page).toContain(`Fingerprint ${shortFingerprint(edition.fingerprint)}`);
        expect(page).toContain(`Page ${i + 1} of ${pages.length}`);
      });
      const whole = pages.join("\n");
      for (const { rows } of signedReport().sections) {
        for (const { code, cells } of rows) {
          const letters = cells.map((held) => held.join("/")).filter(Boolean);
          const line = whole.split("\n").find((candidate) => candidate.trimStart().startsWith(code)) ?? "";
          expect(line.trim().split(/\s+/).slice(-letters.length), code).toEqual(letters);
        }
      }
      for (const said of [
        edition.fingerprint,
        "Maya Lindqvist",
        "Tom Okafor",
        "nobody else vouches for the identity",
        "Ελληνικά Кириллица",
        "שלום עולם",
        "Answer <every> & call",
      ])
        expect(whole.replace(/\s+/g, " ")).toContain(said);
      expect(whole).not.toContain("□");
    },
  );
  readBy(
    ["pdfinfo"],
    "repeats the heads of the matrix as furniture and has rows of headers and cells in its structure",
    () => {
      const structure = run("pdfinfo", "-struct", at("signed.pdf"));
      expect(structure.match(/TR\b/g)?.length).toBeGreaterThan(after.duties.length);
      expect(structure).toMatch(/TH\b/);
      for (const tag of ["H1", "H2", "Table", "L ", "Figure"]) expect(structure).toContain(tag);
    },
  );
  readBy(["pdfdetach"], "attaches the canonical text, byte for byte", () => {
    run("pdfdetach", "-save", "1", "-o", at("carried.json"), at("signed.pdf"));
    expect(readFileSync(at("carried.json"), "utf8")).toBe(edition.canonicalText);
    expect(run("pdfdetach", "-list", at("signed.pdf"))).toContain("demarc-version.json");
  });
  readBy(["pdfsig"], "is signed over the whole file, and one altered byte is noticed", () => {
    const signature = run("pdfsig", at("signed.pdf"));
    for (const said of [
      "ETSI.CAdES.detached",
      "Total document signed",
      "Signature is Valid",
      "Certificate issuer is unknown",
    ])
      expect(signature).toContain(said);
    const bytes = readFileSync(at("signed.pdf"));
    bytes[Math.floor(bytes.length / 3)] = (bytes[Math.floor(bytes.length / 3)] ?? 0) ^ 1;
    writeFileSync(at("altered.pdf"), bytes);
    expect(run("pdfsig", at("altered.pdf"))).not.toContain("Signature is Valid");
  });
  readBy(
    ["pdftotext"],
    "reads back as the characters it was given, whichever that look the same were in documents before",
    async () => {
      const saying = (text: string) => writePdf({ ...draftReport({ parts: ["matrix"], paper: "A4" }), title: text });
      const [greek, increment] = ["Δ one", "∆ one"];
      const before = await saying(greek);
      for (const [text, other] of [
        [increment, greek],
        [greek, increment],
      ] as const) {
        writeFileSync(at("alike.pdf"), await saying(text));
        const words = run("pdftotext", at("alike.pdf"), "-");
        expect(words).toContain(text);
        expect(words).not.toContain(other);
      }
      expect(Buffer.from(await saying(greek)).equals(before)).toBe(true);
    },
  );
  readBy(["pdftotext", "pdfsig"], "says on every page of a draft and an extract what it is", () => {
    const pages = run("pdftotext", "-layout", at("draft.pdf"), "-").split("\f").slice(0, -1);
    for (const page of pages) expect(page).toContain("DRAFT · EXTRACT");
    expect(spawnSync("pdfsig", [at("draft.pdf")], { encoding: "utf8" }).stdout).toContain(
      "does not contain any signatures",
    );
  });
});

describe("the signing key", () => {
  it("is made once, for its user alone", () => {
    const made = ownKey(at("own.pem"), "Demarc", new Date("2026-03-01T00:00:00Z"));
    const making = vi.spyOn(forge.pki, "createCertificate");
    expect(ownKey(at("own.pem"), "Demarc", new Date("2027-03-01T00:00:00Z"))).toEqual(made);
    expect(making).not.toHaveBeenCalled();
    expect(statSync(at("own.pem")).mode & 0o777).toBe(0o600);
    expect(signatureWords(made)).toContain("nobody else vouches");
  });
  it("says what is in its place", () => {
    expect(() => ownKey(folder, "Demarc", new Date("2026-03-01T00:00:00Z"))).toThrow(
      "can't be read. Make it readable, or set SIGNING_P12.",
    );
    writeFileSync(at("empty.pem"), "");
    expect(() => ownKey(at("empty.pem"), "Demarc", new Date("2026-03-01T00:00:00Z"))).toThrow(
      "is no signing key. Move it away, and a new one is made.",
    );
  });
  readBy(["openssl"], "comes out of a PKCS #12 file of an office, with its chain", () => {
    for (const kind of ["rsa:2048", "ec"]) {
      const parameters =
        kind === "ec" ? ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"] : ["-newkey", kind];
      execFileSync(
        "openssl",
        [
          "req",
          "-x509",
          ...parameters,
          "-nodes",
          "-keyout",
          at("k.pem"),
          "-out",
          at("c.pem"),
          "-subj",
          "/CN=Harbour IT",
          "-days",
          "30",
        ],
        { stdio: "ignore" },
      );
      execFileSync(
        "openssl",
        [
          "pkcs12",
          "-export",
          "-inkey",
          at("k.pem"),
          "-in",
          at("c.pem"),
          "-out",
          at("office.p12"),
          "-passout",
          "pass:harbour",
        ],
        { stdio: "ignore" },
      );
      expect(signatureWords(readKeyFile(at("office.p12"), "harbour"))).toContain("with the key of Harbour IT");
    }
    expect(() => readKeyFile(at("office.p12"), "wrong")).toThrow(SigningKeyError);
    expect(() => readKeyFile(at("missing.p12"), "")).toThrow("can't be read");
  });
});
