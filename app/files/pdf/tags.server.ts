import type { Doc } from "./pen.server";
import type { Cell, PdfContext, StructureElement } from "./rows.server";

/** What an element says beside its kind, as the entries of its dictionary. */
type Said = Record<string, unknown>;

/** A text as PDFKit writes it; a bare string becomes a name. */
export function pdfText(words: string): object {
  return Object(words);
}

/** An element of the structure tree with entries that PDFKit has no option for. */
export function elementOf(doc: Doc, kind: string, said: Said = {}): StructureElement {
  const element = doc.struct(kind);
  Object.assign(Reflect.get(element, "dictionary").data, said);
  return element;
}

/** An element of a table, with a summary that is read before the table and hides nothing of it. */
export function tableElement(doc: Doc, summary: string): StructureElement {
  return elementOf(doc, "Table", { A: { O: "Table", Summary: pdfText(summary) } });
}

/** An element of a cell: what it heads, how many columns and rows it takes, and what it is headed by. */
export function cellElement({ doc, heads }: PdfContext, { head, columns, rows, id, headers }: Cell): StructureElement {
  const attributes: Said = {
    ...(head ? { Scope: head } : {}),
    ...(columns === undefined || columns === 1 ? {} : { ColSpan: columns }),
    ...(rows === undefined ? {} : { RowSpan: rows }),
    ...(headers ? { Headers: headers.map(pdfText) } : {}),
  };
  const element = elementOf(doc, head ? "TH" : "TD", {
    ...(id === undefined ? {} : { ID: pdfText(id) }),
    ...(Object.keys(attributes).length > 0 ? { A: { O: "Table", ...attributes } } : {}),
  });
  if (id !== undefined) heads.set(id, element);
  return element;
}

/**
 * Ends the structure tree: what the kinds of elements stand for that the format doesn't have, and where each element is
 * that has a name.
 */
export function nameElements({ doc, heads }: PdfContext): void {
  const root: { data: Said } = Reflect.get(doc, "getStructTreeRoot").call(doc);
  root.data.RoleMap = { Title: "P" };
  if (heads.size === 0) return;
  root.data.IDTree = {
    Names: [...heads]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([id, element]) => [pdfText(id), Reflect.get(element, "dictionary")]),
  };
}
