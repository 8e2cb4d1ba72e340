import { createHash } from "node:crypto";
import type { SignatureBlock } from "~/domain/pack/certificate";
import { rewrite, textPart, xmlText, type Parts } from "../package.server";

/** The position of a missing signature on the cover: its row, counted from 1, and the signatory. */
export type SignatureLinePosition = { row: number; signatory: SignatureBlock };

/**
 * The picture of an empty signature line, 384 by 112 pixels. Programs show it until somebody signs; the cells above
 * name the signatory.
 */
const PICTURE =
  "iVBORw0KGgoAAAANSUhEUgAAAYAAAABwCAAAAAAySfjOAAABEElEQVR42u3ZOQ6DQBREQU4y978laIQQa0DCbwT1QoddtmFgGBVtMAEAAAIAQAAACAAAAQAgAAAEAIAAABAAAAIAQAAACAAAAQAgAAAEAIAAABAAAAIAQAAACAAAAQAgAAAEAIAAABAAAAIAQAAACAAA3QNord3+VE/8Aq62tn/lX9B5bfvXXgOOe9u/+iK8X9z+9XdB283tn7gNXVe3f+YcsOxu/9RBbF7e/rmTcN/e/kGAvr79kwC+/34BrgEE3AU5B9jKSfh3AJ4FZQE8Dc0CeB+QBfBGLAvgnfBbTsICAEAAAAgAAAH4NEBTSQDeCiDXAAACAEAAAAgAAAEAIAAABACAAAAQAAACAEAAPtMEeHF5LuuFFrsAAAAASUVORK5CYII=";

const NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const RELATIONS = `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`;
/** The elements that follow a legacy drawing in the schema of a sheet. */
const AFTER = /(?=<(?:legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b|<\/worksheet>)/;

/**
 * Adds signature lines to the first sheet of a written workbook, which Excel and LibreOffice offer to sign. Each is a
 * shape in a VML drawing, which ExcelJS can't write.
 */
export function addSignatureLines(parts: Parts, positions: readonly SignatureLinePosition[], seed: string): void {
  if (positions.length === 0) return;
  const sheet = "xl/worksheets/sheet1.xml";
  const relations = "xl/worksheets/_rels/sheet1.xml.rels";
  parts["xl/media/signature-line.png"] = Uint8Array.from(Buffer.from(PICTURE, "base64"));
  parts["xl/drawings/signature-lines.vml"] = textPart(drawing(positions, seed));
  parts["xl/drawings/_rels/signature-lines.vml.rels"] = textPart(
    RELATIONS.replace(
      "></R",
      `><Relationship Id="rId1" Type="${NAMESPACE}/image" Target="../media/signature-line.png"/></R`,
    ),
  );
  parts[relations] ??= textPart(RELATIONS);
  rewrite(parts, relations, (xml) =>
    xml
      .replace(/<Relationships([^>]*)\/>$/, "<Relationships$1></Relationships>")
      .replace(
        "</Relationships>",
        `<Relationship Id="rIdSignatureLines" Type="${NAMESPACE}/vmlDrawing" Target="../drawings/signature-lines.vml"/></Relationships>`,
      ),
  );
  rewrite(parts, sheet, (xml) => xml.replace(AFTER, '<legacyDrawing r:id="rIdSignatureLines"/>'));
  rewrite(parts, "[Content_Types].xml", (xml) => {
    const missing = [
      ["vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"],
      ["png", "image/png"],
    ].filter(([extension]) => !xml.includes(`Extension="${extension}"`));
    return xml.replace(
      /(<Types[^>]*>)/,
      `$1${missing.map(([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`).join("")}`,
    );
  });
}

function drawing(positions: readonly SignatureLinePosition[], seed: string): string {
  const shapes = positions.map((position, i) => shape(position, i + 1, seed)).join("");
  return `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t75" coordsize="21600,21600" o:spt="75" o:preferrelative="t" path="m@4@5l@4@11@9@11@9@5xe" filled="f" stroked="f"><v:stroke joinstyle="miter"/><v:path o:extrusionok="f" gradientshapeok="t" o:connecttype="rect"/><o:lock v:ext="edit" aspectratio="t"/></v:shapetype>${shapes}</xml>`;
}

function shape(
  { row, signatory: { name, title, email, party, organisation } }: SignatureLinePosition,
  number: number,
  seed: string,
): string {
  const signer = name || `For ${party}`;
  const role = [title, organisation || party].filter(Boolean).join(", ");
  const address = email ? ` o:suggestedsigneremail="${xmlText(email)}"` : "";
  return `<v:shape id="_x0000_s${1024 + number}" type="#_x0000_t75" alt="${xmlText(`Signature line: ${signer}`)}" style="position:absolute;margin-left:132pt;margin-top:0;width:192pt;height:56pt;z-index:${number}"><v:imagedata o:relid="rId1" o:title=""/><o:lock v:ext="edit" ungrouping="t" rotation="t" cropping="t" verticies="t" text="t" grouping="t"/><o:signatureline v:ext="edit" id="${guid(`${seed} ${number}`)}" provid="{00000000-0000-0000-0000-000000000000}" o:suggestedsigner="${xmlText(signer)}" o:suggestedsigner2="${xmlText(role)}"${address} issignatureline="t"/><x:ClientData ObjectType="Pict"><x:SizeWithCells/><x:Anchor>1, 4, ${row - 1}, 2, 2, 8, ${row - 1}, 76</x:Anchor><x:CF>Pict</x:CF><x:AutoPict/></x:ClientData></v:shape>`;
}

/** A GUID, which Excel requires, derived from the report so that the same report gives the same bytes. */
function guid(seed: string): string {
  const digits = createHash("sha256").update(seed).digest("hex").toUpperCase();
  return `{${[8, 4, 4, 4, 12].map((length, i, all) => digits.slice(all.slice(0, i).reduce((sum, one) => sum + one, 0)).slice(0, length)).join("-")}}`;
}
