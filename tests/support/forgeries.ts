import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { contentsOf, withContent, withPiece } from "./pdfs";

/** Words that no version of the tests says. */
export const CLAUSE = "Nobody is bound by this schedule";

/** A change to a file that shows, hides or replaces words, with the words and a place (0 to 1) to choose. */
export type Forgery = { name: string; forge: (bytes: Uint8Array, words: string, place: number) => Uint8Array };
type Parts = Record<string, Uint8Array>;
type Change = (parts: Parts, words: string, place: number) => Parts;

const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const DOCUMENT = "word/document.xml";
const STYLES = "word/styles.xml";
const SETTINGS = "word/settings.xml";
const SHEET = "xl/worksheets/sheet3.xml";
const WORKBOOK = "xl/workbook.xml";
const LOOKS = "xl/styles.xml";

const textOf = (parts: Parts, name: string) => strFromU8(parts[name] ?? new Uint8Array());

function edited(parts: Parts, name: string, change: (xml: string) => string): Parts {
  const before = textOf(parts, name);
  const after = change(before);
  if (before === after) throw new Error(`Nothing changed in ${name}.`);
  return { ...parts, [name]: strToU8(after) };
}

const added = (parts: Parts, name: string, text: string | Uint8Array): Parts => ({
  ...parts,
  [name]: typeof text === "string" ? strToU8(text) : text,
});

function related(parts: Parts, of: string, type: string, target: string, more = ""): Parts {
  const slash = of.lastIndexOf("/") + 1;
  const name = `${of.slice(0, slash)}_rels/${of.slice(slash)}.rels`;
  const whole = textOf(parts, name)
    ? parts
    : added(
        parts,
        name,
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>',
      );
  return edited(whole, name, (xml) =>
    xml
      .replace(/<Relationships([^>]*)\/>/, "<Relationships$1></Relationships>")
      .replace(
        "</Relationships>",
        `<Relationship Id="rIdForged" Type="${type.startsWith("http") ? type : `${RELATIONS}/${type}`}" Target="${target}"${more}/></Relationships>`,
      ),
  );
}

const typed = (parts: Parts, name: string, type: string): Parts =>
  edited(parts, "[Content_Types].xml", (xml) =>
    xml.replace("</Types>", `<Override PartName="/${name}" ContentType="${type}"/></Types>`),
  );

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const run = (words: string, look = "") =>
  `<w:r>${look ? `<w:rPr>${look}</w:rPr>` : ""}<w:t xml:space="preserve">${escaped(words)}</w:t></w:r>`;

/** Changes one of the matches of a pattern, chosen by a place from 0 to 1. */
function oneOf(xml: string, pattern: RegExp, place: number, change: (found: string) => string): string {
  const found = [...xml.matchAll(pattern)];
  const one = found[Math.floor(place * found.length)];
  if (!one) throw new Error(`Nothing has ${pattern}.`);
  return xml.slice(0, one.index) + change(one[0]) + xml.slice(one.index + one[0].length);
}

/** A run of words, among those in the body. */
const RUN = /<w:r>(?:<w:rPr>(?:(?!<\/w:rPr>).)*<\/w:rPr>)?<w:t[^>]*>[^<]+<\/w:t><\/w:r>/g;
const PARAGRAPH_END = /(?<=<\/w:r>)<\/w:p>/g;

const inBody =
  (change: (xml: string, words: string, place: number) => string): Change =>
  (parts, words, place) =>
    edited(parts, DOCUMENT, (xml) => change(xml, words, place));
/** Puts something at the end of a paragraph. */
const inParagraph = (more: (words: string) => string): Change =>
  inBody((xml, words, place) => oneOf(xml, PARAGRAPH_END, place, (end) => more(words) + end));
/** Gives a run another look. */
const runLook = (look: string): Change =>
  inBody((xml, _words, place) =>
    oneOf(xml, RUN, place, (found) =>
      found.includes("<w:rPr>")
        ? found.replace("<w:rPr>", `<w:rPr>${look}`)
        : found.replace("<w:r>", `<w:r><w:rPr>${look}</w:rPr>`),
    ),
  );
const styleLook =
  (id: string, look: string): Change =>
  (parts) =>
    edited(parts, STYLES, (xml) =>
      xml.replace(new RegExp(`(<w:style [^>]*w:styleId="${id}"[^>]*>.*?<w:rPr>)`, "s"), `$1${look}`),
    );
const coloured =
  (id: string, colour: string): Change =>
  (parts) =>
    edited(parts, STYLES, (xml) =>
      xml.replace(
        new RegExp(`(<w:style [^>]*w:styleId="${id}"[^>]*>(?:(?!</w:style>).)*?<w:color w:val=")[0-9A-F]{6}`, "s"),
        `$1${colour}`,
      ),
    );
const setting =
  (xml: string): Change =>
  (parts) =>
    edited(parts, SETTINGS, (settings) => settings.replace("</w:settings>", `${xml}</w:settings>`));
const paragraphLook = (look: string): Change =>
  inBody((xml, _words, place) =>
    oneOf(
      xml,
      /<w:p><w:pPr><w:pStyle w:val="(?:ScheduleText|CellText)"\/>(?=(?:(?!<\/w:p>).)*<w:t[^>]*>[^<]*[A-Za-z])/g,
      place,
      (found) => found + look,
    ),
  );

const DRAWING = (kind: "inline" | "anchor") =>
  `<w:r><w:drawing><wp:${kind} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="9999999" cy="9999999"/><wp:docPr id="77" name="x"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdForged"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:${kind}></w:drawing></w:r>`;
const pictured =
  (kind: "inline" | "anchor"): Change =>
  (parts, words, place) =>
    inParagraph(() => DRAWING(kind))(
      related(added(parts, "word/media/forged.png", PIXEL), DOCUMENT, "image", "media/forged.png"),
      words,
      place,
    );
/** A part for notes, as programs add it, with the line above notes and something more. */
const withNotes =
  (kind: "footnote" | "endnote", more: (words: string) => { inLine?: string; after?: string }): Change =>
  (parts, words) => {
    const { inLine = "", after = "" } = more(words);
    const line = `<w:${kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/>${inLine}</w:r></w:p></w:${kind}>`;
    return related(
      added(
        parts,
        `word/${kind}s.xml`,
        `<w:${kind}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${line}${after}</w:${kind}s>`,
      ),
      DOCUMENT,
      `${kind}s`,
      `${kind}s.xml`,
    );
  };
const note =
  (kind: "footnote" | "endnote"): Change =>
  (parts, words, place) =>
    inParagraph(() => `<w:r><w:${kind}Reference w:id="7"/></w:r>`)(
      withNotes(kind, (said) => ({ after: `<w:${kind} w:id="7"><w:p>${run(said)}</w:p></w:${kind}>` }))(
        parts,
        words,
        place,
      ),
      words,
      place,
    );

/** Words moved into a part of their own, which the body refers to. */
const apart =
  (name: string, type: string, xml: (words: string) => string, reference: string): Change =>
  (parts, words, place) => {
    const whole = related(added(parts, `word/${name}`, xml(words)), DOCUMENT, type, name);
    return reference === "" ? whole : inParagraph(() => reference)(whole, words, place);
  };

