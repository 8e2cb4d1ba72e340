import PDFDocument from "pdfkit";
import { xmlText } from "../package.server";

/** What a document says of itself, beside its pages. */
type Described = {
  title: string;
  subject: string;
  author: string;
  keywords: string;
  at: Date;
  /** Whether its pages and tags keep to PDF/UA-1, which it then says. */ accessible?: boolean;
};

/** A tagged PDF without a page yet, and its bytes, which are there once it has ended. */
export function newPdf({ title, subject, author, keywords, at, accessible = false }: Described): {
  doc: PDFKit.PDFDocument;
  bytes: Promise<Uint8Array>;
} {
  const info = {
    Title: title,
    Subject: subject,
    Author: author,
    Creator: "Demarc",
    Producer: "Demarc",
    Keywords: keywords,
    CreationDate: at,
    ModDate: at,
  };
  const doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    tagged: true,
    lang: "en",
    displayTitle: true,
    pdfVersion: "1.7",
    info,
  });
  // PDFKit 0.20 writes these texts into XML without escaping, so an ampersand breaks it. This line can go once PDFKit
  // escapes them.
  Object.assign(doc, { _addInfo: () => doc.appendXML(metadata(info) + (accessible ? PDF_UA : "")) });
  return { doc, bytes: collectBytes(doc) };
}

/** What a document says that keeps to ISO 14289-1. */
const PDF_UA = described("pdfuaid", "http://www.aiim.org/pdfua/ns/id/", "<pdfuaid:part>1</pdfuaid:part>");

function described(prefix: string, uri: string, content: string): string {
  return `<rdf:Description rdf:about="" xmlns:${prefix}="${uri}">${content}</rdf:Description>`;
}

function metadata({
  Title,
  Subject,
  Author,
  Producer,
  Keywords,
  CreationDate,
}: Record<"Title" | "Subject" | "Author" | "Producer" | "Keywords", string> & { CreationDate: Date }): string {
  return [
    described(
      "xmp",
      "http://ns.adobe.com/xap/1.0/",
      `<xmp:CreateDate>${CreationDate.toISOString().slice(0, 19)}Z</xmp:CreateDate><xmp:CreatorTool>Demarc</xmp:CreatorTool>`,
    ),
    described(
      "dc",
      "http://purl.org/dc/elements/1.1/",
      `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xmlText(Title)}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>${xmlText(Author)}</rdf:li></rdf:Seq></dc:creator><dc:description><rdf:Alt><rdf:li xml:lang="x-default">${xmlText(Subject)}</rdf:li></rdf:Alt></dc:description>`,
    ),
    described(
      "pdf",
      "http://ns.adobe.com/pdf/1.3/",
      `<pdf:Producer>${Producer}</pdf:Producer><pdf:Keywords>${xmlText(Keywords)}</pdf:Keywords>`,
    ),
  ].join("");
}

/** The size of the buffers that collect what PDFKit emits. */
const BUFFER_BYTES = 1_000_000;

/**
 * Resolves to the bytes of a document once it has ended. PDFKit emits three chunks of a few bytes for every object;
 * copying them into large buffers avoids holding a million of them.
 */
function collectBytes(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  // PDFKit emits the first line in its constructor, before this function is called.
  const parts: Buffer[] = [doc.read()];
  let room = Buffer.alloc(0);
  let used = 0;
  return new Promise((resolve, reject) => {
    const push = (piece: Uint8Array | null) => {
      if (!piece) return resolve(Buffer.concat([...parts, room.subarray(0, used)]));
      if (used + piece.length > room.length) {
        parts.push(room.subarray(0, used));
        room = Buffer.allocUnsafe(Math.max(BUFFER_BYTES, piece.length));
        used = 0;
      }
      room.set(piece, used);
      used += piece.length;
    };
    Object.assign(doc, { push });
    doc.on("error", reject);
  });
}
