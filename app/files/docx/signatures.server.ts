import { certificateBlocks, DRAWN_BY_HAND, type SignatureBlock } from "~/domain/pack/certificate";
import type { Report } from "~/domain/pack/report";
import type { SignatureFact } from "~/domain/signing/sign-off";
import { pngSize } from "../picture.server";
import { readable } from "../package.server";
import { escaped, paragraphXml, styledParagraph, type Piece } from "./markup.server";
import { headingStyle, SIGNATURE_STYLE } from "./styles.server";
import { factTable, rawCell, row, sharedWidths, table } from "./table.server";

/** Pictures that a document shows, each with the id of its relation. */
export type Pictures = { png: Uint8Array; id: string }[];

/**
 * A block for each signatory: known values are filled in, the others have a line to write on. All of a block stays on
 * one page, since each of its paragraphs but the last stays with the next.
 */
export function signatureBlocks(
  signatories: readonly SignatureBlock[],
  width: number,
  isSchedule: boolean,
  pictures: Pictures,
): Piece[] {
  return signatories.flatMap((signatory) => [
    signatureTable(signatory, width, isSchedule, pictures),
    styledParagraph("", "ScheduleNote"),
  ]);
}

function signatureTable(
  { party, name, title, organisation, signature, date }: SignatureBlock,
  width: number,
  isSchedule: boolean,
  pictures: Pictures,
): Piece {
  const line = (text: string) => styledParagraph(text, "SignatureLine");
  const lines: [string, Piece][] = [
    ["Name", line(signature?.name ?? name)],
    ["Title", line(signature?.title ?? title)],
    ["Organisation", line(signature?.organisation ?? organisation)],
    ["Date", line(date)],
    ["Signature", signature ? signaturePiece(signature, pictures) : styledParagraph("", "SignatureSpace")],
  ];
  const widths = sharedWidths([20, 55], width * 0.75);
  const rows = lines.map(([what, value]) =>
    row([
      rawCell(xmlOf(styledParagraph(what, "SignatureLabel")), widths[0] ?? 0, { verticalAlign: "bottom" }),
      rawCell(xmlOf(value), widths[1] ?? 0, { verticalAlign: "bottom" }),
    ]),
  );
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const head = row([rawCell(xmlOf(styledParagraph(`For ${party}`, "SignatureParty")), whole, { span: 2 })], {
    head: true,
  });
  return table([head, ...rows], widths, {
    style: SIGNATURE_STYLE,
    label: isSchedule ? `Signature for ${party}` : null,
  });
}

function xmlOf(piece: Piece): string {
  return piece.kind === "table" ? piece.xml : paragraphXml(piece);
}

/** The signature as its picture, its typed name or the name of the signed file. */
function signaturePiece({ picture, name }: SignatureFact, pictures: Pictures): Piece {
  if (picture.kind === "typed") return styledParagraph(picture.text, "SignatureTyped");
  if (picture.kind === "paper") return styledParagraph(`Signed on paper: ${picture.fileName}`, "SignatureSpace");
  const size = pngSize(picture.png);
  if (!size) return styledParagraph(DRAWN_BY_HAND, "SignatureSpace");
  const number = pictures.length + 1;
  const id = `rIdPicture${number}`;
  pictures.push({ png: picture.png, id });
  const scale = Math.min(1, 220 / size.width, 60 / size.height);
  const [cx, cy] = [size.width, size.height].map((pixels) => Math.max(1, Math.round(pixels * scale)) * 9_525);
  const words = `name="Signature" descr="${escaped(`Signature of ${readable(name)}`)}" title="Signature"`;
  return {
    kind: "paragraph",
    style: "SignatureLine",
    runs: `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${cx}" cy="${cy}"/><wp:docPr id="${number}" ${words}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="${number}" name="Signature"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
  };
}

/** The certificate: the stored facts of every signature, and the history of the version. */
export function certificatePieces(
  { certificate: record, edition }: Report,
  width: number,
  isSchedule: boolean,
): Piece[] {
  if (!record) return [];
  return [
    styledParagraph(
      "This page is the record of the signatures. All of them are given to the text with this fingerprint:",
      "ScheduleText",
    ),
    styledParagraph(edition.fingerprint, "CellFingerprint"),
    ...certificateBlocks(record).flatMap((part): Piece[] => {
      switch (part.kind) {
        case "heading":
          return [styledParagraph(part.text, headingStyle(false))];
        case "facts":
          return [factTable(part.facts, width, { label: part.label, headed: isSchedule })];
        // The chapter with the signatures has the picture.
        case "drawing":
          return [];
      }
    }),
  ];
}