const DOCX: Record<string, Change> = {
  "a clause in a header": (parts, words) =>
    edited(parts, "word/header1.xml", (xml) => xml.replace("</w:p>", `${run(` ${words}`)}</w:p>`)),
  "a clause in a paragraph of its own in a header": (parts, words) =>
    edited(parts, "word/header2.xml", (xml) => xml.replace("</w:hdr>", `<w:p>${run(words)}</w:p></w:hdr>`)),
  "a false fingerprint in a footer": (parts) =>
    edited(parts, "word/footer1.xml", (xml) => xml.replace(/Fingerprint \w{4}/, "Fingerprint 0000")),
  "words in a footer": (parts, words) =>
    edited(parts, "word/footer2.xml", (xml) => xml.replace("</w:p>", `${run(` ${words}`)}</w:p>`)),
  "a header of even pages": (parts, words) =>
    edited(
      edited(
        related(
          added(
            parts,
            "word/headerEven.xml",
            textOf(parts, "word/header1.xml").replace("</w:hdr>", `<w:p>${run(words)}</w:p></w:hdr>`),
          ),
          DOCUMENT,
          "header",
          "headerEven.xml",
        ),
        DOCUMENT,
        (xml) => xml.replace("<w:sectPr>", '<w:sectPr><w:headerReference w:type="even" r:id="rIdForged"/>'),
      ),
      SETTINGS,
      (xml) => xml.replace("<w:compat>", "<w:evenAndOddHeaders/><w:compat>"),
    ),
  "a watermark in a header": (parts, words) =>
    edited(parts, "word/header1.xml", (xml) =>
      xml.replace(
        "</w:p>",
        `<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="${escaped(words)}"/></v:shape></w:pict></w:r></w:p>`,
      ),
    ),
  "white words": runLook('<w:color w:val="FFFFFF"/>'),
  "near-white words": runLook('<w:color w:val="FBFBFA"/>'),
  "words in the colour of a theme": runLook('<w:color w:val="1B1D21" w:themeColor="background1"/>'),
  "white words by a style": coloured("ScheduleText", "FFFFFF"),
  "white words by the default of the document": (parts) =>
    edited(parts, STYLES, (xml) =>
      xml
        .replace(/(<w:rPrDefault>.*?<w:color w:val=")[0-9A-F]{6}/s, "$1FFFFFF")
        .replaceAll('<w:color w:val="1B1D21"/>', ""),
    ),
  "words on a ground of their own colour": runLook('<w:shd w:val="clear" w:color="auto" w:fill="1B1D21"/>'),
  "a paragraph on a ground of the words' colour": paragraphLook(
    '<w:shd w:val="clear" w:color="auto" w:fill="1B1D21"/>',
  ),
  "a cell on a ground of the words' colour": inBody((xml, _words, place) =>
    oneOf(
      xml,
      /<w:tcPr><w:tcW [^>]*\/><\/w:tcPr><w:p><w:pPr><w:pStyle w:val="CellText"\/><\/w:pPr><w:r><w:t[^>]*>[^<]/g,
      place,
      (found) => found.replace("</w:tcPr>", '<w:shd w:val="clear" w:color="auto" w:fill="1B1D21"/></w:tcPr>'),
    ),
  ),
  "hidden words": runLook("<w:vanish/>"),
  "words that are hidden on the web": runLook("<w:webHidden/>"),
  "words hidden by a style": styleLook("CellText", "<w:vanish/>"),
  "words hidden by the style of a run": (parts, words, place) =>
    runLook('<w:rStyle w:val="Gone"/>')(
      edited(parts, STYLES, (xml) =>
        xml.replace(
          "</w:styles>",
          '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:specVanish/></w:rPr></w:style></w:styles>',
        ),
      ),
      words,
      place,
    ),
  "struck words": runLook("<w:strike/>"),
  "doubly struck words": runLook('<w:dstrike w:val="true"/>'),
  "words struck by a style": styleLook("ScheduleText", "<w:strike/>"),
  "marked words": runLook('<w:highlight w:val="black"/>'),
  "words of a tenth of a millimetre": runLook('<w:sz w:val="1"/>'),
  "words small by a style": styleLook("CellText", '<w:sz w:val="2"/>'),
  "words drawn together to nothing": runLook('<w:w w:val="1"/>'),
  "words drawn over each other": runLook('<w:spacing w:val="-300"/>'),
  "words raised away": runLook('<w:position w:val="800"/>'),
  "words in a typeface of signs": runLook('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
  "words in the other direction": inBody((xml, _words, place) =>
    oneOf(xml, RUN, place, (found) => `<w:bdo w:val="rtl">${found}</w:bdo>`),
  ),
  "capitals that nobody wrote": runLook("<w:caps/>"),
  "words beside the paper": paragraphLook('<w:ind w:left="30000"/>'),
  "lines drawn over each other": paragraphLook('<w:spacing w:line="1" w:lineRule="exact"/>'),
  "a paragraph in a frame": paragraphLook('<w:framePr w:w="1" w:h="1" w:hRule="exact"/>'),
  "a row of no height": inBody((xml, _words, place) =>
    oneOf(
      xml,
      /<w:trPr><w:cantSplit\/><\/w:trPr>/g,
      place,
      () => '<w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>',
    ),
  ),
  "a hidden row": inBody((xml, _words, place) =>
    oneOf(xml, /<w:trPr><w:cantSplit\/><\/w:trPr>/g, place, () => "<w:trPr><w:hidden/></w:trPr>"),
  ),
  "a column of no width": inBody((xml) => xml.replace(/<w:gridCol w:w="\d+"\/>/, '<w:gridCol w:w="1"/>')),
  "words in the result of a field": inParagraph(
    (words) =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(words)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
  ),
  "words in the result of a page number": (parts, words) =>
    edited(parts, "word/footer1.xml", (xml) =>
      xml.replace(
        '<w:fldChar w:fldCharType="separate"/></w:r>',
        `<w:fldChar w:fldCharType="separate"/></w:r>${run(words)}`,
      ),
    ),
  "a field that says something": inParagraph(
    (words) =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE "${escaped(words)}" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`,
  ),
  "a simple field": inParagraph((words) => `<w:fldSimple w:instr="TITLE">${run(words)}</w:fldSimple>`),
  "a non-breaking hyphen": inParagraph(() => "<w:r><w:noBreakHyphen/></w:r>"),
  "a soft hyphen": inParagraph(() => "<w:r><w:softHyphen/></w:r>"),
  "words as signs": inParagraph(
    (words) =>
      `<w:r>${[...words].map((letter) => `<w:sym w:font="Calibri" w:char="${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0").toUpperCase()}"/>`).join("")}</w:r>`,
  ),
  "a tab's worth of a line's end": inParagraph(
    () => '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="hyphen"/></w:r>',
  ),
  "a second body": (parts, words) =>
    edited(
      added(
        parts,
        "word/other.xml",
        textOf(parts, DOCUMENT).replace(RUN, (found) => found.replace(/>[^<]+<\/w:t>/, `>${escaped(words)}</w:t>`)),
      ),
      "_rels/.rels",
      (xml) => xml.replace("word/document.xml", "word/other.xml"),
    ),
  "a second body beside the first": (parts, words) =>
    related(
      typed(
        added(
          parts,
          "word/other.xml",
          textOf(parts, DOCUMENT).replace("</w:body>", `<w:p>${run(words)}</w:p></w:body>`),
        ),
        "word/other.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
      ),
      "",
      "officeDocument",
      "word/other.xml",
    ),
  "a footnote": note("footnote"),
  "an endnote": note("endnote"),
  "words in the line above footnotes": withNotes("footnote", (words) => ({ inLine: `<w:t>${escaped(words)}</w:t>` })),
  "a comment": apart(
    "comments.xml",
    "comments",
    (words) =>
      `<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" w:author="x"><w:p>${run(words)}</w:p></w:comment></w:comments>`,
    '<w:r><w:commentReference w:id="0"/></w:r>',
  ),
  "a template from elsewhere": (parts) =>
    setting('<w:attachedTemplate r:id="rIdForged"/>')(
      related(parts, SETTINGS, "attachedTemplate", "https://forger.example/x.dotm", ' TargetMode="External"'),
      "",
      0,
    ),
  "a chunk of another format": (parts, words) =>
    inBody((xml) => xml.replace("<w:sectPr>", '<w:altChunk r:id="rIdForged"/><w:sectPr>'))(
      related(added(parts, "word/chunk.html", `<p>${escaped(words)}</p>`), DOCUMENT, "aFChunk", "chunk.html"),
      words,
      0,
    ),
  "a text box": inParagraph(
    (words) =>
      `<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p>${run(words)}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>`,
  ),
  "a text box in the alternative of a newer Word": inParagraph(
    (words) =>
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent><w:p>${run(words)}</w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>`,
  ),
  "inserted words": inParagraph((words) => `<w:ins w:id="9" w:author="x">${run(words)}</w:ins>`),
  "deleted words": inBody((xml, _words, place) =>
    oneOf(
      xml,
      RUN,
      place,
      (found) =>
        `<w:del w:id="9" w:author="x">${found.replaceAll("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")}</w:del>`,
    ),
  ),
  "words marked as deleted that stand all the same": inBody((xml, _words, place) =>
    oneOf(xml, RUN, place, (found) => `<w:moveFrom w:id="9" w:author="x">${found}</w:moveFrom>`),
  ),
  "a formula": inParagraph((words) => `<m:oMath><m:r><m:t>${escaped(words)}</m:t></m:r></m:oMath>`),
  "a reading over words": inParagraph(
    (words) => `<w:r><w:ruby><w:rt>${run(words)}</w:rt><w:rubyBase>${run("x")}</w:rubyBase></w:ruby></w:r>`,
  ),
  "a content control": inBody((xml, words, place) =>
    oneOf(
      xml,
      RUN,
      place,
      (found) =>
        `<w:sdt><w:sdtPr><w:alias w:val="${escaped(words)}"/></w:sdtPr><w:sdtContent>${found}</w:sdtContent></w:sdt>`,
    ),
  ),
  "a hyperlink": (parts, words, place) =>
    inBody((xml) =>
      oneOf(
        xml,
        RUN,
        place,
        (found) => `<w:hyperlink r:id="rIdForged" w:tooltip="${escaped(words)}">${found}</w:hyperlink>`,
      ),
    )(related(parts, DOCUMENT, "hyperlink", "https://forger.example", ' TargetMode="External"'), words, place),
  "a picture": pictured("inline"),
  "a picture over the words": pictured("anchor"),
  "words in the numbers of headings": (parts, words) =>
    edited(parts, "word/numbering.xml", (xml) =>
      xml.replaceAll('w:lvlText w:val="%1."', `w:lvlText w:val="${escaped(words)} %1."`),
    ),
  "other numbers of clauses": (parts) =>
    edited(parts, "word/numbering.xml", (xml) =>
      xml
        .replaceAll('<w:start w:val="1"/>', '<w:start w:val="4"/>')
        .replaceAll('<w:startOverride w:val="1"/>', '<w:startOverride w:val="4"/>'),
    ),
  "letters for numbers of clauses": (parts) =>
    edited(parts, "word/numbering.xml", (xml) =>
      xml.replaceAll('<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="upperRoman"/>'),
    ),
  "a heading without its number": inBody((xml) =>
    xml.replace(
      '<w:pPr><w:pStyle w:val="Heading1"/>',
      '<w:pPr><w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>',
    ),
  ),
  "clauses without their numbers by a style": (parts) =>
    edited(parts, STYLES, (xml) => xml.replace('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', "")),
  "clauses that count as annexes by a style": (parts) =>
    edited(parts, STYLES, (xml) =>
      xml.replace(
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>',
      ),
    ),
  "a level that is linked to another style": (parts) =>
    edited(parts, "word/numbering.xml", (xml) =>
      xml
        .replace('<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading1"/>')
        .replace('<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading2"/>'),
    ),
  "numbers for paragraphs by their style": (parts) =>
    edited(parts, STYLES, (xml) =>
      xml.replace(
        /(w:styleId="ScheduleText">.*?<w:pPr>)/,
        '$1<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
      ),
    ),
  "another entry in the contents": inBody((xml, words) =>
    xml.replace(/(<w:hyperlink [^>]*><w:r><w:t [^>]*>)[^<]*/, `$1${escaped(words)}`),
  ),
  "an entry more in the contents": inBody((xml, words) =>
    xml.replace(
      /<w:p><w:pPr><w:pStyle w:val="TOC1"\/><\/w:pPr>.*?<\/w:p>/,
      (entry) => entry + entry.replace(/(<w:t [^>]*>)[^<]*/, `$1${escaped(words)}`),
    ),
  ),
  "an entry less in the contents": inBody((xml) =>
    xml.replace(/<w:p><w:pPr><w:pStyle w:val="TOC1"\/><\/w:pPr>.*?<\/w:p>/, ""),
  ),
  "an entry that leads elsewhere": inBody((xml) => xml.replace(/w:anchor="_Toc00000002"/, 'w:anchor="_Toc00000003"')),
  "an entry that leads nowhere": inBody((xml) => xml.replace(/w:anchor="_Toc00000002"/, 'w:anchor="_Toc99999999"')),
  "an entry with the page of another chapter": inBody((xml) =>
    xml.replace("PAGEREF _Toc00000002 ", "PAGEREF _Toc00000003 "),
  ),
  "an entry with the page of another chapter by its bookmark": inBody((xml) =>
    xml
      .replace('w:name="_Toc00000002"', 'w:name="_TocOther"')
      .replace('w:name="_Toc00000003"', 'w:name="_Toc00000002"')
      .replace('w:name="_TocOther"', 'w:name="_Toc00000003"'),
  ),
  "a bookmark that begins elsewhere": inBody((xml) => {
    const mark = '<w:bookmarkStart w:id="1" w:name="_Toc00000002"/>';
    return xml.replace(mark, "").replace("</w:pPr>", `</w:pPr>${mark}`);
  }),
  "words for a page in the contents": inBody((xml, words) =>
    xml.replace(/(PAGEREF .*?<w:fldChar w:fldCharType="separate"\/><\/w:r>)/, `$1${run(words)}`),
  ),
  "a field for the entries of the contents": inBody((xml) =>
    xml.replace(
      /(<w:pStyle w:val="TOC1"\/><\/w:pPr>)/,
      '$1<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
  ),
  "a link to a place in another file": (parts, words, place) =>
    inBody((xml) => xml.replace("<w:hyperlink ", '<w:hyperlink r:id="rIdForged" '))(
      related(parts, DOCUMENT, "hyperlink", "https://forger.example", ' TargetMode="External"'),
      words,
      place,
    ),
  "a link that says something else under the pointer": inBody((xml, words) =>
    xml.replace("<w:hyperlink ", `<w:hyperlink w:tooltip="${escaped(words)}" `),
  ),
  "words in the title of a table": inBody((xml, words) =>
    xml.replace(/<w:tblCaption w:val="[^"]*/, `<w:tblCaption w:val="${escaped(words)}`),
  ),
  "words in the description of a table": inBody((xml, words) =>
    xml.replace(/(<w:tblCaption [^>]*>)/, `$1<w:tblDescription w:val="${escaped(words)}"/>`),
  ),
  "latin words from right to left": runLook("<w:rtl/>"),
  "a paragraph of latin words from right to left": paragraphLook("<w:bidi/>"),
  "words from right to left by a style": styleLook("ScheduleText", "<w:rtl/>"),
  "a field in the middle of a word": inParagraph(
    (words) =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF _Toc00000002 \\h</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(words)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
  ),
  "a typeface that the file brings along": (parts) =>
    edited(
      related(added(parts, "word/fonts/font1.odttf", "x"), "word/fontTable.xml", "font", "fonts/font1.odttf"),
      "word/fontTable.xml",
      (xml) =>
        xml.replace(
          /<w:fonts([^>]*)\/>|<\/w:fonts>/,
          (end, attributes: string | undefined) =>
            `${attributes === undefined ? "" : `<w:fonts${attributes}>`}<w:font w:name="Calibri"><w:embedRegular r:id="rIdForged" w:fontKey="{00000000-0000-0000-0000-000000000000}"/></w:font></w:fonts>`,
        ),
    ),
  "a ground of the page": (parts) =>
    edited(parts, DOCUMENT, (xml) => xml.replace("<w:body>", '<w:background w:color="1B1D21"/><w:body>')),
  "words in the properties": (parts, words) =>
    edited(parts, "docProps/core.xml", (xml) =>
      xml.replace("</cp:coreProperties>", `<cp:keywords>${escaped(words)}</cp:keywords></cp:coreProperties>`),
    ),
  "another title in the properties": (parts, words) =>
    edited(parts, "docProps/core.xml", (xml) => xml.replace(/<dc:title>[^<]*/, `<dc:title>${escaped(words)}`)),
  "a part that nobody knows": (parts, words) => added(parts, "word/afchunk/extra.bin", words),
  "a second text of a version": (parts) => added(parts, "customXml/item0.xml", textOf(parts, "customXml/item1.xml")),
  "words in an element that nobody knows": inParagraph(
    (words) => `<w:words w:val="${escaped(words)}"><w:t>${escaped(words)}</w:t></w:words>`,
  ),
  "words in an element of another name space": inParagraph((words) => `<y:t xmlns:y="urn:y">${escaped(words)}</y:t>`),
  "a collapsed heading": inBody((xml) =>
    xml.replace('<w:pPr><w:pStyle w:val="Heading1"/>', '<w:pPr><w:pStyle w:val="Heading1"/><w15:collapsed/>'),
  ),
  "margins that leave no room": inBody((xml) =>
    xml.replace(/<w:pgMar [^>]*\/>/, '<w:pgMar w:top="16000" w:bottom="16000" w:left="0" w:right="0"/>'),
  ),
  "a page of the size of a stamp": inBody((xml) => xml.replace(/<w:pgSz [^>]*\/>/, '<w:pgSz w:w="500" w:h="500"/>')),
  "a table that reaches beyond the paper": inBody((xml) =>
    xml.replace(/<w:gridCol w:w="\d+"\/>/, '<w:gridCol w:w="19000"/>'),
  ),
  "a row that reaches beyond the paper": inBody((xml, _words, place) =>
    oneOf(xml, /<w:tcW w:w="\d+" w:type="dxa"\/>/g, place, () => '<w:tcW w:w="19000" w:type="dxa"/>'),
  ),
  "a wide table on an upright page": inBody((xml) =>
    xml
      .replace('<w:pgSz w:w="16838" w:h="11906"', '<w:pgSz w:w="11906" w:h="16838"')
      .replace('<w:pgSz w:w="15840" w:h="12240"', '<w:pgSz w:w="12240" w:h="15840"'),
  ),
  "words pushed out of their cell": paragraphLook('<w:ind w:left="6000"/>'),
  "white words in the last row of tables": (parts) =>
    edited(parts, STYLES, (xml) =>
      xml.replace(
        /(<w:tblStylePr w:type="firstRow">)/,
        '<w:tblStylePr w:type="lastRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:tblStylePr>$1',
      ),
    ),
  "a border that draws over words": paragraphLook(
    '<w:pBdr><w:top w:val="single" w:sz="96" w:space="0" w:color="1B1D21"/></w:pBdr>',
  ),
};

/** A cell of words in the matrix. */
const CELL = /<c r="[A-Z]+\d+" s="\d+" t="s"><v>\d+<\/v><\/c>/g;
const inSheet =
  (change: (xml: string, words: string, place: number) => string, sheet = SHEET): Change =>
  (parts, words, place) =>
    edited(parts, sheet, (xml) => change(xml, words, place));
const beforeMargins = (more: (words: string) => string): Change =>
  inSheet((xml, words) => xml.replace("<pageMargins", `${more(words)}<pageMargins`));
const atEnd = (more: (words: string) => string): Change =>
  inSheet((xml, words) => xml.replace("</worksheet>", `${more(words)}</worksheet>`));
/** Gives a cell a style of its own, which is the first one with something changed. */
const cellLook =
  (change: (styles: string, font: number, xf: string) => string): Change =>
  (parts, words, place) => {
    const styles = textOf(parts, LOOKS);
    const count = Number(/<cellXfs count="(\d+)"/.exec(styles)?.[1]);
    const fonts = Number(/<fonts count="(\d+)"/.exec(styles)?.[1]);
    return inSheet((xml) => oneOf(xml, CELL, place, (cell) => cell.replace(/ s="\d+"/, ` s="${count}"`)))(
      edited(parts, LOOKS, (xml) => {
        const changed = change(
          xml,
          fonts,
          `<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>`,
        );
        return changed.replace(/<cellXfs count="\d+"/, `<cellXfs count="${count + 1}"`);
      }),
      words,
      place,
    );
  };
const xf = (styles: string, one: string) => styles.replace("</cellXfs>", `${one}</cellXfs>`);
const fontLook = (font: string): Change =>
  cellLook((styles, fonts) =>
    xf(
      styles
        .replace("</fonts>", `<font>${font}</font></fonts>`)
        .replace(/<fonts count="\d+"/, `<fonts count="${fonts + 1}"`),
      `<xf numFmtId="0" fontId="${fonts}" fillId="0" borderId="0" xfId="0" applyFont="1"/>`,
    ),
  );
const named =
  (name: string, value: string): Change =>
  (parts) =>
    edited(parts, WORKBOOK, (xml) =>
      xml.replace(
        "</definedNames>",
        `<definedName name="${name}" localSheetId="1">${value}</definedName></definedNames>`,
      ),
    );
const strings =
  (change: (xml: string, words: string) => string): Change =>
  (parts, words) =>
    edited(parts, "xl/sharedStrings.xml", (xml) => change(xml, words));
const withRelated =
  (type: string, name: string, xml: (words: string) => string, element: string): Change =>
  (parts, words, place) => {
    const whole = related(added(parts, `xl/${name}`, xml(words)), SHEET, type, `../${name}`);
    return element === "" ? whole : atEnd(() => element)(whole, words, place);
  };
const head = (change: (words: string) => [RegExp, string]): Change =>
  inSheet((xml, words) => xml.replace(...change(words)));

const XLSX: Record<string, Change> = {
  "a clause in a header": head((words) => [/(<oddHeader>)/, `$1&amp;C${escaped(words)}`]),
  "a false fingerprint in a footer": head(() => [/Fingerprint \w{4}/, "Fingerprint 0000"]),
  "words in a footer": head((words) => [/(<\/oddFooter>)/, ` ${escaped(words)}$1`]),
  "a header of even pages": head((words) => [
    /<headerFooter>(.*?<\/oddFooter>)/,
    `<headerFooter differentOddEven="1">$1<evenHeader>${escaped(words)}</evenHeader>`,
  ]),
  "a header of the first page": head((words) => [
    /<headerFooter>(.*?<\/oddFooter>)/,
    `<headerFooter differentFirst="1">$1<firstHeader>${escaped(words)}</firstHeader>`,
  ]),
  "a struck header": head(() => [/(<oddHeader>(?:&amp;L)?(?:&amp;9)?)/, "$1&amp;S"]),
  "a white header": head(() => [/(<oddHeader>(?:&amp;L)?(?:&amp;9)?)/, "$1&amp;KFFFFFF"]),
  "a header of the size of dust": head(() => [/(<oddHeader>&amp;L)&amp;9/, "$1&amp;1"]),
  "no header at all": head(() => [/<headerFooter>.*<\/headerFooter>/, ""]),
  "white words": fontLook('<color rgb="FFFFFFFF"/><sz val="9"/><name val="Calibri"/>'),
  "near-white words": fontLook('<color rgb="FFFBFBFA"/><sz val="9"/><name val="Calibri"/>'),
  "words in the ground's colour of the theme": fontLook('<color theme="0"/><sz val="9"/><name val="Calibri"/>'),
  "words in a colour by its number": fontLook('<color indexed="9"/><sz val="9"/><name val="Calibri"/>'),
  "words in a colour made lighter": fontLook('<color theme="1" tint="0.99"/><sz val="9"/><name val="Calibri"/>'),
  "a workbook of white words": (parts) =>
    edited(parts, LOOKS, (xml) => xml.replaceAll(/<color rgb="FF(?:1B1D21|62676F)"\/>/g, '<color rgb="FFFFFFFF"/>')),
  "a theme of other colours": (parts, words, place) =>
    fontLook('<color theme="1"/><sz val="9"/><name val="Calibri"/>')(
      edited(parts, "xl/theme/theme1.xml", (xml) =>
        xml.replace(/<a:dk1>.*?<\/a:dk1>/s, '<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1>'),
      ),
      words,
      place,
    ),
  "other colours for their numbers": (parts, words, place) =>
    fontLook('<color indexed="8"/><sz val="9"/><name val="Calibri"/>')(
      edited(parts, LOOKS, (xml) =>
        xml.replace(
          "</styleSheet>",
          `<colors><indexedColors>${'<rgbColor rgb="FFFFFFFF"/>'.repeat(64)}</indexedColors></colors></styleSheet>`,
        ),
      ),
      words,
      place,
    ),
  "words on a ground of their own colour": cellLook((styles) =>
    xf(
      styles.replace(
        "</fills>",
        '<fill><patternFill patternType="solid"><fgColor rgb="FF1B1D21"/></patternFill></fill></fills>',
      ),
      `<xf numFmtId="0" fontId="3" fillId="${Number(/<fills count="(\d+)"/.exec(styles)?.[1])}" borderId="0" xfId="0" applyFill="1"/>`,
    ),
  ),
  "words under a pattern": cellLook((styles) =>
    xf(
      styles.replace(
        "</fills>",
        '<fill><patternFill patternType="darkGrid"><fgColor rgb="FF1B1D21"/></patternFill></fill></fills>',
      ),
      `<xf numFmtId="0" fontId="3" fillId="${Number(/<fills count="(\d+)"/.exec(styles)?.[1])}" borderId="0" xfId="0" applyFill="1"/>`,
    ),
  ),
  "struck words": fontLook('<strike/><color rgb="FF1B1D21"/><sz val="9"/><name val="Calibri"/>'),
  "words of the size of dust": fontLook('<color rgb="FF1B1D21"/><sz val="1"/><name val="Calibri"/>'),
  "words in a typeface of signs": fontLook('<color rgb="FF1B1D21"/><sz val="9"/><name val="Wingdings"/>'),
  "words as a raised note": fontLook(
    '<vertAlign val="superscript"/><color rgb="FF1B1D21"/><sz val="9"/><name val="Calibri"/>',
  ),
  "a number format for words": cellLook((styles) =>
    xf(
      styles.replace(
        /<fonts /,
        '<numFmts count="1"><numFmt numFmtId="190" formatCode="&quot;Nobody&quot;;;;&quot;Nobody does this&quot;"/></numFmts><fonts ',
      ),
      '<xf numFmtId="190" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
    ),
  ),
  "a number format that hides": cellLook((styles) =>
    xf(
      styles.replace(/<fonts /, '<numFmts count="1"><numFmt numFmtId="190" formatCode=";;;"/></numFmts><fonts '),
      '<xf numFmtId="190" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
    ),
  ),
  "words repeated over a cell": cellLook((styles) =>
    xf(
      styles,
      '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="fill"/></xf>',
    ),
  ),
  "words shrunk into a cell": cellLook((styles) =>
    xf(
      styles,
      '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment shrinkToFit="1"/></xf>',
    ),
  ),
  "words indented out of a cell": cellLook((styles) =>
    xf(
      styles,
      '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment indent="200"/></xf>',
    ),
  ),
  "a conditional format that replaces words": (parts, words, place) =>
    beforeMargins(
      () =>
        '<conditionalFormatting sqref="C3:C99"><cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula></cfRule></conditionalFormatting>',
    )(
      edited(parts, LOOKS, (xml) =>
        xml.replace(
          /<dxfs count="0"\/>/,
          '<dxfs count="1"><dxf><numFmt numFmtId="190" formatCode="&quot;Nobody does this&quot;"/></dxf></dxfs>',
        ),
      ),
      words,
      place,
    ),
  "a conditional format of a newer Excel": atEnd(
    () =>
      '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings><x14:conditionalFormatting/></x14:conditionalFormattings></ext></extLst>',
  ),
  "a print area": named("_xlnm.Print_Area", "'Responsibility matrix'!$A$1:$C$4"),
  "another row on top of each page": (parts) =>
    edited(parts, WORKBOOK, (xml) => xml.replace(/(Responsibility matrix(?:&apos;|')!)\$1:\$2/, "$1$1:$9")),
  "a name with words": named("Clause", '"Nobody is bound"'),
  "a comment": withRelated(
    "comments",
    "comments1.xml",
    (words) =>
      `<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>x</author></authors><commentList><comment ref="C4" authorId="0"><text><t>${escaped(words)}</t></text></comment></commentList></comments>`,
    "",
  ),
  "a threaded comment": withRelated(
    "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
    "threadedComments/threadedComment1.xml",
    (words) =>
      `<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="C4"><text>${escaped(words)}</text></threadedComment></ThreadedComments>`,
    "",
  ),
  "a prompt of a validation": beforeMargins(
    (words) =>
      `<dataValidations count="1"><dataValidation type="none" showInputMessage="1" promptTitle="Note" prompt="${escaped(words)}" sqref="C4"/></dataValidations>`,
  ),
  "a hyperlink": beforeMargins(
    (words) => `<hyperlinks><hyperlink ref="C4" location="Cover!A1" tooltip="${escaped(words)}"/></hyperlinks>`,
  ),
  "a picture": (parts, words, place) =>
    atEnd(() => '<drawing r:id="rIdForged"/>')(
      related(
        related(
          added(
            added(parts, "xl/media/forged.png", PIXEL),
            "xl/drawings/forged.xml",
            `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${RELATIONS}"><xdr:oneCellAnchor><xdr:from/><xdr:ext cx="9999999" cy="9999999"/><xdr:pic><xdr:blipFill><a:blip r:embed="rIdForged"/></xdr:blipFill></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>`,
          ),
          "xl/drawings/forged.xml",
          "image",
          "../media/forged.png",
        ),
        SHEET,
        "drawing",
        "../drawings/forged.xml",
      ),
      words,
      place,
    ),
  "a text box": (parts, words, place) =>
    atEnd(() => '<drawing r:id="rIdForged"/>')(
      related(
        added(
          parts,
          "xl/drawings/forged.xml",
          `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor><xdr:sp><xdr:txBody><a:p><a:r><a:t>${escaped(words)}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>`,
        ),
        SHEET,
        "drawing",
        "../drawings/forged.xml",
      ),
      words,
      place,
    ),
  "a picture behind the sheet": (parts, words, place) =>
    atEnd(() => '<picture r:id="rIdForged"/>')(
      related(added(parts, "xl/media/forged.png", PIXEL), SHEET, "image", "../media/forged.png"),
      words,
      place,
    ),
  "a picture in the header": withRelated(
    "vmlDrawing",
    "drawings/head.vml",
    () => "<xml/>",
    '<legacyDrawingHF r:id="rIdForged"/>',
  ),
  "an old drawing": withRelated(
    "vmlDrawing",
    "drawings/box.vml",
    (words) =>
      `<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><div>${escaped(words)}</div></v:textbox></v:shape></xml>`,
    '<legacyDrawing r:id="rIdForged"/>',
  ),
  "a second workbook": (parts, words) =>
    edited(
      edited(
        added(
          added(parts, "xl/other.xml", textOf(parts, WORKBOOK)),
          "xl/_rels/other.xml.rels",
          textOf(parts, "xl/_rels/workbook.xml.rels").replace("sharedStrings.xml", "otherStrings.xml"),
        ),
        "_rels/.rels",
        (xml) => xml.replace("xl/workbook.xml", "xl/other.xml"),
      ),
      "xl/_rels/other.xml.rels",
      (xml) => xml.replace("<Relationships ", `<Relationships xmlns:words="${escaped(words)}" `),
    ),
  "other strings for the sheets": (parts, words) =>
    edited(
      added(parts, "xl/otherStrings.xml", textOf(parts, "xl/sharedStrings.xml").replace(/Answer[^<]*/, escaped(words))),
      "xl/_rels/workbook.xml.rels",
      (xml) => xml.replace('Target="sharedStrings.xml"', 'Target="otherStrings.xml"'),
    ),
  "other styles for the sheets": (parts) =>
    edited(
      added(
        parts,
        "xl/otherStyles.xml",
        textOf(parts, LOOKS).replaceAll(/<color rgb="FF[0-9A-F]{6}"\/>/g, '<color rgb="FFFFFFFF"/>'),
      ),
      "xl/_rels/workbook.xml.rels",
      (xml) => xml.replace('Target="styles.xml"', 'Target="otherStyles.xml"'),
    ),
  "a formula": inSheet((xml, words, place) =>
    oneOf(xml, CELL, place, (cell) =>
      cell
        .replace(' t="s"><v>', ` t="str"><f>"${escaped(words)}"</f><v>`)
        .replace(/<v>\d+<\/v>/, `<v>${escaped(words)}</v>`),
    ),
  ),
  "white words within a cell": strings((xml) =>
    xml.replace(/<si><t[^>]*>(Answer[^<]*)<\/t><\/si>/, '<si><r><rPr><color rgb="FFFFFFFF"/></rPr><t>$1</t></r></si>'),
  ),
  "a reading over words": strings((xml, words) =>
    xml.replace(/(<si><t[^>]*>Answer[^<]*<\/t>)/, `$1<rPh sb="0" eb="1"><t>${escaped(words)}</t></rPh>`),
  ),
  "a row 0.1 high": inSheet((xml, _words, place) => oneOf(xml, / ht="[^"]*"/g, place, () => ' ht="0.1"')),
  "a row too low for its words": inSheet((xml) => xml.replace(/(<row r="2"[^>]*) ht="[^"]*"/, '$1 ht="12"')),
  "a hidden row": inSheet((xml, _words, place) => oneOf(xml, /<row r="\d+"/g, place, (row) => `${row} hidden="1"`)),
  "rows that are hidden by default": inSheet((xml) => xml.replace("<sheetFormatPr ", '<sheetFormatPr zeroHeight="1" ')),
  "a hidden column": inSheet((xml) => xml.replace(/<col min="3"/, '<col hidden="1" min="3"')),
  "a column of no width": inSheet((xml) => xml.replace(/(<col min="3" max="3" width=")[^"]*/, "$10.1")),
  "a hidden sheet": (parts) =>
    edited(parts, WORKBOOK, (xml) => xml.replace(/(name="Responsibility matrix" state=")visible/, "$1hidden")),
  "sheets without tabs": (parts) =>
    edited(parts, WORKBOOK, (xml) =>
      xml.replace("<sheets>", '<bookViews><workbookView showSheetTabs="0"/></bookViews><sheets>'),
    ),
  "a sheet more": (parts, words) =>
    edited(
      edited(
        added(
          parts,
          "xl/worksheets/sheet99.xml",
          `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${escaped(words)}</t></is></c></row></sheetData></worksheet>`,
        ),
        WORKBOOK,
        (xml) => xml.replace("</sheets>", '<sheet sheetId="99" name="Annex" r:id="rIdForged"/></sheets>'),
      ),
      "xl/_rels/workbook.xml.rels",
      (xml) =>
        xml.replace(
          "</Relationships>",
          `<Relationship Id="rIdForged" Type="${RELATIONS}/worksheet" Target="worksheets/sheet99.xml"/></Relationships>`,
        ),
    ),
  "cells that are no longer merged": inSheet(
    (xml) => xml.replace(/<mergeCell ref="[^"]*"\/>/, ""),
    "xl/worksheets/sheet1.xml",
  ),
  "formulas in place of words": inSheet((xml) => xml.replace("<sheetView ", '<sheetView showFormulas="1" ')),
  "a link to another file": (parts) =>
    related(
      added(parts, "xl/externalLinks/externalLink1.xml", "<externalLink/>"),
      WORKBOOK,
      "externalLink",
      "externalLinks/externalLink1.xml",
    ),
  "a table over the cells": withRelated(
    "table",
    "tables/table1.xml",
    () =>
      '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" ref="B2:C9"/>',
    '<tableParts count="1"><tablePart r:id="rIdForged"/></tableParts>',
  ),
  "another view of the sheet": beforeMargins(
    () => '<customSheetViews><customSheetView guid="{00000000-0000-0000-0000-000000000001}"/></customSheetViews>',
  ),
  "a scenario": beforeMargins((words) => `<scenarios><scenario name="${escaped(words)}"/></scenarios>`),
  "headings of rows and columns in print": beforeMargins(() => '<printOptions headings="1"/>'),
  "a print of a tenth of its size": inSheet((xml) =>
    xml.replace(/<pageSetup /, '<pageSetup scale="10" ').replace('fitToPage="1"', 'fitToPage="0"'),
  ),
  "columns without their widths": inSheet((xml) => xml.replace(/<cols>.*<\/cols>/, "")),
  "a print on one page": inSheet((xml) => xml.replace('fitToHeight="0"', 'fitToHeight="1"')),
  "a print on a card": inSheet((xml) => xml.replace(/paperSize="\d+"/, 'paperSize="43"')),
  "words in the properties": (parts, words) =>
    edited(parts, "docProps/core.xml", (xml) => xml.replace(/<cp:keywords>[^<]*/, `<cp:keywords>${escaped(words)}`)),
  "a manager in the properties": (parts, words) =>
    edited(parts, "docProps/app.xml", (xml) =>
      xml.replace("</Properties>", `<Manager>${escaped(words)}</Manager></Properties>`),
    ),
  "words as the name of the program": (parts, words) =>
    edited(parts, "docProps/app.xml", (xml) => xml.replace(/<Application>[^<]*/, `<Application>${escaped(words)}`)),
  "words as the version of the program": (parts, words) =>
    edited(parts, "docProps/app.xml", (xml) =>
      xml.replace("</Application>", `</Application><AppVersion>${escaped(words)}</AppVersion>`),
    ),
  "words as the language": (parts, words) =>
    edited(parts, "docProps/core.xml", (xml) => xml.replace(/<dc:language>[^<]*/, `<dc:language>${escaped(words)}`)),
  "another company": (parts, words) =>
    edited(parts, "docProps/app.xml", (xml) => xml.replace(/<Company>[^<]*/, `<Company>${escaped(words)}`)),
  "words that run in the other direction": (parts) =>
    edited(parts, LOOKS, (xml) => xml.replaceAll("<alignment ", '<alignment readingOrder="2" ')),
  "other rows on top of each page": (parts) =>
    edited(parts, WORKBOOK, (xml) => xml.replace(/(Responsibility matrix&apos;!\$)1:\$2/, "$16:$6")),
  "no rows on top of each page": (parts) =>
    edited(parts, WORKBOOK, (xml) =>
      xml.replace(/<definedName name="_xlnm.Print_Titles"[^>]*>[^<]*<\/definedName>/, ""),
    ),
  "columns on the left of each page": (parts) =>
    edited(parts, WORKBOOK, (xml) => xml.replace(/(&apos;Responsibility matrix&apos;!)(\$1:\$2)/, "$1$$K:$$K,$1$2")),
  "words in the break of a page": inSheet((xml, words) =>
    xml.replace(
      "</headerFooter>",
      `</headerFooter><rowBreaks count="1" manualBreakCount="1"><brk id="4" max="16383" man="1" words="${escaped(words)}"/></rowBreaks>`,
    ),
  ),
  "words as the place of a break": inSheet((xml, words) =>
    xml.replace("</headerFooter>", `</headerFooter><colBreaks count="1"><brk id="${escaped(words)}"/></colBreaks>`),
  ),
  "a row a line too low": inSheet((xml, _words, place) =>
    oneOf(xml, / ht="(?:[3-9]\d|\d{3})[\d.]*"/g, place, (height) => ` ht="${Number(height.split('"')[1]) - 13}"`),
  ),
  "a column a tenth too narrow": inSheet((xml) =>
    xml.replace(
      /(<col min="3" max="3" width=")([^"]*)/,
      (_, before: string, width: string) => `${before}${Number(width) * 0.9}`,
    ),
  ),
  "a part that nobody knows": (parts, words) => added(parts, "xl/extra.bin", words),
  "words in an element that nobody knows": atEnd((words) => `<words>${escaped(words)}</words>`),
};

type PdfChange = (bytes: Uint8Array, words: string, place: number) => Uint8Array;

const literal = (words: string) => `(${words.replace(/[\\()]/g, "\\$&")})`;
const entry =
  (fits: RegExp, after: RegExp, more: (words: string) => string): PdfChange =>
  (bytes, words) => {
    const changed = withPiece(bytes, fits, (dictionary) =>
      dictionary.replace(after, (found) => `${found}${more(words)}\n`),
    );
    if (Buffer.from(changed).equals(Buffer.from(bytes))) throw new Error(`Nothing has ${after}.`);
    return changed;
  };
const inRoot = (more: (words: string) => string) => entry(/\/Type \/Catalog/, /\/Type \/Catalog\n/, more);
const inPage = (more: (words: string) => string) => entry(/\/Type \/Page\n/, /\/Type \/Page\n/, more);
const inElement = (more: (words: string) => string) => entry(/\/S \/H1/, /\/S \/H1\n/, more);
const replacedIn =
  (fits: RegExp, from: RegExp, to: (words: string) => string): PdfChange =>
  (bytes, words) =>
    withPiece(bytes, fits, (dictionary) => {
      const changed = dictionary.replace(from, () => to(words));
      if (changed === dictionary) throw new Error(`Nothing has ${from}.`);
      return changed;
    });
const drawnOn =
  (more: (words: string) => string): PdfChange =>
  (bytes, words, place) => {
    const pages = contentsOf(bytes).length;
    const at = Math.floor(place * pages);
    return withContent(bytes, (content, page) => (page === at ? `${content}\n${more(words)}` : content));
  };

/** A PDF with an object written anew behind its end. */
function withUpdate(bytes: Uint8Array, change: (object: string) => string): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const [page = "", number = ""] = /(\d+) 0 obj\n<<\n\/Type \/Page\n[^]*?endobj\n/.exec(text) ?? [];
  const [, trailer = ""] = /trailer\n<<([^]*?)>>\s*startxref/.exec(text) ?? [];
  const [, before = ""] = /startxref\n(\d+)\n%%EOF\n$/.exec(text) ?? [];
  const object = change(page);
  const table = `xref\n${number} 1\n${String(text.length).padStart(10, "0")} 00000 n \n`;
  return Buffer.from(
    `${text}${object}${table}trailer\n<<${trailer}/Prev ${before}\n>>\nstartxref\n${text.length + object.length}\n%%EOF\n`,
    "latin1",
  );
}

const PDF: Record<string, PdfChange> = {
  "a comment": inPage(
    (words) => `/Annots [<< /Type /Annot /Subtype /FreeText /Rect [0 0 900 900] /Contents ${literal(words)} >>]`,
  ),
  "a form field": inPage(
    (words) => `/Annots [<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 900 900] /V ${literal(words)} >>]`,
  ),
  "a form": inRoot((words) => `/AcroForm << /Fields [<< /FT /Tx /T (x) /V ${literal(words)} >>] >>`),
  "a form without fields": inRoot(() => "/AcroForm << /Fields [] /NeedAppearances true >>"),
  "a layer": inRoot(() => "/OCProperties << /OCGs [] /D << /BaseState /OFF >> >>"),
  "a script": inRoot(() => "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
  "an action of a page": inPage(() => "/AA << /O << /S /JavaScript /JS (x) >> >>"),
  "a place to open at": inRoot(() => "/OpenAction [null /XYZ 0 0 9]"),
  "a collection": inRoot(() => "/Collection << /View /T >>"),
  "numbers of pages": inRoot((words) => `/PageLabels << /Nums [0 << /P ${literal(words)} >>] >>`),
  "words on the page": drawnOn((words) => `BT /F1 12 Tf 50 50 Td ${literal(words)} Tj ET`),
  "a shape over the words": drawnOn(() => "1 g 0 0 900 900 re f"),
  "words without ink": (bytes, _words, place) => {
    const at = Math.floor(place * contentsOf(bytes).length);
    return withContent(bytes, (content, page) => (page === at ? `3 Tr\n${content}` : content));
  },
  "a page turned": inPage(() => "/Rotate 180"),
  "a page cut": inPage(() => "/CropBox [0 0 10 10]"),
  "a page in another unit": inPage(() => "/UserUnit 75"),
  "a page with a thumbnail": inPage(() => "/Thumb 1 0 R"),
  "a page with other data": inPage((words) => `/PieceInfo << /X << /Private ${literal(words)} >> >>`),
  "a page with another order": replacedIn(/\/Type \/Page\n/, /\/Tabs \/S/, () => "/Tabs /R"),
  "words to be read aloud": inElement((words) => `/ActualText ${literal(words)}`),
  "words instead of a heading": inElement((words) => `/Alt ${literal(words)}`),
  "a title of a heading": inElement((words) => `/T ${literal(words)}`),
  "words of the properties": entry(/\/Keywords/, /^<<\n/, (words) => `/Note ${literal(words)}`),
  "another fingerprint in the properties": replacedIn(
    /\/Keywords/,
    /\/Keywords \d+ 0 R/,
    () => `/Keywords (Fingerprint ${"0".repeat(64)})`,
  ),
  "words of the metadata": (bytes, words) =>
    withPiece(
      bytes,
      /\/Subtype \/XML/,
      (dictionary) => dictionary,
      (xml) => xml.replace(/<\/dc:title>/, `</dc:title><dc:rights>${words}</dc:rights>`),
    ),
  "another bookmark": replacedIn(
    /\/Parent[^]*\/Title \(1\./,
    /\/Title \((?:[^()\\]|\\.)*\)/,
    (words) => `/Title ${literal(words)}`,
  ),
  "a bookmark that acts": entry(
    /\/Title \(1\./,
    /\/Title \((?:[^()\\]|\\.)*\)\n/,
    () => "/A << /S /URI /URI (https://forger.example) >>",
  ),
  "another view": replacedIn(
    /\/Type \/Catalog/,
    /\/ViewerPreferences \d+ 0 R|\/ViewerPreferences <<[^>]*>>/,
    () => "/ViewerPreferences << /HideToolbar true /PrintPageRange [1 1] >>",
  ),
  "another language": replacedIn(/\/Type \/Catalog/, /\/Lang \(en\)/, () => "/Lang (de)"),
  "another file": replacedIn(
    /\(demarc-version\.json\) \d+ 0 R/,
    /\(demarc-version\.json\)/,
    () => "(a.txt) << /Type /Filespec /F (a.txt) >> (demarc-version.json)",
  ),
  "an attached file's other name": replacedIn(
    /\/Type \/Filespec/,
    /\/UF \((?:[^()\\]|\\.)*\)/,
    (words) => `/UF ${literal(words)}`,
  ),
  "letters that are read as others": replacedIn(
    /\/ToUnicode \d+ 0 R/,
    /\/ToUnicode \d+ 0 R/,
    (words) => `/Note ${literal(words)}`,
  ),
  "a page twice": replacedIn(
    /\/Type \/Pages/,
    /\/Kids \[(\d+ 0 R)/,
    () => "/Kids [<< /Type /Page /MediaBox [0 0 595 842] >> 1 0 R",
  ),
  "an update with a comment": (bytes, words) =>
    withUpdate(bytes, (page) =>
      page.replace(
        "/Type /Page\n",
        `/Type /Page\n/Annots [<< /Subtype /FreeText /Rect [0 0 900 900] /Contents ${literal(words)} >>]\n`,
      ),
    ),
  "an update that changes nothing": (bytes) => withUpdate(bytes, (page) => page),
  "an entry that nobody knows": inRoot((words) => `/Words ${literal(words)}`),
};

/** Bytes between the parts of a package, where a reader of another format would look. */
function withBytesBetween(bytes: Uint8Array, words: string): Uint8Array {
  const more = Buffer.from(`%PDF-1.7\n% ${words}\n`);
  const file = Buffer.from(bytes);
  const end = file.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  const directory = file.readUInt32LE(end + 16);
  const moved = Buffer.concat([file.subarray(0, directory), more, file.subarray(directory)]);
  moved.writeUInt32LE(directory + more.length, end + more.length + 16);
  return new Uint8Array(moved);
}

/** Every kind of forgery, by the format. */
export const FORGERIES: Record<"docx" | "xlsx" | "pdf", Forgery[]> = {
  pdf: Object.entries(PDF).map(([name, forge]) => ({ name, forge })),
  docx: forgeriesOf(DOCX),
  xlsx: forgeriesOf(XLSX),
};

function forgeriesOf(changes: Record<string, Change>): Forgery[] {
  return [
    ...Object.entries(changes).map(([name, change]): Forgery => ({
      name,
      forge: (bytes, words, place) => zipSync(change(unzipSync(bytes), words, place), { level: 0 }),
    })),
    { name: "bytes between the parts", forge: (bytes, words) => withBytesBetween(bytes, words) },
  ];
}
