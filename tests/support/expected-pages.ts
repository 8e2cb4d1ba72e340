import { numberedTitles, type Chapter } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import type { Report } from "~/domain/pack/report";
import type { Expected } from "./pages";

/** The titles of chapters that contents list. */
export function listedTitles(chapters: readonly Chapter[]): string[] {
  return numberedTitles(chapters).filter((_, i) => !chapters[i]?.blocks.some(({ kind }) => kind === "contents"));
}

/** What the pages of a report should hold. */
export function expectedPages(report: Report): Expected {
  const chapters = outlineOf(report);
  const titles = numberedTitles(chapters);
  const blocks = chapters.flatMap((chapter) => chapter.blocks);
  const headings = chapters.flatMap((chapter, i) => {
    let count = 0;
    return chapter.blocks.flatMap((block) => {
      if (block.kind !== "heading") return [];
      if (block.rank !== 2) count += 1;
      return [block.text, `${Number.parseInt(titles[i] ?? "", 10)}.${count} ${block.text}`];
    });
  });
  const tables = blocks.flatMap((block) => (block.kind === "table" ? [block] : []));
  return {
    headings: [
      ...titles,
      ...headings,
      ...report.sections.map(({ domain }) => domain.name),
      ...tables.flatMap(({ groups = [] }) => groups.map(({ title }) => title)),
    ],
    tables: [
      report.sections.flatMap(({ rows }) => rows.map(({ code }) => code)),
      // A first cell that is a heading elsewhere can't be told from it.
      ...tables
        .map(({ rows }) => rows.map(([first = ""]) => first))
        .filter((codes) => codes.every((code) => code !== "" && !headings.includes(code))),
    ],
    heads: tables.map(({ columns }) => columns.map(({ title }) => title)),
    texts: [],
  };
}
