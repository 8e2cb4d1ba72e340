import {
  CARDS_PER_SHEET,
  fittedCard,
  isWallet,
  sheetOf,
  wholeSheets,
  type CallCard,
  type CardSize,
} from "~/domain/call-card/call-card";
import { CURRENT_WRITER } from "~/domain/version/writer";
import { createBoxes, NOTHING, type Box, type Boxes } from "./boxes.server";
import { cardPage } from "./card-page.server";
import { walletCard } from "./card-wallet.server";
import { drawsBoxes } from "../fonts/missing.server";
import { newPdf } from "../new-document.server";
import { SIZES } from "../pages.server";
import type { Doc } from "../pen.server";
import { createPen } from "../pens.server";
import type { StructureElement } from "../rows.server";

/** Call cards to write: which, on which paper, and what the file says of itself. `at` is the moment of writing, in ISO 8601. */
export type CallCardsInput = { cards: readonly CallCard[]; size: CardSize; title: string; at: string };

const MARGIN = 32;
const MM = 72 / 25.4;
/** A bank card by ISO/IEC 7810, ID-1. */
const WALLET = { width: 85.6 * MM, height: 54 * MM, pad: 7 };
const COLUMNS = 2;

/** Writes call cards as a tagged PDF: a page for each path, or cards of a wallet's size with marks to cut along. */
export async function writeCallCardsPdf({ cards, size, title, at }: CallCardsInput): Promise<Uint8Array> {
  const { doc, bytes } = newPdf({
    title,
    subject: [...new Set(cards.map(({ edition }) => edition))].join("; "),
    author: "Demarc",
    keywords: "Call card",
    at: new Date(at),
  });
  const boxes = createBoxes(
    doc,
    createPen(doc, CURRENT_WRITER, { text: JSON.stringify(cards), names: namesOn(cards) }),
  );
  const root = doc.struct("Document");
  doc.addStructure(root);
  const [width, height] = SIZES[sheetOf(size)];
  const newPage = () => doc.addPage({ size: [width, height], margin: 0 });
  if (isWallet(size))
    for (const sheet of wholeSheets(cards)) {
      newPage();
      drawSheet({ doc, boxes, root }, sheet, { size, width, height });
    }
  else
    for (const card of cards) {
      newPage();
      const room = { width: width - 2 * MARGIN, height: height - 2 * MARGIN };
      const boxOf = (one: CallCard) => cardPage(boxes, one, room.width, noteOf(one));
      drawInPart(
        { doc, root },
        boxOf(fittedCard(card, size, (one) => boxOf(one).height <= room.height)),
        MARGIN,
        MARGIN,
      );
    }
  root.end();
  doc.end();
  return bytes;
}

/** The names that stand in sentences of the cards. */
function namesOn(cards: readonly CallCard[]): string[] {
  return cards.flatMap(({ levels }) =>
    levels.flatMap(({ calls }) =>
      calls.flatMap(({ role, party, people }) => [role, party, ...people.map(({ name }) => name)]),
    ),
  );
}

/** Says that the typeface lacks characters of a card, where it does. */
function noteOf(card: CallCard): string {
  return drawsBoxes(JSON.stringify(card), CURRENT_WRITER)
    ? "Some characters are not in the typeface of this card and stand as □. The page of the card in Demarc shows them."
    : "";
}

function drawInPart({ doc, root }: { doc: Doc; root: StructureElement }, box: Box, x: number, y: number): void {
  const part = doc.struct("Sect");
  root.add(part);
  box.draw(part, x, y);
  part.end();
}

type Sheet = { size: CardSize; width: number; height: number };

function drawSheet(
  { doc, boxes, root }: { doc: Doc; boxes: Boxes; root: StructureElement },
  cards: readonly CallCard[],
  { size, width, height }: Sheet,
): void {
  const rows = CARDS_PER_SHEET / COLUMNS;
  const left = (width - COLUMNS * WALLET.width) / 2;
  const top = (height - rows * WALLET.height) / 2;
  const filled = Math.ceil(cards.length / COLUMNS);
  boxes.artifact(0, () => drawCutMarks(doc, { left, top, rows: filled })).draw(root, 0, 0);
  const room = { width: WALLET.width - 2 * WALLET.pad, height: WALLET.height - 2 * WALLET.pad };
  const boxOf = (card: CallCard) => walletCard(boxes, card, room.width);
  const fits = (card: CallCard) => boxOf(card).height <= room.height;
  const drawn = new Map([...new Set(cards)].map((card) => [card, boxOf(fittedCard(card, size, fits))]));
  for (const [i, card] of cards.entries()) {
    const x = left + (i % COLUMNS) * WALLET.width + WALLET.pad;
    const y = top + Math.floor(i / COLUMNS) * WALLET.height + WALLET.pad;
    drawInPart({ doc, root }, drawn.get(card) ?? NOTHING, x, y);
  }
}

/** Short lines outside the cards at each edge, and hairlines between them. */
function drawCutMarks(doc: Doc, { left, top, rows }: { left: number; top: number; rows: number }): void {
  const right = left + COLUMNS * WALLET.width;
  const bottom = top + rows * WALLET.height;
  const mark = 10;
  doc.lineWidth(0.5).strokeColor("#000000");
  for (let column = 0; column <= COLUMNS; column++) {
    const x = left + column * WALLET.width;
    doc
      .moveTo(x, top - mark)
      .lineTo(x, top - 2)
      .moveTo(x, bottom + 2)
      .lineTo(x, bottom + mark);
  }
  for (let row = 0; row <= rows; row++) {
    const y = top + row * WALLET.height;
    doc
      .moveTo(left - mark, y)
      .lineTo(left - 2, y)
      .moveTo(right + 2, y)
      .lineTo(right + mark, y);
  }
  doc.stroke();
  doc.lineWidth(0.25).dash(2, { space: 2 }).strokeColor("#808080");
  for (let column = 0; column <= COLUMNS; column++) {
    const x = left + column * WALLET.width;
    doc.moveTo(x, top).lineTo(x, bottom);
  }
  for (let row = 0; row <= rows; row++) {
    const y = top + row * WALLET.height;
    doc.moveTo(left, y).lineTo(right, y);
  }
  doc.stroke().undash();
}
