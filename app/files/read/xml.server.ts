import { setImmediate } from "node:timers/promises";
import { SaxesParser } from "saxes";
import { LIMITS } from "~/domain/limits";
import { Unreadable } from "./unreadable";

/** What is heard of an XML part, in its order. Names come without their prefix, attributes with it. */
type Listener = {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** Characters read at a time, so that whoever waits beside a large part gets a turn. */
const TURN = 65_536;

/**
 * Reads an XML part. A document type is refused, and with it every entity that isn't XML's own: those can multiply
 * without end or name files elsewhere.
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
  const said = (part: string) => listener.text?.(part);
  parser.on("text", said);
  parser.on("cdata", said);
  for (let from = 0; from < text.length; from += TURN) {
    if (from > 0) await setImmediate();
    parser.write(text.slice(from, from + TURN));
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
