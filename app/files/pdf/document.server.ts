import { numberedTitles, type Block, type Chapter } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import { runningWords } from "~/domain/pack/running-words";
import { isSchedule, type Report } from "~/domain/pack/report";
import { carriedFactsJson } from "~/domain/verify/carried-facts";
import { BESIDE_FILE, BOXES, CARRIED_FILE } from "./carried";
import { drawChapter, type ChapterItem } from "./chapter.server";
import { CONTENTS, contentsOf, type Contents, type Place } from "./contents.server";
import { drawsBoxes } from "./fonts/missing.server";
import { drawEarlierChapters } from "./earlier/chapters.server";
import { EARLIER_DENSITY, EARLIER_MARGINS, writeEarlierHeads } from "./earlier/heads.server";
import { drawFlows, LOOKS, tableFlow, textBlockFlow, textFlow, type Flow } from "./flow.server";
import { DENSITY, MARGINS, writeHeadsAndFeet } from "./heads.server";
import { matrixTable } from "./matrix.server";
import { packStructure } from "./packed.server";
import { newPdf } from "./new-document.server";
import { createPages } from "./pages.server";
import type { Style } from "./pen.server";
import { createPen } from "./pens.server";
import type { PdfContext, StructureElement } from "./rows.server";
import { prepareSeal, seal, type Seal } from "./seal.server";
import { certificateFlows, signatureFlows } from "./signatures.server";
import { nameElements } from "./tags.server";

/**
 * With more cells than this the structure tree is packed. Smaller documents stay unpacked, as in every release, so that
 * their bytes stay the same.
 */
const MAX_UNPACKED_CELLS = 20_000;

function countCells({ columns, sections }: Report): number {
  return columns.length * sections.reduce((sum, { rows }) => sum + rows.length, 0);
}

/**
 * Writes a report as a PDF and signs the file digitally where a seal is passed. `words` is the text of the certificate
 * about that signature.
 */
export async function writePdfDocument(
  report: Report,
  sealing: Seal | null,
  words = sealing?.words ?? null,
): Promise<Uint8Array> {
  const { edition } = report;
  const at = new Date(edition.kind === "draft" ? edition.exportedAt : edition.publishedAt);
  const title = `${titleOf(report)}: ${report.client} and ${report.provider}`;
  const { doc, bytes } = newPdf({
    title,
    subject: report.editionName,
    author: edition.kind === "draft" ? "Demarc" : edition.authorName,
    keywords: `Fingerprint ${edition.fingerprint}`,
    at,
    accessible: isSchedule(report.writer),
  });
  const finishPacking = countCells(report) > MAX_UNPACKED_CELLS ? packStructure(doc) : null;
  const pen = createPen(doc, report.writer, { text: edition.canonicalText, names: namesIn(report) });
  const schedule = isSchedule(report.writer);
  const pages = createPages(doc, report.paper, schedule ? MARGINS : EARLIER_MARGINS);
  const density = schedule ? DENSITY : EARLIER_DENSITY;
  const context: PdfContext = { doc, pen, pages, density, heads: new Map() };
  const root = doc.struct("Document");
  doc.addStructure(root);
  if (schedule) {
    drawSchedule(context, root, report, words);
    writeHeadsAndFeet(doc, pen, runningWords(report));
    // What a reader is told of the signature stands in the structure, so that its field comes before the structure ends.
    if (sealing) prepareSeal(doc, sealing, root);
    nameElements(context);
  } else drawEarlierChapters(context, root, report, words);
  root.end();
  finishPacking?.();
  if (!schedule) writeEarlierHeads(doc, pen, runningWords(report));
  // The package's types lack `relationship`.
  const attached = {
    type: "application/json",
    description: edition.kind === "version" ? `demarc.version ${edition.number}` : "demarc.draft",
    relationship: "Source",
    creationDate: at,
    modifiedDate: at,
  };
  doc.file(Buffer.from(edition.canonicalText, "utf8"), { ...attached, name: CARRIED_FILE });
  const beside = carriedFactsJson(report, { sealed: words });
  if (beside !== null) doc.file(Buffer.from(beside, "utf8"), { ...attached, name: BESIDE_FILE });
  if (sealing && !schedule) prepareSeal(doc, sealing, null);
  doc.end();
  const written = await bytes;
  return sealing ? seal(written, sealing) : written;
}

