import { BorderStyle, type FileChild, ImageRun, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from "docx";
import { certificateBlocks, DRAWN_BY_HAND, type SignatureBlock } from "~/domain/pack/certificate";
import type { Report } from "~/domain/pack/report";
import type { SignatureFact } from "~/domain/signing/sign-off";
import { pngSize } from "../picture.server";
import { readable } from "../package.server";
import { SIGNING_LINE } from "./styles.server";
import { factTable, styledParagraph } from "./table.server";

const NONE = { style: BorderStyle.NONE, size: 0, color: "auto" } as const;

/** A block for each signatory: known values are filled in, the others have a line to write on. */
export function signatureBlocks(signatories: readonly SignatureBlock[], width: number): FileChild[] {
  return signatories.flatMap((signatory, i) => [
    styledParagraph(`For ${signatory.party}`, "SignatureParty"),
    signatureTable(signatory, width, String(i + 1)),
    styledParagraph("", "ScheduleNote"),
  ]);
}

function signatureTable(
  { name, title, organisation, signature, date }: SignatureBlock,
  width: number,
  id: string,
): Table {
  const lines: [string, Paragraph][] = [
    ["Name", styledParagraph(signature?.name ?? name, "SignatureLine")],
    ["Title", styledParagraph(signature?.title ?? title, "SignatureLine")],
    ["Organisation", styledParagraph(signature?.organisation ?? organisation, "SignatureLine")],
    ["Date", styledParagraph(date, "SignatureLine")],
    ["Signature", signature ? signatureParagraph(signature, id) : styledParagraph("", "SignatureLine")],
  ];
  const [label, line] = [Math.floor(width * 0.2), Math.floor(width * 0.55)];
  return new Table({
    columnWidths: [label, line],
    width: { size: label + line, type: WidthType.DXA },
    borders: { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE },
    rows: lines.map(
      ([what, content]) =>
        new TableRow({
          cantSplit: true,
          height: what === "Signature" ? { value: 900, rule: "atLeast" } : undefined,
          children: [
            new TableCell({
              children: [styledParagraph(what, "SignatureLine")],
              width: { size: label, type: WidthType.DXA },
            }),
            new TableCell({
              children: [content],
              width: { size: line, type: WidthType.DXA },
              borders: { bottom: SIGNING_LINE, top: NONE, left: NONE, right: NONE },
            }),
          ],
        }),
    ),
  });
}

/**
 * The signature as its picture, its typed name or the name of the signed file. The id is passed in, since the library
 * otherwise counts on over all documents it writes.
 */
function signatureParagraph({ picture, name }: SignatureFact, id: string): Paragraph {
  if (picture.kind === "typed")
    return new Paragraph({
      style: "SignatureLine",
      children: [new TextRun({ text: readable(picture.text), italics: true, size: 32 })],
    });
  if (picture.kind === "paper") return styledParagraph(`Signed on paper: ${picture.fileName}`, "SignatureLine");
  const size = pngSize(picture.png);
  if (!size) return styledParagraph(DRAWN_BY_HAND, "SignatureLine");
  const scale = Math.min(1, 220 / size.width, 60 / size.height);
  return new Paragraph({
    style: "SignatureLine",
    children: [
      new ImageRun({
        type: "png",
        data: picture.png,
        transformation: { width: Math.round(size.width * scale), height: Math.round(size.height * scale) },
        altText: { id, name: "Signature", description: `Signature of ${readable(name)}`, title: "Signature" },
      }),
    ],
  });
}

/** The certificate: the stored facts of every signature, and the history of the version. */
export function certificateChildren({ certificate: record, edition }: Report, width: number): FileChild[] {
  if (!record) return [];
  return [
    styledParagraph(
      "This page is the record of the signatures. All of them are given to the text with this fingerprint:",
      "ScheduleText",
    ),
    styledParagraph(edition.fingerprint, "CellFingerprint"),
    ...certificateBlocks(record).flatMap((part): FileChild[] => {
      switch (part.kind) {
        case "heading":
          return [styledParagraph(part.text, "SignatureParty")];
        case "facts":
          return [factTable(part.facts, width)];
        // The chapter with the signatures has the picture.
        case "drawing":
          return [];
      }
    }),
  ];
}
