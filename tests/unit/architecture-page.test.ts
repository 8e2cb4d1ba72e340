import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const PAGE = readFileSync("docs/architecture.md", "utf8");

function chapter(title: string, level = "##"): string {
  const [, text = ""] = PAGE.split(`\n${level} ${title}\n`);
  return text.split(/\n##+ /)[0] ?? "";
}

const foldersIn = (layer: string) =>
  readdirSync(`app/${layer}`, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`${layer}/${entry.name}`] : [],
  );
const inCode = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) => code ?? []);

describe("the architecture page", () => {
  it.each([
    ["domain", "The rooms of the domain"],
    ["services", "The rooms of the services"],
  ])("has a line for each room of the %s", (layer, title) => {
    const listed = [...chapter(title).matchAll(/^\| `([^`]+)` \|/gm)].flatMap(([, room]) => room ?? []);
    expect([...listed].sort()).toEqual(foldersIn(layer).sort());
  });

  it("names files that are there", () => {
    const named = inCode(PAGE).filter((code) =>
      /^(app\/)?(domain|services|db|files|http|routes|ui|library)\/[\w./-]+\.(ts|tsx|mjs|json)$/.test(code),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((file) => !existsSync(path.join("app", file.replace(/^app\//, ""))))).toEqual([]);
  });

  const journeys = ["One edit", "One signature", "One export", "One verification"];

  it.each(journeys)("tells of %s the files, which are there, and no room twice", (title) => {
    const steps = [...chapter(title, "###").matchAll(/^\d+\. `([^`]+)`: ((?:.|\n(?!\d+\.|\n))*)/gm)].map(
      ([, room = "", text = ""]) => ({
        room,
        files: inCode(text.split(/\. [A-Z]/)[0] ?? "").filter((code) => /\.tsx?$/.test(code)),
      }),
    );
    expect(steps.length).toBeGreaterThan(8);
    expect(
      steps
        .flatMap(({ room, files }) => files.map((file) => `app/${room}/${file}`))
        .filter((file) => !existsSync(file)),
    ).toEqual([]);
    const rooms = steps.map(({ room }) => room);
    expect(rooms.filter((room, at) => rooms.indexOf(room) < at)).toEqual([]);
  });
});
