import type { HarmlessLine } from "./rules";

/** Relations by which the parts of a workbook or document may be reached. A relation to something outside is none. */
export const RELATIONS: readonly HarmlessLine[] = [
  {
    what: "Relations to parts whose words are compared, one to the body or the list of sheets",
    names: [
      "officeDocument",
      "header",
      "footer",
      "worksheet",
      "sharedStrings",
      "core-properties",
      "extended-properties",
    ],
  },
  {
    what: "Relations to parts that say how words look, which are examined",
    names: ["styles", "numbering", "settings", "webSettings", "fontTable", "theme", "footnotes", "endnotes"],
  },
  {
    what: "Relations to pictures and signature lines, whose bytes are compared",
    names: ["image", "drawing", "vmlDrawing"],
  },
  {
    what: "Relations to parts that nothing shows: custom XML, of which one carries the text; the settings of a printer; properties without words",
    names: ["customXml", "customXmlProps", "custom-properties", "printerSettings"],
  },
];

/** What may stand in a list of relations or of the kinds of parts. */
export const PACKAGE_PARTS: readonly HarmlessLine[] = [
  {
    what: "The lists of relations and of the kinds of parts",
    names: [
      "rel:Relationships",
      "rel:Relationship Id Type Target TargetMode=Internal",
      "type:Types",
      "type:Default Extension ContentType",
      "type:Override PartName ContentType",
    ],
  },
];

/** What may stand in the properties of a workbook or document. */
export const PROPERTIES: readonly HarmlessLine[] = [
  {
    what: "Properties whose words are compared",
    names: [
      "cp:coreProperties",
      "dc:title",
      "dc:subject",
      "dc:description",
      "dc:creator",
      "cp:keywords",
      "app:Company",
    ],
  },
  {
    what: "Properties that programs count and name",
    names: [
      "cp:lastModifiedBy",
      "cp:revision",
      "cp:lastPrinted",
      "cp:version",
      "dcterms:created xsi:type",
      "dcterms:modified xsi:type",
      "dc:language",
      "app:Properties",
      "app:Application",
      "app:AppVersion",
      "app:DocSecurity",
      "app:ScaleCrop",
      "app:LinksUpToDate",
      "app:SharedDoc",
      "app:HyperlinksChanged",
      "app:TotalTime",
      "app:Pages",
      "app:Words",
      "app:Characters",
      "app:CharactersWithSpaces",
      "app:Lines",
      "app:Paragraphs",
      "custom:Properties",
    ],
  },
  {
    what: "Properties that repeat the names of sheets",
    names: ["app:HeadingPairs", "app:TitlesOfParts", "vt:vector size baseType", "vt:variant", "vt:lpstr", "vt:i4"],
  },
  {
    what: "Properties that must be empty",
    names: ["cp:category", "cp:contentStatus", "app:Manager", "app:Template"],
  },
];

/**
 * Properties that programs write with nothing in them, the templates that hold nothing, and properties of which only some
 * values say what a program says of itself.
 */
export const EMPTY_PROPERTIES: Record<string, RegExp> = {
  "cp:category": /^$/,
  "cp:contentStatus": /^$/,
  "app:Manager": /^$/,
  "app:Application":
    /^(?:Demarc|Microsoft (?:Office |Macintosh )?(?:Excel|Word)(?: Online)?|Google (?:Docs|Sheets)|(?:LibreOffice|OpenOffice|Collabora_?Office|ONLYOFFICE|WPS ?Office)(?:[/_ ][\w.$-]{1,40})?(?: LibreOffice_project\/[\w.$-]{1,60})?|docx)?$/i,
  "app:AppVersion": /^[\d.]{0,12}$/,
  "dc:language": /^(?:[a-z]{2,3}(?:-[A-Za-z\d]{2,8}){0,3})?$/i,
  "cp:revision": /^\d{0,9}$/,
  "cp:version": /^[\d.]{0,12}$/,
  "app:Template": /^(?:Normal(?:\.dotm?)?)?$/,
};

/** The theme of a package, of which only the colours are used, by their resolved values. */
export const THEME: readonly HarmlessLine[] = [
  { what: "The theme, whose colours are resolved where words use them", names: ["a:*", "thm15:*"] },
];
