// Computes a version's fingerprint from a file of it, from docs/fingerprint.md alone: Node's standard library and no code of Demarc.
//   node tests/support/independent-fingerprint.mjs FILE
// Prints one line of JSON: the fingerprint recomputed from what the file carries, the one it names, and, for a matrix
// file, the one recomputed from the matrix it shows. Ends with 1 where they aren't all the same.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { inflateRawSync, inflateSync } from "node:zlib";

const bytes = readFileSync(process.argv[2]);
const start = bytes.subarray(0, 5).toString("latin1");
const fingerprints = start.startsWith("PK") ? fromPackage(bytes) : start === "%PDF-" ? fromPdf(bytes) : fromJson(bytes);
console.log(JSON.stringify(fingerprints));
process.exitCode = new Set(Object.values(fingerprints)).size === 1 ? 0 : 1;

function sha256(text) {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function fromPackage(file) {
  const parts = unzip(file);
  const { text, named } = parts.has("xl/workbook.xml") ? carriedByWorkbook(parts) : carriedByDocument(parts);
  return { carried: sha256(text), named };
}

/** Step 2 for XLSX: the sheet named "demarc", column A. */
function carriedByWorkbook(parts) {
  const relation = /<sheet [^>]*name="demarc"[^>]*r:id="([^"]+)"/.exec(parts.get("xl/workbook.xml"))[1];
  const [target] = [...parts.get("xl/_rels/workbook.xml.rels").matchAll(/<Relationship [^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => tag.includes(`Id="${relation}"`));
  const sheet = parts.get(`xl/${/Target="([^"]+)"/.exec(target)[1].replace(/^\/xl\//, "")}`);
  const strings = [...(parts.get("xl/sharedStrings.xml") ?? "").matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) =>
    [...item.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map(([, text]) => text).join(""),
  );
  const column = [...sheet.matchAll(/<c r="A\d+"([^>]*)>(.*?)<\/c>/gs)].map(([, attributes, inside]) => {
    const value = /<(?:v|t)(?: [^>]*)?>([^<]*)</.exec(inside)?.[1] ?? "";
    return plain(attributes.includes('t="s"') ? strings[Number(value)] : value);
  });
  return { named: column[1], text: column.slice(4, 4 + Number(column[3])).join("") };
}

/** Step 2 for DOCX: the custom part whose root is `carried`. */
function carriedByDocument(parts) {
  const [xml] = [...parts]
    .filter(
      ([name, text]) =>
        name.startsWith("customXml/item") && text.includes("urn:demarc:carried-text:1") && text.includes("<carried"),
    )
    .map(([, text]) => text);
  return {
    named: /fingerprint="([0-9a-f]{64})"/.exec(xml)[1],
    text: Buffer.from(/>([^<>]+)<\/carried>/.exec(xml)[1], "base64").toString("utf8"),
  };
}

/** XML's own entities, then the escapes of spreadsheets. */
function plain(xml) {
  const named = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  const text = xml.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (_, hex, decimal, name) =>
    name ? named[name] : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** A zip archive by its central directory (APPNOTE 4.3.12 and 4.3.16), name by name. */
function unzip(file) {
  const end = file.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const parts = new Map();
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, name, extra, comment, local] = [
      file.readUInt16LE(at + 10),
      file.readUInt32LE(at + 20),
      file.readUInt16LE(at + 28),
      file.readUInt16LE(at + 30),
      file.readUInt16LE(at + 32),
      file.readUInt32LE(at + 42),
    ];
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const content = file.subarray(start, start + size);
    parts.set(
      file.subarray(at + 46, at + 46 + name).toString("utf8"),
      (method === 8 ? inflateRawSync(content) : content).toString("utf8"),
    );
    at += 46 + name + extra + comment;
  }
  return parts;
}

/** Step 2 for PDF, as Demarc writes it: the file specification of that name, its stream, and the fingerprint among the keywords. */
function fromPdf(file) {
  const text = file.toString("latin1");
  const object = (number) => {
    const at = text.indexOf(`\n${number} 0 obj\n`);
    return text.slice(at, text.indexOf("endobj", at));
  };
  const [, specification] = /\(demarc-version\.json\) (\d+) 0 R/.exec(text);
  const [, number] = /\/EF\s*<<\s*\/F (\d+) 0 R/.exec(object(specification));
  const stream = object(number);
  const from = text.indexOf(stream) + /stream\r?\n/.exec(stream).index + /stream\r?\n/.exec(stream)[0].length;
  const content = file.subarray(from, from + Number(/\/Length (\d+)/.exec(stream)[1]));
  const carried = stream.includes("/FlateDecode") ? inflateSync(content) : content;
  return { carried: sha256(carried.toString("utf8")), named: /Fingerprint ([0-9a-f]{64})/.exec(text)[1] };
}

/** Steps 2 and 3 for JSON: the block `edition`, and the canonical text made anew from the matrix around it. */
function fromJson(file) {
  const { edition, ...matrix } = JSON.parse(file.toString("utf8"));
  const { fingerprint: named, number, previous, canonicalText } = edition;
  const only = (fields) => (entity) => Object.fromEntries(fields.split(" ").map((field) => [field, entity[field]]));
  const canonical = {
    format: "demarc.version",
    schema: matrix.schema,
    number,
    previous,
    title: matrix.title,
    terms: only("agreementReference effectiveDate exhibit precedence reviewDate")(matrix.terms),
    settings: only("accountability answererShare manyAsked manyDoers personDuties ruler scheme")(matrix.settings),
    parties: matrix.parties.map(only("engagedBy id kind name")),
    roles: matrix.roles.map(only("id lead name partyId")),
    domains: matrix.domains.map(only("code id name")),
    duties: matrix.duties
      .map(
        only(
          "boundary cadence code cover coverPeriod decisions description domainId doneWhen id letters reserved standing text tools",
        ),
      )
      .map((duty) => ({
        ...duty,
        letters: Object.fromEntries(
          Object.entries(duty.letters).map(([role, letters]) => [
            role,
            [..."ARSCI"].filter((letter) => letters.includes(letter)),
          ]),
        ),
      })),
    accepted: matrix.accepted,
  };
  return { carried: sha256(canonicalText), named, shown: sha256(written(canonical)) };
}

/** JSON without spaces, keys sorted by their UTF-16 code units. */
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${written(value[key])}`)
    .join(",")}}`;
}
