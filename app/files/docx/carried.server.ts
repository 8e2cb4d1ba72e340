import { carriedFactsJson } from "~/domain/verify/carried-facts";
import type { Report } from "~/domain/pack/report";
import { rewrite, textPart, xmlText, type Parts } from "../package.server";

/**
 * Where a DOCX carries the canonical text: a custom XML part, `customXml/item1.xml`, found by its namespace. Its root
 * is `<carried xmlns="urn:demarc:carried-text:1" kind="version|draft" number="3" fingerprint="…" previous="…"
 * beside="…">`; the text is the base64 of the canonical text in UTF-8, so that no program alters its line ends or white
 * space. `number` is absent on a draft, `previous` where there is no version before; `beside` is the base64 of the
 * facts that are not in the text. Described for readers in `docs/carried-text.md`.
 */
const CARRIED_PART = "customXml/item1.xml";
export const CARRIED_NAMESPACE = "urn:demarc:carried-text:1";

/** The id of the part, which word processors require. It has no meaning and is the same in every file. */
const ITEM = "{6C8A0A52-5D1E-4B7C-9D0B-0D3A7C1E5F21}";
const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Adds the canonical text to a written document. */
export function addCarried(parts: Parts, report: Report): void {
  const { edition } = report;
  const beside = carriedFactsJson(report);
  const { fingerprint, previousFingerprint } = edition;
  const attributes: [string, string | null][] = [
    ["kind", edition.kind],
    ["number", edition.kind === "version" ? String(edition.number) : null],
    ["fingerprint", fingerprint],
    ["previous", previousFingerprint],
    ["beside", beside === null ? null : Buffer.from(beside, "utf8").toString("base64")],
  ];
  const written = attributes
    .flatMap(([name, value]) => (value === null ? [] : [` ${name}="${xmlText(value)}"`]))
    .join("");
  parts[CARRIED_PART] = textPart(
    `${HEAD}<carried xmlns="${CARRIED_NAMESPACE}"${written}>${Buffer.from(edition.canonicalText, "utf8").toString("base64")}</carried>`,
  );
  parts["customXml/itemProps1.xml"] = textPart(
    `${HEAD}<ds:datastoreItem ds:itemID="${ITEM}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="${CARRIED_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>`,
  );
  parts["customXml/_rels/item1.xml.rels"] = textPart(
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/customXmlProps" Target="itemProps1.xml"/></Relationships>`,
  );
  rewrite(parts, "[Content_Types].xml", (xml) =>
    xml.replace(
      "</Types>",
      '<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>',
    ),
  );
  rewrite(parts, "word/_rels/document.xml.rels", (xml) =>
    xml.replace(
      "</Relationships>",
      `<Relationship Id="rIdCarried" Type="${RELATIONSHIPS}/customXml" Target="../${CARRIED_PART}"/></Relationships>`,
    ),
  );
}
