import type { Style, Workbook, Worksheet } from "exceljs";
import type { SignatureBlock } from "~/domain/pack/certificate";
import { isSchedule, type Report } from "~/domain/pack/report";
import { linesOf, put } from "./cells.server";
import { rowHeight } from "./measure.server";
import { printedRoom, setUpPage } from "./page.server";
import { EMPTY_ROW, placeRows, wholeRows, withoutLastAlone, type Paging, type SheetRow } from "./rows.server";
import { addDrawing, DRAWING_HEIGHT } from "./drawing.server";
import type { SignatureLinePosition } from "./signature-lines.server";
import { STYLES } from "./styles.server";

const WIDTHS = [24, 34, 34];
const WHOLE_WIDTH = 92;
const VALUE_WIDTH = 66;
const FIELD_HEIGHT = 18;
const EARLIER_FIELD_HEIGHT = 22;
const BLOCKERS_ON_COVER = 8;

/** What the cover is written with. `paging` is null for the first two writers, whose cover fits on one page. */
type Frame = { workbook: Workbook; sheet: Worksheet; paging: Paging | null };

/**
 * Writes the cover: the parties, the terms, the fingerprint and the signature blocks. Returns the positions of
 * signatures that are still missing.
 */
export async function writeCover(workbook: Workbook, report: Report): Promise<SignatureLinePosition[]> {
  const sheet = workbook.addWorksheet("Cover", { views: [{ showGridLines: false }] });
  sheet.columns = WIDTHS.map((width) => ({ width }));
  const { room } = printedRoom(report, { landscape: false, widths: WIDTHS });
  const frame: Frame = { workbook, sheet, paging: isSchedule(report.writer) ? { room, titles: 0 } : null };
  const title =
    report.kind === "amendment" ? `${report.amendment?.title ?? "Amendment"} to ${report.title}` : report.title;
  const names = `${report.client} and ${report.provider}`;
  const unsigned: SignatureLinePosition[] = [];
  const rows: SheetRow[] = [
    ...lines(frame, title, frame.paging ? STYLES.wrappedTitle : STYLES.title, 30),
    ...lines(frame, names, STYLES.subtitle, 20 * linesOf(names, 70)),
    ...(report.draft ? lines(frame, "DRAFT. Not published, not for signature.", STYLES.alert, 20) : []),
    ...(report.extractOf
      ? lines(frame, `EXTRACT. ${report.extractOf}`, STYLES.alert, 18 * linesOf(report.extractOf, 70))
      : []),
    EMPTY_ROW,
    ...withoutLastAlone(report.facts.flatMap((fact) => factRows(frame, fact))),
    EMPTY_ROW,
    ...blockerRows(frame, report.blockers),
    ...report.signatories.flatMap((signatory, i) => [
      ...(i === 0 && frame.paging ? [] : [EMPTY_ROW]),
      ...signatureRows(frame, signatory, (row) => {
        if (!signatory.signature) unsigned.push({ row, signatory });
      }),
    ]),
  ];
  placeRows(sheet, rows, frame.paging);
  await setUpPage(sheet, report, { landscape: false });
  // The cover of the first writers fits on one page, so that the signatures stand with the terms.
  if (!frame.paging) sheet.pageSetup.fitToHeight = 1;
  return unsigned;
}

/** Rows of a text over the whole width: one, or as many as it takes. */
function lines({ sheet, paging }: Frame, text: string, style: Partial<Style>, height: number): SheetRow[] {
  const whole = [{ text, width: WHOLE_WIDTH, style }];
  return (paging ? wholeRows(whole, paging) : [whole]).map((cells) => ({
    height: paging ? Math.max(height, rowHeight(cells)) : height,
    write: (row) => {
      put(sheet, row, 1, cells[0]?.text ?? "", style);
      sheet.mergeCells(row, 1, row, WIDTHS.length);
    },
  }));
}

function factRows({ sheet, paging }: Frame, { label, value }: Report["facts"][number]): SheetRow[] {
  const style = /^[0-9a-f]{64}$/.test(value) ? STYLES.mono : STYLES.value;
  const [width = 0] = WIDTHS;
  const whole = [
    { text: label, width, style: STYLES.label },
    { text: value, width: VALUE_WIDTH, style },
  ];
  return (paging ? wholeRows(whole, paging) : [whole]).map((cells) => ({
    height: paging ? rowHeight(cells) : 14 * linesOf(value, VALUE_WIDTH) + 3,
    write: (row) => {
      cells.forEach((cell, i) => put(sheet, row, i + 1, cell.text, cell.style));
      sheet.mergeCells(row, 2, row, 3);
    },
  }));
}

function blockerRows(frame: Frame, blockers: string[]): SheetRow[] {
  if (blockers.length === 0) return [];
  const title = `Not ready to sign: ${blockers.length} ${blockers.length === 1 ? "point" : "points"} to settle first`;
  const rest = blockers.length - BLOCKERS_ON_COVER;
  const sentences =
    rest > 0 ? [...blockers.slice(0, BLOCKERS_ON_COVER), `And ${rest} more: see the sheet “To settle”.`] : blockers;
  return [
    ...lines(frame, title, STYLES.alert, 20).map((row) => ({ ...row, withNext: true })),
    ...withoutLastAlone(
      sentences.flatMap((blocker) => lines(frame, blocker, STYLES.value, 14 * linesOf(blocker, 92) + 2)),
    ),
    EMPTY_ROW,
  ];
}

/** The rows of a signature block with known values, which stay on one page. The last is the signature. */
function signatureRows(
  frame: Frame,
  { party, name, title, organisation, signature, date }: SignatureBlock,
  signs: (row: number) => void,
): SheetRow[] {
  const { workbook, sheet, paging } = frame;
  const picture = signature?.picture;
  const fields: [string, string][] = [
    ["Name", signature?.name ?? name],
    ["Title", signature?.title ?? title],
    ["Organisation", signature?.organisation ?? organisation],
    ["Date", date],
    [
      "Signature",
      picture?.kind === "typed"
        ? picture.text
        : picture?.kind === "paper"
          ? `Signed on paper: ${picture.fileName}`
          : "",
    ],
  ];
  const style = signature ? STYLES.filled : STYLES.open;
  return [
    ...lines(frame, `For ${party}`, paging ? STYLES.wrappedHeading : STYLES.heading, 22).map((row) => ({
      ...row,
      withNext: true,
    })),
    ...fields.map(([label, value]): SheetRow => {
      const isLast = label === "Signature";
      const least = isLast ? DRAWING_HEIGHT : paging ? FIELD_HEIGHT : EARLIER_FIELD_HEIGHT;
      return {
        height: paging ? Math.max(least, rowHeight([{ text: value, width: VALUE_WIDTH, style }])) : least,
        withNext: !isLast,
        write: (row) => {
          put(sheet, row, 1, label, STYLES.label);
          put(sheet, row, 2, value, style);
          sheet.mergeCells(row, 2, row, 3);
          if (!isLast) return;
          signs(row);
          if (picture?.kind === "drawn")
            addDrawing(workbook, sheet, picture.png, {
              column: 2,
              row,
              description: `The signature of ${signature?.name ?? party}, drawn by hand`,
            });
        },
      };
    }),
  ];
}
