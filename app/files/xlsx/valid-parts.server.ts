import { rewrite, xmlText, type Parts } from "../package.server";

/** The children of a typeface in the order of the schema, which ExcelJS doesn't keep. */
const FONT_ORDER = [
  "b",
  "i",
  "strike",
  "condense",
  "extend",
  "outline",
  "shadow",
  "u",
  "vertAlign",
  "sz",
  "color",
  "name",
  "family",
  "charset",
  "scheme",
];

/**
 * Makes the parts that ExcelJS has written keep the schema, where they don't, and name the program that wrote them: it
 * writes typefaces in an order of its own, gives an anchor an attribute that anchors of its kind don't have, and says
 * that Excel wrote the file. `descriptions` are those of the drawings in their order.
 */
export function makeValid(parts: Parts, descriptions: readonly string[]): void {
  rewrite(parts, "xl/styles.xml", (xml) =>
    xml.replace(/(?<=<font>).*?(?=<\/font>)/gs, (inner) =>
      [...inner.matchAll(/<(\w+)\b[^>]*\/>/g)]
        .toSorted(([, a = ""], [, b = ""]) => FONT_ORDER.indexOf(a) - FONT_ORDER.indexOf(b))
        .map(([element]) => element)
        .join(""),
    ),
  );
  rewrite(parts, "docProps/app.xml", (xml) =>
    xml
      .replace(/(?<=<Application>)[^<]*/, "Demarc")
      .replace(/<AppVersion>[^<]*<\/AppVersion>/, "")
      .replace("<Manager></Manager>", ""),
  );
  const left = [...descriptions];
  for (let number = 1; parts[`xl/drawings/drawing${number}.xml`]; number++)
    rewrite(parts, `xl/drawings/drawing${number}.xml`, (xml) =>
      xml
        .replace(/(<xdr:oneCellAnchor) editAs="\w+"/g, "$1")
        .replace(/(?<=<xdr:cNvPr id="\d+" name="[^"]*")/g, () => ` descr="${xmlText(left.shift() ?? "")}"`),
    );
}
