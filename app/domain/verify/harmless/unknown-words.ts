/** What an element or entry does that no list of harmless things has, in words; by its name without a prefix. */
const ELEMENTS: readonly [RegExp, string][] = [
  [/^(?:vanish|specVanish|webHidden|hidden)$/, "hidden words"],
  [/^d?strike$/, "words struck through"],
  [/^(?:ins|del|moveFrom|moveTo|delText|.*Change)$/, "a tracked change"],
  [
    /^(?:pict|anchor|inline|txbxContent|AlternateContent|Choice|shape|textbox|sp|graphicFrame|cxnSp|grpSp|drawing|picture|background)$/,
    "a picture or text box may hide words or show others",
  ],
  [/^(?:comments?|comment(?:Reference|RangeStart|RangeEnd)|legacyDrawing)$/, "a comment"],
  [/^(?:footnote|endnote)/, "a note"],
  [/^hyperlinks?$/, "a link"],
  [/^sdt/, "a content control"],
  [/^(?:fldSimple|ruby|oMath|altChunk|subDoc|object|control)/, "words of another kind"],
  [/^(?:conditionalFormatting|cfRule|conditionalFormattings|dxf)$/, "a conditional format, which may show other words"],
  [/^dataValidations?$/, "a prompt or a rule for what is entered"],
  [/^definedName$/, "a name, such as a print area, that the version doesn't have"],
  [/^(?:embed\w+)$/, "a typeface that the file brings along"],
  [/^rPh$/, "a reading over words"],
  [/^attachedTemplate$/, "a template, which may come from elsewhere"],
];

/** What an unknown element or attribute may do, in words. */
export function unknownWords(name: string, attribute: string | null, value: string): string {
  const local = name.replace(/^.*[:}]/, "");
  const words = attribute === null ? ELEMENTS.find(([pattern]) => pattern.test(local))?.[1] : undefined;
  const exact = attribute === null ? name : `${name} ${attribute}="${value.slice(0, 40)}"`;
  return `${words ?? knownOtherwise(local) ?? "something that isn't on the list of harmless things"} (${exact})`;
}

function knownOtherwise(local: string): string | undefined {
  return /^(?:vanish|specVanish|webHidden|d?strike|caps|smallCaps|outline|shadow|emboss|imprint|highlight|sz|szCs|w|position|spacing|ind|rFonts|font|name|trHeight|gridCol|tcW|alignment|pgMar|pgSz|pageSetup)$/.test(
    local,
  )
    ? "a look that may hide words or show others"
    : undefined;
}

/** Parts of a package and relations to them, by name or kind, that Demarc never writes. */
const PARTS: readonly [RegExp, string][] = [
  [
    /vbaProject|vbaData|\/activeX\/|macrosheets\/|^control$/i,
    "It holds macros, which Demarc never writes. Don't run them.",
  ],
  [/\/externalLinks\/|^externalLink/i, "It draws on another file, which Demarc's never do."],
  [
    /\/embeddings\/|\/model\/|connections\.xml$|^(?:oleObject|package|connections|queryTable)$/i,
    "It holds embedded objects or connections, which Demarc never writes.",
  ],
  [/comment|person/i, "It holds comments, which Demarc never writes."],
  [/\/fonts\/|^font$/i, "It brings typefaces along, whose letters may show something else."],
  [/attachedTemplate/i, "It draws on a template, which may come from elsewhere."],
  [/^hyperlink$/i, "It holds links, which Demarc never writes."],
  [/chunk|subDocument/i, "It holds another document within itself."],
  [/^officeDocument$/i, "It has more than one body, so that programs may show different things."],
];

/** What a part or a relation does that no list of harmless things has, as a sentence. */
export function unknownPart(name: string): string {
  return (
    PARTS.find(([pattern]) => pattern.test(name))?.[1] ??
    `It holds a part that isn't on the list of harmless things (${name}).`
  );
}
