import { setImmediate } from "node:timers/promises";
import { SaxesParser } from "saxes";
import { LIMITS } from "~/domain/limits";
import { Unreadable } from "./unreadable";

/**
 * Callbacks for the tags and texts of an XML part, in document order. Element names come without their prefix,
 * attribute names with it.
 */
type Listener = {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** Characters parsed at a time. Between two chunks the event loop runs other work. */
const CHUNK = 65_536;

/**
 * Parses an XML part. A document type is refused, and with it all entities except those of XML itself: entities can
 * expand without end or name files elsewhere.
 */
export async function readXml(bytes: Uint8Array, listener: Listener): Promise<void> {
  const text = decoded(bytes);
  const parser = new SaxesParser({ xmlns: false });
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
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    if (depth > LIMITS.checkedDepth)
      throw new Unreadable(
        "too-deep",
        "The file's parts are nested deeper than any program writes them. It was not read further.",
      );
    listener.open?.(local(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    listener.close?.(local(name));
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

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
