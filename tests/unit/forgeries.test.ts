import { beforeAll, describe, expect, it } from "vitest";
import { writeDocx } from "~/files/docx.server";
import { writePdf } from "~/files/pdf.server";
import { verifyFile } from "~/files/verify/verify.server";
import { writeXlsx } from "~/files/xlsx.server";
import { CLAUSE, FORGERIES } from "../support/forgeries";
import { aVersion } from "../support/version-files";

const { report } = aVersion();
const files: Record<string, Uint8Array> = {};
beforeAll(async () =>
  Object.assign(files, {
    xlsx: await writeXlsx(report),
    docx: await writeDocx(report),
    pdf: await writePdf(report),
  }),
);

describe.each(["docx", "xlsx", "pdf"] as const)("a forged %s doesn't pass as unaltered:", (format) => {
  it.each(FORGERIES[format])("$name", async ({ forge }) => {
    const answer = await verifyFile(forge(files[format] ?? new Uint8Array(), CLAUSE, 0.5), `v.${format}`, async () => ({
      kind: "nowhere",
    }));
    expect(["consistent", "draft"]).not.toContain(answer.verdict);
  });
});
