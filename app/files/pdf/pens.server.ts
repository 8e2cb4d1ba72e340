import { drawsScripts, type WriterNumber } from "~/domain/version/writer";
import { hanFamilyIn } from "./fonts/characters.server";
import { createScriptPen } from "./fonts/script-pen.server";
import { createPlainPen, type Doc, type Pen } from "./pen.server";

/**
 * What a document says by which its pen tells languages apart: all of its text, and the names of parties, roles and
 * people in its sentences.
 */
type Said = { text: string; names: readonly string[] };

/** The pen of a document. Writers before the third know one typeface. */
export function createPen(doc: Doc, writer: WriterNumber, { text, names }: Said): Pen {
  const plain = createPlainPen(doc);
  return drawsScripts(writer) ? createScriptPen(doc, plain, { han: hanFamilyIn(text), names }) : plain;
}
