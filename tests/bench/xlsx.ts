import ExcelJS from "exceljs";
import { writeXlsx } from "~/files/xlsx.server";
import { workbookReport } from "./report";
import { measure, ratio } from "./measure";

/** A workbook of 1,000 duties beside bare ExcelJS writing the same values into the same cells, unstyled. */
export async function benchXlsx() {
  const report = workbookReport(1_000);
  const reference = new ExcelJS.Workbook();
  await reference.xlsx.load(Buffer.from(await writeXlsx(report)).buffer);
  const sheets = reference.worksheets.map((sheet) => {
    const cells: { row: number; column: number; value: string }[] = [];
    sheet.eachRow((row, r) => row.eachCell((cell, c) => cells.push({ row: r, column: c, value: cell.text })));
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
