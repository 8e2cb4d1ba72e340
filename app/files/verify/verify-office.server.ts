import { acceptedAsShown } from "~/domain/verify/accepted-order";
import { compareParts } from "~/domain/verify/compare-parts";
import type { Difference, ShownPart } from "~/domain/verify/part";
import { withoutUnprovedNames } from "~/domain/verify/read-carried-facts";
import { roomDifferences } from "~/domain/verify/room";
import type { ShownSignatures } from "~/domain/verify/signatures";
import type { Parts } from "../package.server";
import { scanPackage } from "../read/package/scan.server";
import { DESCRIPTIONS, type ReadFile } from "../read/read-file";
import type { Archive } from "../read/zip.server";
import type { ExpectedEdition, FileComparison, FileFacts } from "./comparison";
import { expectedFile, type WrittenFacts } from "./expected.server";
import { contactsIn, CONTACTS_NOTE, partsWithContacts } from "./shown-contacts";
import { FRAMEWORKS_NOTE, frameworksIn } from "./shown-frameworks";

/** The parts that show drawn signatures. */
const PARTS_WITH_DRAWINGS = ["Cover", "Certificate", "Signatures"];

/**
 * Compares a workbook or document with the one that Demarc would write. Where every part is equal byte for byte, nothing
 * else can differ. Otherwise all that it shows is compared, and everything in it that isn't on the lists of harmless
 * things is named.
 */
export async function compareOffice(
  file: ReadFile & { format: "xlsx" | "docx" },
  archive: Archive,
  { edition, fingerprint }: ExpectedEdition,
  fileFacts: FileFacts,
): Promise<FileComparison> {
  const contacts = contactsIn(file.parts);
  const frameworks = frameworksIn(file.parts);
  const facts: WrittenFacts = {
    ...fileFacts,
    signatures: withDrawings(fileFacts.signatures, file.pictures),
    signers: withAddresses(fileFacts, file.signatureLines),
    parts: partsWithContacts(fileFacts, contacts),
    contacts,
    frameworks,
    paper: file.paper,
  };
  const ordered =
    facts.writer === 1 ? { ...edition, matrix: acceptedAsShown(edition.matrix, file.parts, (text) => text) } : edition;
  const carried = {
    edition: ordered,
    fingerprint,
    text: file.carried?.text ?? "",
    draft: file.carried?.kind === "draft",
  };
  const written = await expectedFile(file.format, carried, facts);
  const equal = await equalParts(archive, written.parts);
  const exact =
    archive.whole &&
    equal.size === Object.keys(written.parts).length &&
    archive.names.every((name) => equal.has(name) || name.endsWith("/"));
  const proved = facts.writer === 1 ? facts : withoutUnprovedNames(facts);
  const expected =
    JSON.stringify(proved.signers) === JSON.stringify(facts.signers)
      ? written.file
      : (await expectedFile(file.format, carried, proved)).file;
  const { differences, notes } = compareParts(saidBeside(expected.parts, file.parts), file.parts, edition.matrix);
  const covered = exact
    ? []
    : [
        ...file.covered,
        ...overlays(file, expected, facts),
        ...otherPictures(file, expected, facts),
        ...otherSignatureLines(file),
        ...roomDifferences(written.file.room, file.room),
        ...(await scanPackage(archive, file.format, (name) => equal.has(name))),
      ];
  const all = [...covered, ...differences];
  const saved =
    file.savedBy === null
      ? []
      : [
          all.length === 0
            ? `Saved again by ${file.savedBy}; all values are equal.`
            : `Saved again by ${file.savedBy}.`,
        ];
  const beside = [...(contacts.length > 0 ? [CONTACTS_NOTE] : []), ...(frameworks.length > 0 ? [FRAMEWORKS_NOTE] : [])];
  return {
    differences: all,
    notes: [...saved, ...beside, ...notes],
    facts: fileFacts,
    match: exact ? { kind: "exact" } : { kind: "words", by: file.savedBy },
    sealBroken: false,
  };
}

/** The names of the parts that are equal to the written ones, byte for byte. */
async function equalParts(archive: Archive, written: Parts): Promise<Set<string>> {
  const equal = new Set<string>();
  for (const name of archive.names) {
    const own = written[name];
    const bytes = own ? await archive.read(name) : null;
    if (own && bytes && Buffer.compare(own, bytes) === 0) equal.add(name);
  }
  return equal;
}

/** Signatures with the pictures that the file itself holds, where their SHA-256 is the one that the file states. */
function withDrawings(
  signatures: ShownSignatures["signatures"],
  pictures: ReadFile["pictures"],
): ShownSignatures["signatures"] {
  return signatures.map((signature) => {
    const { picture } = signature;
    const png = picture.kind === "drawn" ? pictures.get(picture.sha256) : undefined;
    return picture.kind === "drawn" && png ? { ...signature, picture: { ...picture, png } } : signature;
  });
}

