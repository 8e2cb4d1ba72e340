import { setImmediate } from "node:timers/promises";
import { SaxesParser } from "saxes";
import { LIMITS } from "~/domain/limits";
import { Unreadable } from "./unreadable";

/**
 * Callbacks for the tags and texts of an XML part, in document order. Names come without their prefix. `whole` is the
 * name with the prefix that is usual for its namespace, and attributes have names like that, so that a file which binds
 * other prefixes is read alike.
 */
type Listener = {
  open?: (name: string, attributes: Record<string, string>, whole: string) => void;
  close?: (name: string, whole: string) => void;
  text?: (text: string) => void;
};

/** The usual prefixes of the namespaces of Office files. Names of a namespace without a prefix stand by themselves. */
const PREFIXES: Record<string, string> = {
  "": "",
  "http://www.w3.org/XML/1998/namespace": "xml:",
  "http://www.w3.org/2000/xmlns/": "xmlns:",
  "http://www.w3.org/2001/XMLSchema-instance": "xsi:",
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
  "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "",
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
  "http://schemas.openxmlformats.org/package/2006/relationships": "rel:",
  "http://schemas.openxmlformats.org/package/2006/content-types": "type:",
  "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp:",
  "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "app:",
  "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "custom:",
  "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt:",
  "http://schemas.openxmlformats.org/officeDocument/2006/customXml": "ds:",
  "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
  "http://purl.org/dc/elements/1.1/": "dc:",
  "http://purl.org/dc/terms/": "dcterms:",
  "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
  "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
  "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic:",
  "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
  "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "xdr:",
  "http://schemas.microsoft.com/office/drawing/2014/main": "a16:",
  "http://schemas.microsoft.com/office/word/2010/wordml": "w14:",
  "http://schemas.microsoft.com/office/word/2012/wordml": "w15:",
  "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing": "wp14:",
  "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac": "x14ac:",
  "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main": "x14:",
  "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main": "x15:",
  "http://schemas.microsoft.com/office/spreadsheetml/2014/revision": "xr:",
  "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac": "x15ac:",
  "http://schemas.microsoft.com/office/spreadsheetml/2015/revision2": "xr2:",
  "http://schemas.microsoft.com/office/spreadsheetml/2016/revision3": "xr3:",
  "http://schemas.microsoft.com/office/spreadsheetml/2016/revision6": "xr6:",
  "http://schemas.microsoft.com/office/spreadsheetml/2016/revision10": "xr10:",
  "http://schemas.microsoft.com/office/spreadsheetml/2018/calcfeatures": "xcalcf:",
  "http://schemas.microsoft.com/office/thememl/2012/main": "thm15:",
  "http://schemas.libreoffice.org/": "loext:",
  "urn:schemas-microsoft-com:vml": "v:",
  "urn:schemas-microsoft-com:office:office": "o:",
  "urn:schemas-microsoft-com:office:excel": "x:",
};

function wholeName(uri: string, local: string): string {
  return `${PREFIXES[uri] ?? `{${uri}}`}${local}`;
}

/** Characters parsed at a time. Between two chunks the event loop runs other work. */
const CHUNK = 65_536;

/**
 * Parses an XML part. A document type is refused, and with it all entities except those of XML itself: entities can
 * expand without end or name files elsewhere.
 */
export async function readXml(bytes: Uint8Array, listener: Listener): Promise<void> {
  const text = decoded(bytes);
  const parser = new SaxesParser({ xmlns: true });
  let depth = 0;
  parser.on("doctype", () => {
    throw new Unreadable(
      "doctype",
      "The file declares a document type of its own, which can be made to overwhelm who reads it. Demarc never writes one; it was not read further.",
    );
  });
  parser.on("error", () => {
    throw new Unreadable(
      "malformed",
      "A part of the file is not well-formed XML. Fetch the file again from where you have it, then check that copy.",
    );
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    depth += 1;
    if (depth > LIMITS.checkedDepth)
      throw new Unreadable(
        "too-deep",
        "The file's parts are nested deeper than any program writes them. It was not read further.",
      );
    listener.open?.(
      local,
      Object.fromEntries(
        Object.values(attributes).map((one) => [one.uri === "" ? one.local : wholeName(one.uri, one.local), one.value]),
      ),
      wholeName(uri, local),
    );
  });
  parser.on("closetag", ({ uri, local }) => {
    depth -= 1;
    listener.close?.(local, wholeName(uri, local));
  });
  const onText = (part: string) => listener.text?.(part);
  parser.on("text", onText);
  parser.on("cdata", onText);
  for (let from = 0; from < text.length; from += CHUNK) {
    if (from > 0) await setImmediate();
    parser.write(text.slice(from, from + CHUNK));
  }
  parser.close();
}

function decoded(bytes: Uint8Array): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(wide, { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable(
      "malformed",
      "A part of the file is not text. Fetch the file again from where you have it, then check that copy.",
    );
  }
}
