import { execFileSync } from "node:child_process";

/**
 * The rules of PDF/UA-1 (ISO 14289-1) and of tagged PDF that can be checked by a program, checked on what qpdf reads of a
 * file: none of the product's own code takes part.
 */

type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
type Dictionary = { [key: string]: Value };
type PdfObject = { value?: Value; stream?: { dict: Dictionary; data?: string } };
type Pdf = {
  get: (value: Value | undefined) => Value | undefined;
  at: (dictionary: Value | undefined, ...keys: string[]) => Value | undefined;
  content: (value: Value | undefined) => string;
  trailer: Dictionary;
};
type Element = {
  kind: string;
  ref: string;
  entries: Dictionary;
  parent: Element | null;
  kids: Element[];
  marks: string[];
  objects: string[];
};

const isDictionary = (value: Value | undefined): value is Dictionary =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: Value | undefined): Value[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
const nameOf = (value: Value | undefined) => (typeof value === "string" ? value.replace(/^\//, "") : "");
const isReference = (value: Value | undefined): value is string =>
  typeof value === "string" && /^\d+ \d+ R$/.test(value);

function openPdf(file: string): Pdf {
  const text = execFileSync(
    "qpdf",
    ["--json", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=generalized", file],
    { encoding: "utf8", maxBuffer: 900_000_000, stdio: ["ignore", "pipe", "ignore"] },
  );
  const objects: { [key: string]: PdfObject } = JSON.parse(text).qpdf[1];
  const objectOf = (reference: string) => objects[`obj:${reference}`];
  const get = (value: Value | undefined): Value | undefined => {
    if (!isReference(value)) return value;
    const object = objectOf(value);
    return object?.stream ? object.stream.dict : object?.value;
  };
  const at = (dictionary: Value | undefined, ...keys: string[]): Value | undefined =>
    keys.reduce((inside: Value | undefined, key) => {
      const found = get(inside);
      return get(isDictionary(found) ? found[key] : undefined);
    }, dictionary);
  const content = (value: Value | undefined): string =>
    listOf(value)
      .map((one) =>
        isReference(one) ? Buffer.from(objectOf(one)?.stream?.data ?? "", "base64").toString("latin1") : "",
      )
      .join("\n");
  return { get, at, content, trailer: objects.trailer?.value as Dictionary };
}

/** The standard kinds of elements of PDF 1.7. */
const KINDS = new Set(
  "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu Figure Formula Form".split(
    " ",
  ),
);
/** What may stand directly inside an element of these kinds. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  TOC: ["TOC", "TOCI", "Caption"],
  TOCI: ["Lbl", "Reference", "NonStruct", "P", "TOC"],
  L: ["LI", "Caption"],
  LI: ["Lbl", "LBody"],
  Table: ["TR", "THead", "TBody", "TFoot", "Caption"],
  THead: ["TR"],
  TBody: ["TR"],
  TFoot: ["TR"],
  TR: ["TH", "TD"],
};
/** The kinds that stand in nothing else. */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
  TOCI: ["TOC"],
  LI: ["L"],
  LBody: ["LI"],
  TR: ["Table", "THead", "TBody", "TFoot"],
  THead: ["Table"],
  TBody: ["Table"],
  TH: ["TR"],
  TD: ["TR"],
};

/** What is wrong with the structure of a PDF; nothing where every rule holds. */
export function structureFaults(file: string): string[] {
  const pdf = openPdf(file);
  const faults: string[] = [];
  const root = pdf.get(pdf.trailer["/Root"]);
  const fault = (condition: boolean, words: string) => void (condition && faults.push(words));
  fault(pdf.at(root, "/MarkInfo", "/Marked") !== true, "The file isn't marked as tagged.");
  fault(pdf.at(root, "/MarkInfo", "/Suspects") === true, "Its tags are suspect.");
  fault(typeof pdf.at(root, "/Lang") !== "string", "The file has no language.");
  fault(pdf.at(root, "/ViewerPreferences", "/DisplayDocTitle") !== true, "Its title isn't shown.");
  const metadata = pdf.content(isDictionary(root) ? root["/Metadata"] : undefined);
  fault(!/<pdfuaid:part>1<\/pdfuaid:part>/.test(metadata), "It doesn't say that it keeps to PDF/UA-1.");
  fault(!/<dc:title>/.test(metadata), "Its metadata have no title.");
  fault(pdf.at(root, "/OpenAction") !== undefined || pdf.at(root, "/AA") !== undefined, "It acts when it is opened.");
  const tree = pdf.at(root, "/StructTreeRoot");
  if (!isDictionary(tree)) return [...faults, "It has no structure."];
  const elements = elementsOf(pdf, tree, faults);
  faults.push(...contentFaults(pdf, root, tree, elements), ...elements.flatMap(elementFaults(pdf, tree)));
  faults.push(...headingFaults(elements), ...nameFaults(pdf, tree, elements), ...fontFaults(pdf, root));
  return [...new Set(faults)];
}

function elementsOf(pdf: Pdf, tree: Dictionary, faults: string[]): Element[] {
  const all: Element[] = [];
  const walk = (kid: Value, parent: Element | null, parentRef: Value | undefined) => {
    const entries = pdf.get(kid);
    if (!isDictionary(entries)) return;
    const own = nameOf(entries["/S"]);
    const mapped = nameOf(pdf.at(tree, "/RoleMap", `/${own}`));
    const kind = KINDS.has(own) ? own : mapped;
    if (!KINDS.has(kind)) faults.push(`The kind ${own} stands for no standard one.`);
    if (KINDS.has(own) && mapped !== "") faults.push(`The standard kind ${own} stands for another.`);
    const element: Element = { kind, ref: String(kid), entries, parent, kids: [], marks: [], objects: [] };
    if (parentRef !== undefined && entries["/P"] !== parentRef) faults.push(`An element ${kind} names another parent.`);
    all.push(element);
    parent?.kids.push(element);
    for (const inside of listOf(pdf.get(entries["/K"]))) {
      const value = pdf.get(inside);
      if (typeof value === "number") element.marks.push(`${String(entries["/Pg"])} ${value}`);
      else if (isDictionary(value) && value["/Type"] === "/MCR")
        element.marks.push(`${String(value["/Pg"] ?? entries["/Pg"])} ${String(value["/MCID"])}`);
      else if (isDictionary(value) && value["/Type"] === "/OBJR") element.objects.push(String(value["/Obj"]));
      else walk(inside, element, kid);
    }
  };
  for (const kid of listOf(pdf.get(tree["/K"]))) walk(kid, null, undefined);
  return all;
}

/** What is wrong with the pages: content that is neither tagged nor an artifact, and marks that lead nowhere. */
function contentFaults(pdf: Pdf, root: Value | undefined, tree: Dictionary, elements: readonly Element[]): string[] {
  const faults: string[] = [];
  const marked = new Map(elements.flatMap((element) => element.marks.map((mark) => [mark, element])));
  const held = elements.reduce((sum, { marks }) => sum + marks.length, 0);
  if (held !== marked.size) faults.push("A piece of content belongs to two elements.");
  const byObject = new Map(elements.flatMap((element) => element.objects.map((object) => [object, element])));
  const parents = parentTree(pdf, tree);
  const drawn = new Set<string>();
  pageRefs(pdf, root).forEach((page, i) => {
    const entries = pdf.get(page);
    if (!isDictionary(entries)) return;
    const name = `Page ${i + 1}`;
    const kids = listOf(pdf.get(parents.get(Number(entries["/StructParents"]))));
    const { marks, faults: own } = marksOf(pdf.content(entries["/Contents"]));
    faults.push(...own.map((words) => `${name}: ${words}`));
    for (const mark of marks) {
      const key = `${page} ${mark}`;
      drawn.add(key);
      const element = marked.get(key);
      if (!element) faults.push(`${name}: content ${mark} belongs to no element.`);
      else if (kids[mark] !== element.ref) faults.push(`${name}: content ${mark} is listed under another element.`);
    }
    const annotations = listOf(pdf.get(entries["/Annots"]));
    if (entries["/Tabs"] !== "/S") faults.push(`${name}: its order isn't that of the structure.`);
    for (const annotation of annotations) {
      const object = pdf.get(annotation);
      if (!isDictionary(object)) continue;
      const kind = nameOf(object["/Subtype"]);
      const element = byObject.get(String(annotation));
      if (!element || parents.get(Number(object["/StructParent"])) !== element.ref)
        faults.push(`${name}: a ${kind} is not in the structure.`);
      if (kind === "Link" && (element?.kind !== "Link" || typeof object["/Contents"] !== "string"))
        faults.push(`${name}: a link has no element or no words.`);
      if (kind === "Widget" && (element?.kind !== "Form" || typeof object["/TU"] !== "string" || !object["/T"]))
        faults.push(`${name}: a field has no element, no name or no words.`);
      if (!["Link", "Widget"].includes(kind)) faults.push(`${name}: it has a ${kind}.`);
    }
  });
  for (const [mark, { kind }] of marked)
    if (!drawn.has(mark)) faults.push(`An element ${kind} has content that no page draws.`);
  return faults;
}

function parentTree(pdf: Pdf, tree: Dictionary): Map<number, Value> {
  const found = new Map<number, Value>();
  const walk = (node: Value | undefined) => {
    const numbers = listOf(pdf.at(node, "/Nums"));
    for (let i = 0; i + 1 < numbers.length; i += 2) found.set(Number(numbers[i]), numbers[i + 1] ?? null);
    for (const kid of listOf(pdf.at(node, "/Kids"))) walk(kid);
  };
  walk(tree["/ParentTree"]);
  return found;
}

function pageRefs(pdf: Pdf, root: Value | undefined): string[] {
  const walk = (node: Value | undefined): string[] =>
    listOf(pdf.at(node, "/Kids")).flatMap((kid) => (pdf.at(kid, "/Type") === "/Pages" ? walk(kid) : [String(kid)]));
  return walk(pdf.at(root, "/Pages"));
}

const OPERATORS_THAT_DRAW = new Set("Tj TJ ' \" f F f* B B* b b* S s sh Do EI".split(" "));

/** The marks of a page's content, and whether everything that it draws is marked, and by one mark alone. */
function marksOf(content: string): { marks: number[]; faults: string[] } {
  const faults = new Set<string>();
  const marks: number[] = [];
  const open: ("artifact" | "mark" | "other")[] = [];
  const tokens = /\((?:\\[^]|[^\\()])*\)|<<|>>|<[0-9a-fA-F\s]*>|\[|\]|\/[^\s()<>[\]/%]*|[^\s()<>[\]/%]+/g;
  let operands: string[] = [];
  for (const [token] of content.matchAll(tokens)) {
    if (/^[/(<[\]>+\-.\d]/.test(token)) {
      operands.push(token);
      continue;
    }
    if (token === "BDC" || token === "BMC") {
      const id = operands.indexOf("/MCID");
      const kind = operands[0] === "/Artifact" ? "artifact" : id >= 0 ? "mark" : "other";
      if (kind !== "other" && open.some((one) => one !== "other")) faults.add("marks stand in each other.");
      if (kind === "mark") {
        const mark = Number(operands[id + 1]);
        if (marks.includes(mark)) faults.add(`two contents are called ${mark}.`);
        marks.push(mark);
      }
      open.push(kind);
    } else if (token === "EMC") {
      if (open.pop() === undefined) faults.add("a mark ends that didn't begin.");
    } else if (OPERATORS_THAT_DRAW.has(token) && !open.some((one) => one !== "other"))
      faults.add("something is drawn that is neither tagged nor an artifact.");
    operands = [];
  }
  if (open.length > 0) faults.add("a mark doesn't end.");
  return { marks, faults: [...faults] };
}

function elementFaults(pdf: Pdf, tree: Dictionary) {
  return (element: Element): string[] => {
    const { kind, kids, entries, parent } = element;
    const faults: string[] = [];
    const inside = INSIDE[kind];
    if (inside) for (const kid of kids) if (!inside.includes(kid.kind)) faults.push(`A ${kind} holds a ${kid.kind}.`);
    if (inside && element.marks.length > 0) faults.push(`A ${kind} holds content itself.`);
    if (WITHIN[kind] && !WITHIN[kind].includes(parent?.kind ?? ""))
      faults.push(`A ${kind} stands in a ${parent?.kind}.`);
    if (kind === "Figure" && typeof entries["/Alt"] !== "string") faults.push("A figure has no words.");
    if (kind !== "Figure" && (entries["/Alt"] !== undefined || entries["/ActualText"] !== undefined))
      faults.push(`A ${kind} is read as other words than it has.`);
    const scope = attribute(pdf, element, "/Scope");
    if (kind === "TH" && !["/Column", "/Row", "/Both"].includes(String(scope)))
      faults.push("A head of a table has no scope.");
    if (kind === "L" && kids.some((item) => item.kids.some((one) => one.kind === "Lbl")))
      if (!attribute(pdf, element, "/ListNumbering")) faults.push("A list with labels doesn't say how it is numbered.");
    if (kind === "Table") faults.push(...tableFaults(pdf, element, tree));
    return faults;
  };
}

function attribute(pdf: Pdf, { entries }: Element, key: string): Value | undefined {
  return listOf(pdf.get(entries["/A"]))
    .map((one) => pdf.at(one, key))
    .find((value) => value !== undefined);
}

/** Whether every row of a table has as many columns as the others, spans counted. */
function tableFaults(pdf: Pdf, table: Element, tree: Dictionary): string[] {
  const rows = table.kids.flatMap((kid) => (kid.kind === "TR" ? [kid] : kid.kids));
  const faults: string[] = [];
  const reaching: number[] = [];
  const widths = rows.map((row) => {
    let column = 0;
    const skip = () => {
      while ((reaching[column] ?? 0) > 0) {
        reaching[column] = (reaching[column] ?? 0) - 1;
        column += 1;
      }
    };
    for (const cell of row.kids) {
      skip();
      const [across, down] = [attribute(pdf, cell, "/ColSpan"), attribute(pdf, cell, "/RowSpan")].map((one) =>
        Number(one ?? 1),
      );
      for (let i = 0; i < (across ?? 1); i++) reaching[column + i] = (down ?? 1) - 1;
      column += across ?? 1;
    }
    skip();
    return column;
  });
  if (new Set(widths).size > 1) faults.push(`The rows of a table have ${[...new Set(widths)].join(" or ")} columns.`);
  if (rows.length === 0) faults.push("A table has no rows.");
  if (!rows.some(({ kids }) => kids.some(({ kind }) => kind === "TH"))) faults.push("A table has no head.");
  if (!tree["/IDTree"] && rows.some(({ kids }) => kids.some((cell) => attribute(pdf, cell, "/Headers"))))
    faults.push("Heads have no names.");
  return faults;
}

function headingFaults(elements: readonly Element[]): string[] {
  const ranks = elements.flatMap(({ kind }) => (/^H[1-6]$/.test(kind) ? [Number(kind.slice(1))] : []));
  if (ranks.length > 0 && ranks[0] !== 1) return ["The first heading isn't of the first rank."];
  return ranks.flatMap((rank, i) =>
    i > 0 && rank > (ranks[i - 1] ?? 0) + 1 ? [`A heading of rank ${rank} skips one.`] : [],
  );
}

/** Whether what cells name as their heads is there, and listed. */
function nameFaults(pdf: Pdf, tree: Dictionary, elements: readonly Element[]): string[] {
  const faults: string[] = [];
  const names = new Map<string, string>();
  for (const { entries, ref } of elements) {
    const id = entries["/ID"];
    if (typeof id !== "string") continue;
    if (names.has(id)) faults.push(`Two elements are called ${id}.`);
    names.set(id, ref);
  }
  const listed = listOf(pdf.at(tree, "/IDTree", "/Names"));
  for (const [id, ref] of names)
    if (listed[listed.indexOf(id) + 1] !== ref) faults.push(`${id} isn't listed among the names of elements.`);
  if (listed.length !== 2 * names.size) faults.push("Names of elements are listed that nothing has.");
  const sorted = listed.filter((_, i) => i % 2 === 0).map(String);
  if (sorted.some((id, i) => i > 0 && id <= (sorted[i - 1] ?? ""))) faults.push("The names of elements aren't sorted.");
  for (const element of elements)
    for (const id of listOf(attribute(pdf, element, "/Headers")))
      if (!names.has(String(id))) faults.push(`A cell names ${String(id)} as its head, which isn't there.`);
  return faults;
}

/** Whether every font is in the file and says which characters its glyphs stand for. */
function fontFaults(pdf: Pdf, root: Value | undefined): string[] {
  const fonts = new Set(
    pageRefs(pdf, root).flatMap((page) => {
      const named = pdf.at(page, "/Resources", "/Font");
      return isDictionary(named) ? Object.values(named) : [];
    }),
  );
  return [...fonts].flatMap((font) => {
    const name = nameOf(pdf.at(font, "/BaseFont"));
    const below = listOf(pdf.at(font, "/DescendantFonts"))[0];
    const descriptor = pdf.at(below ?? font, "/FontDescriptor");
    const kind = nameOf(pdf.at(below, "/Subtype"));
    return [
      ...(pdf.at(descriptor, "/FontFile2") || pdf.at(descriptor, "/FontFile3") ? [] : [`${name} isn't in the file.`]),
      ...(pdf.at(font, "/ToUnicode") ? [] : [`${name} doesn't say what its glyphs stand for.`]),
      ...(kind === "CIDFontType2" && pdf.at(below, "/CIDToGIDMap") !== "/Identity"
        ? [`${name} doesn't say which glyph a code is.`]
        : []),
    ];
  });
}
