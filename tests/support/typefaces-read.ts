// Writes a PDF of each text it is given and prints, for each, which typefaces were read for it. It runs in a process of its
// own, where none is loaded before.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { writePdfText } from "~/files/pdf/text-document.server";

let read: string[] = [];
const original = fs.readFileSync;
Object.assign(fs, {
  readFileSync: (...parameters: Parameters<typeof original>) => {
    read.push(String(parameters[0]));
    return original(...parameters);
  },
});
syncBuiltinESMExports();

const families = [];
for (const text of process.argv.slice(2)) {
  read = [];
  await writePdfText({
    ...{ title: "x", subtitle: "x", subject: "x", names: "x", foot: "x", paper: "A4", at: "2026-01-01T00:00:00.000Z" },
    chapters: [{ title: "x", blocks: [{ kind: "paragraph", text, look: "plain" }] }],
  });
  families.push([...new Set(read.join("\n").match(/(inter|noto-[a-z-]+)(?=\/)/g))].sort());
}
console.log(JSON.stringify(families));
