import type { Block, Chapter } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import { isSchedule, type Report } from "~/domain/pack/report";
import { runningWords } from "~/domain/pack/running-words";
import { readable, zip } from "../package.server";
import { textBlockPieces, together } from "./blocks.server";
import { addCarried } from "./carried.server";
import { bookmarked, contentsPieces } from "./contents.server";
import { runsOf, styledParagraph, type ParagraphLook, type Piece } from "./markup.server";
import { matrixTable } from "./matrix.server";
import { newLists, type Lists } from "./numbering.server";
import { documentParts, type Properties, type Section } from "./package.server";
import { pageHeight, textWidth } from "./page.server";
import { certificatePieces, signatureBlocks, type Pictures } from "./signatures.server";
import { chapterStyle } from "./styles.server";

/**
 * Writes a report as a DOCX file: its chapters in sections of landscape or portrait format, and the canonical text as a
 * part of its own.
 */
export function writeDocxDocument(report: Report): Uint8Array {
  const chapters = outlineOf(report);
  const written: Written = { report, chapters, lists: newLists(), pictures: [] };
  const pieces = chapters.map((_, place) => [
    ...(place === 0 ? titlePieces(report) : []),
    ...chapterPieces(written, place),
  ]);
  const parts = documentParts({
    sections: sectionsOf(chapters, pieces),
    running: runningWords(report),
    properties: propertiesOf(report),
    lists: written.lists,
    pictures: written.pictures,
  });
  addCarried(parts, report);
  return zip(parts);
}

type Written = { report: Report; chapters: readonly Chapter[]; lists: Lists; pictures: Pictures };

function titlePieces({ kind, amendment, title, client, provider, mark }: Report): Piece[] {
  return [
    styledParagraph(kind === "amendment" ? `${amendment?.title ?? "Amendment"} to ${title}` : title, "Title"),
    styledParagraph(`${client} and ${provider}`, "ScheduleSubtitle"),
    ...(mark ? [styledParagraph(mark, "ScheduleMark")] : []),
  ];
}

function chapterPieces(written: Written, place: number): Piece[] {
  const { report, chapters, lists } = written;
  const chapter = chapters[place];
  if (!chapter) return [];
  const { title, series, landscape, blocks } = chapter;
  const style = chapterStyle(series);
  const runs = runsOf(title);
  const isListed = chapters.slice(0, place).some(hasContents);
  const heading: Piece = {
    kind: "paragraph",
    style,
    runs: isListed ? bookmarked(runs, place) : runs,
    look: headingLook(chapters, place, lists),
  };
  const look = {
    width: textWidth(report.paper, landscape),
    numbered: series === "clause",
    isSchedule: isSchedule(report.writer),
  };
  const blockPieces = (block: Block): Piece[] => {
    switch (block.kind) {
      case "matrix":
        return [
          matrixTable(report, block.columns, {
            width: look.width,
            pageHeight: pageHeight(report.paper, landscape),
            label: look.isSchedule ? title : null,
          }),
        ];
      case "signatures":
        return signatureBlocks(report.signatories, look.width, look.isSchedule, written.pictures);
      case "certificate":
        return certificatePieces(report, look.width, look.isSchedule);
      case "contents":
        return contentsPieces(chapters, place);
      default:
        return textBlockPieces(block, look, lists);
    }
  };
  return together([heading, ...blocks.flatMap(blockPieces)]);
}

function hasContents(chapter: Chapter | undefined): boolean {
  return chapter?.blocks.some(({ kind }) => kind === "contents") ?? false;
}

/**
 * Where a chapter's title stands. What follows the contents begins a page, so that the first is a cover. An annex begins a page by its style, and a section begins one by itself. From the first
 * annex on that keeps its number although another one is left out, each has a list that begins with its number.
 */
function headingLook(chapters: readonly Chapter[], place: number, lists: Lists): ParagraphLook {
  const numbers = chapters
    .slice(0, place + 1)
    .filter(({ series }) => series === "annex")
    .map(({ number }, i) => number ?? i + 1);
  const { series, own, landscape } = chapters[place] ?? { series: null, own: false, landscape: false };
  const isOwnList = series === "annex" && numbers.some((number, i) => number !== i + 1);
  return {
    pageBreak: (own || hasContents(chapters[place - 1])) && series !== "annex" && !landscape,
    ...(isOwnList ? { list: { id: lists.annexesFrom(numbers.at(-1) ?? 1), level: 0 } } : {}),
  };
}

function propertiesOf({ title, client, provider, editionName, edition, writer }: Report): Properties {
  return {
    title: readable(`${title}: ${client} and ${provider}`),
    subject: editionName,
    creator: edition.kind === "draft" ? "Demarc" : readable(edition.authorName),
    description: `Fingerprint ${edition.fingerprint}`,
    keywords: isSchedule(writer) ? `Fingerprint ${edition.fingerprint}` : "",
    company: isSchedule(writer) ? readable(`${client}; ${provider}`) : "",
    at: edition.kind === "draft" ? edition.exportedAt : edition.publishedAt,
  };
}

/** Joins the pieces of consecutive chapters of the same page format. */
function sectionsOf(chapters: readonly Chapter[], pieces: readonly (readonly Piece[])[]): Section[] {
  const groups: { landscape: boolean; pieces: Piece[] }[] = [];
  chapters.forEach(({ landscape }, i) => {
    const last = groups.at(-1);
    const own = pieces[i] ?? [];
    if (last?.landscape === landscape) last.pieces = [...last.pieces, ...own];
    else groups.push({ landscape, pieces: [...own] });
  });
  return groups;
}