/** The names that stand in sentences of the document. */
function namesIn({ client, provider, columns, signatories, edition }: Report): string[] {
  return [
    client,
    provider,
    ...columns.flatMap(({ role, party }) => [role.name, party.name]),
    ...signatories.flatMap(({ name, organisation, signature }) => [name, organisation, signature?.name ?? ""]),
    ...(edition.kind === "version" ? [edition.authorName] : []),
  ];
}

/** Draws the chapters of a schedule, and fills in the contents once it is known where each begins. */
function drawSchedule(context: PdfContext, root: StructureElement, report: Report, words: string | null): void {
  const { doc, pages } = context;
  const chapters = outlineOf(report);
  const titles = numberedTitles(chapters);
  const listed = titles.filter((_, i) => !hasContents(chapters[i]));
  const contents = contentsOf(context, listed);
  const places: Place[] = [];
  const parts: StructureElement[] = [];
  chapters.forEach((chapter, i) => {
    const before = doc.bufferedPageRange().count === 0 ? null : doc.page.width > doc.page.height;
    const apart = chapter.own || hasContents(chapters[i - 1]);
    if (before !== chapter.landscape || (apart && !pages.fresh)) pages.turn(chapter.landscape);
    const part = doc.struct("Sect");
    root.add(part);
    parts.push(part);
    if (i === 0) drawFlows(part, titleFlows(context, report));
    const title = titles[i] ?? "";
    const number = chapter.series === "clause" ? Number.parseInt(title, 10) : null;
    const place = drawChapter(
      context,
      part,
      { title, series: chapter.series, number },
      chapter.blocks.flatMap((block, at) =>
        itemsOf(context, report, block, { contents, words, next: chapter.blocks[at + 1] }),
      ),
    );
    if (!hasContents(chapter)) places.push(place);
    // Contents are filled in at the end, so that their chapter stays open.
    else parts.pop();
    for (const done of parts.splice(0)) done.end();
  });
  contents.fill(places);
}

const hasContents = (chapter: Chapter | undefined) => chapter?.blocks.some(({ kind }) => kind === "contents") ?? false;

function titleFlows(context: PdfContext, report: Report): Flow[] {
  const { edition, client, provider, mark, signatories } = report;
  const carried =
    edition.canonicalText +
    (edition.kind === "version" ? edition.reason + edition.authorName : "") +
    signatories.map(({ name, title }) => name + title).join("");
  const paragraph = (text: string, style: Style, after = 6, tag = "P") =>
    textFlow(context, tag, text, style, { after });
  return [
    paragraph(titleOf(report), LOOKS.title, 2, "Title"),
    paragraph(`${client} and ${provider}`, LOOKS.subtitle, 8),
    ...(mark ? [paragraph(mark, LOOKS.alert)] : []),
    ...(drawsBoxes(carried, report.writer) ? [paragraph(BOXES, LOOKS.quiet)] : []),
  ];
}

type Filled = { contents: Contents; words: string | null; next: Block | undefined };

function itemsOf(context: PdfContext, report: Report, block: Block, { contents, words, next }: Filled): ChapterItem[] {
  switch (block.kind) {
    case "heading":
      return [{ heading: block.text, rank: block.rank ?? 1 }];
    case "matrix":
      return [tableFlow(context, () => matrixTable(context, report, block.columns))];
    case "signatures":
      return signatureFlows(context, report.signatories);
    case "certificate":
      return certificateFlows(context, report, words);
    case "contents":
      return [{ heading: CONTENTS, rank: 1 }, contents.flow];
    default:
      return [textBlockFlow(context, block, next)];
  }
}

function titleOf({ kind, title, amendment }: Report): string {
  return kind === "amendment" ? `${amendment?.title ?? "Amendment"} to ${title}` : title;
}
