import { isTurned } from "~/domain/direction";
import { readXml } from "../xml.server";
import { filled, isFaint, type DocumentStyles, type RunPlace } from "./document-look.server";

const isOn = (value: string | undefined) => !/^(?:0|false|off)$/.test(value ?? "");

type Level = { style: string; row: number; ground: string | undefined };

/** Words of a body, header or footer that can hardly be seen, or that run in a direction of another script. */
export async function scanWords(bytes: Uint8Array, styles: DocumentStyles): Promise<{ near: string; field: string }[]> {
  const found: { near: string; field: string }[] = [];
  const open: string[] = [];
  const tables: Level[] = [];
  let paragraph: RunPlace["paragraph"] & { turned: boolean; text: string } = { style: "", turned: false, text: "" };
  let run: RunPlace["run"] & { turned: boolean } = { style: "", turned: false };
  let text = "";
  const within = (name: string) => open.at(-2) === name;
  const add = (words: string, field: string) => found.push({ near: `Near “${words.slice(0, 60)}”`, field });
  await readXml(bytes, {
    open(name, attributes) {
      open.push(name);
      const value = attributes["w:val"];
      const table = tables.at(-1);
      const ofRun = within("rPr") && open.at(-3) === "r";
      if (name === "tbl") tables.push({ style: "", row: 0, ground: undefined });
      else if (name === "tblStyle" && table) table.style = value ?? "";
      else if (name === "tr" && table) table.row += 1;
      else if (name === "tc" && table) table.ground = undefined;
      else if (name === "p") paragraph = { style: "", turned: false, text: "" };
      else if (name === "r") run = { style: "", turned: false };
      else if (name === "pStyle") paragraph.style = value ?? "";
      else if (name === "bidi" && within("pPr")) paragraph.turned = isOn(value);
      else if (name === "rtl" && ofRun) run.turned = isOn(value);
      else if (name === "rStyle" && ofRun) run.style = value ?? "";
      else if (name === "color" && ofRun) run.ink = attributes;
      else if (name === "shd") {
        const ground = filled(attributes);
        if (ground === undefined) return;
        if (ofRun) run.ground = ground;
        else if (within("pPr")) paragraph.ground = ground;
        else if (within("tcPr") && table) table.ground = ground;
      } else if (name === "t") text = "";
    },
    close(name) {
      open.pop();
      if (name === "tbl") tables.pop();
      else if (name === "p" && paragraph.turned && isTurned(paragraph.text))
        add(paragraph.text, "words run in the direction of another script");
      else if (name === "t" && text.trim() !== "") {
        paragraph.text += text;
        if (run.turned && isTurned(text)) add(text, "words run in the direction of another script");
        const table = tables.at(-1);
        const place: RunPlace = {
          run,
          paragraph,
          cell: table ? (table.ground === undefined ? {} : { ground: table.ground }) : null,
          table: table ? { style: table.style, head: table.row === 1 } : null,
        };
        if (isFaint(styles, place)) add(text, "words can hardly be told from what they stand on");
      }
    },
    text(piece) {
      if (open.at(-1) === "t") text += piece;
    },
  });
  return found;
}
