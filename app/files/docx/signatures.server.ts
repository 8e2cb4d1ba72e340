import { BorderStyle, type FileChild, ImageRun, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from "docx";
import { certificateBlocks, DRAWN_BY_HAND, type Signatory } from "~/domain/pack/certificate";
import type { Report } from "~/domain/pack/report";
import type { SignatureFact } from "~/domain/signing/sign-off";
import { pngSize } from "../picture.server";
import { readable } from "../package.server";
import { SIGNING_LINE } from "./styles.server";
import { factTable, styled } from "./table.server";

const NONE = { style: BorderStyle.NONE, size: 0, color: "auto" } as const;

/** A block for each signatory: what is known is filled in, the rest has a line to write on. */
export function signatureBlocks(signatories: readonly Signatory[], width: number): FileChild[] {
  return signatories.flatMap((signatory, i) => [
    styled(`For ${signatory.party}`, "SignatureParty"),
    block(signatory, width, String(i + 1)),
    styled("", "ScheduleNote"),
  ]);
}

function block({ name, title, organisation, signature, date }: Signatory, width: number, id: string): Table {
  const lines: [string, Paragraph][] = [
    ["Name", styled(signature?.name ?? name, "SignatureLine")],
    ["Title", styled(signature?.title ?? title, "SignatureLine")],
    ["Organisation", styled(signature?.organisation ?? organisation, "SignatureLine")],
    ["Date", styled(date, "SignatureLine")],
    ["Signature", signature ? picture(signature, id) : styled("", "SignatureLine")],
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
            new TableCell({ children: [styled(what, "SignatureLine")], width: { size: label, type: WidthType.DXA } }),
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

/** The signature as it was given. The id is told, since the library would count on through every document it writes. */
function picture({ picture: given, name }: SignatureFact, id: string): Paragraph {
  if (given.kind === "typed")
    return new Paragraph({
      style: "SignatureLine",
      children: [new TextRun({ text: readable(given.text), italics: true, size: 32 })],
    });
  if (given.kind === "paper") return styled(`Signed on paper: ${given.fileName}`, "SignatureLine");
  const size = pngSize(given.png);
  if (!size) return styled(DRAWN_BY_HAND, "SignatureLine");
  const scale = Math.min(1, 220 / size.width, 60 / size.height);
  return new Paragraph({
    style: "SignatureLine",
    children: [
      new ImageRun({
        type: "png",
        data: given.png,
        transformation: { width: Math.round(size.width * scale), height: Math.round(size.height * scale) },
        altText: { id, name: "Signature", description: `Signature of ${readable(name)}`, title: "Signature" },
      }),
    ],
  });
}

/** What is kept of every signature, and how the version came to be signed. */
export function certificate({ certificate: record, edition }: Report, width: number): FileChild[] {
  if (!record) return [];
  return [
    styled(
      "This page is the record of the signatures. All of them are given to the text with this fingerprint:",
      "ScheduleText",
    ),
    styled(edition.fingerprint, "CellFingerprint"),
    ...certificateBlocks(record).flatMap((part): FileChild[] => {
      switch (part.kind) {
        case "heading":
          return [styled(part.text, "SignatureParty")];
        case "facts":
          return [factTable(part.facts, width)];
        // It stands where the party signs.
        case "drawing":
          return [];
      }
    }),
  ];
}
