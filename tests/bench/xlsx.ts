import ExcelJS from "exceljs";
import { writeXlsx } from "~/files/xlsx.server";
import { workbookReport } from "./report";
import { measure, ratio } from "./measure";

/** A workbook of 1,000 duties beside bare ExcelJS writing the same values into the same cells, unstyled. */
export async function benchXlsx() {
  const report = workbookReport(1_000);
  const reference = new ExcelJS.Workbook();
  await reference.xlsx.load(await bufferOf(report));
  const sheets = reference.worksheets.map((sheet) => {
    const cells: { row: number; column: number; value: string }[] = [];
    sheet.eachRow((row, r) =>
      row.eachCell(
        (cell, c) =>
          typeof cell.value === "string" &&
          cell.master === cell &&
          cells.push({ row: r, column: c, value: cell.value }),
      ),
    );
    return { name: sheet.name, cells };
  });
  const written = await measure(5, () => writeXlsx(report));
  const floor = await measure(5, async () => {
    const workbook = new ExcelJS.Workbook();
    for (const { name, cells } of sheets) {
      const sheet = workbook.addWorksheet(name);
      for (const { row, column, value } of cells) sheet.getCell(row, column).value = value;
    }
    return workbook.xlsx.writeBuffer();
  });
  return { duties: 1_000, floor, written, ratio: ratio(written, floor) };
}

async function bufferOf(report: Parameters<typeof writeXlsx>[0]): Promise<ArrayBuffer> {
  const bytes = await writeXlsx(report);
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