/** Signatories with the e-mail addresses that stand on the lines of a workbook alone. They are nobody's who has signed. */
function withAddresses(
  { signers, signatures }: ShownSignatures,
  lines: ReadFile["signatureLines"],
): ShownSignatures["signers"] {
  const free = [...lines];
  return signers.map((signer) => {
    if (signer.email !== "") return signer;
    const place = free.findIndex(({ name, email }) => name === signer.name && email !== "");
    const [line] = place < 0 ? [] : free.splice(place, 1);
    const email = line?.email ?? "";
    return signatures.some((signature) => signature.email.toLowerCase() === email.toLowerCase())
      ? signer
      : { ...signer, email };
  });
}

/** Lines to sign on that name somebody or something that no cell of the file has. */
function otherSignatureLines({ signatureLines, parts }: ReadFile): Difference[] {
  const cells = new Set(parts.flatMap(({ rows }) => rows.flatMap(({ cells: texts }) => texts)));
  for (const text of [...cells]) if (text.startsWith("For ")) cells.add(text.slice("For ".length));
  const isSaid = (words: string) =>
    words === "" ||
    cells.has(words) ||
    [...cells].some((cell) => words.startsWith(`${cell}, `) && cells.has(words.slice(cell.length + ", ".length)));
  return signatureLines
    .filter(({ name, role, email }) => !isSaid(name) || !isSaid(role) || !/^(?:\S+@\S+)?$/.test(email))
    .map(({ name, role }) => ({
      kind: "covered",
      part: "Cover",
      subject: "A line to sign on",
      field: "names somebody whom the sheet doesn't name",
      kept: null,
      shown: `${name}, ${role}`,
    }));
}

/**
 * The expected parts, without the properties and the descriptions of tables that a program left out when it saved the
 * file. Nobody misses words in them who reads the document; those that are there must be the version's.
 */
function saidBeside(expected: readonly ShownPart[], shown: readonly ShownPart[]): ShownPart[] {
  const said = (name: string, words: (cells: readonly string[]) => string | undefined) => {
    const left = shown
      .filter((part) => part.name === name)
      .flatMap(({ rows }) => rows.map(({ cells }) => words(cells)));
    return (part: ShownPart) => ({
      ...part,
      rows: part.rows.filter(({ cells }) => {
        const at = left.indexOf(words(cells));
        if (at >= 0) left.splice(at, 1);
        return at >= 0;
      }),
    });
  };
  const properties = said("Properties", ([name]) => name);
  const descriptions = said(DESCRIPTIONS, ([text]) => text);
  return expected.map((part) =>
    part.name === "Properties" ? properties(part) : part.name === DESCRIPTIONS ? descriptions(part) : part,
  );
}

/** Pictures and shapes over the words of a sheet that aren't the version's, and descriptions that are others. */
function overlays({ laidOver }: ReadFile, expected: ReadFile, { signatures }: ShownSignatures): Difference[] {
  const drawn = new Set(signatures.flatMap(({ picture }) => (picture.kind === "drawn" ? [picture.sha256] : [])));
  const described = new Set(["", ...expected.laidOver.map(({ words }) => words)]);
  const differs = (part: string, field: string, shown: string | null): Difference => ({
    kind: "covered",
    part,
    subject: "A picture or shape",
    field,
    kept: null,
    shown,
  });
  return laidOver.flatMap(({ picture, part, words }) => [
    ...(picture && (expected.pictures.has(picture) || (drawn.has(picture) && PARTS_WITH_DRAWINGS.includes(part)))
      ? []
      : [differs(part, "may hide words or show others", null)]),
    ...(described.has(words) ? [] : [differs(part, "is described in other words than in the version", words)]),
  ]);
}

/** Pictures that the version doesn't have, and drawn signatures of the certificate that the file lacks. */
function otherPictures({ pictures }: ReadFile, expected: ReadFile, { signatures }: ShownSignatures): Difference[] {
  const foreign = [...pictures.keys()].filter((sha256) => !expected.pictures.has(sha256));
  const lacking = signatures.flatMap(({ picture, name }): Difference[] =>
    picture.kind === "drawn" && !pictures.has(picture.sha256)
      ? [
          {
            kind: "altered",
            part: "Signatures",
            subject: name,
            field: "Drawn signature",
            kept: `The drawing with the SHA-256 ${picture.sha256}`,
            shown: "Another drawing, or none",
          },
        ]
      : [],
  );
  return foreign.length === 0
    ? lacking
    : [
        ...lacking,
        {
          kind: "covered",
          part: "",
          subject: "",
          field: `It holds ${foreign.length === 1 ? "a picture" : `${foreign.length} pictures`} that the version doesn't have, which may show other words.`,
          kept: null,
          shown: null,
        },
      ];
}
