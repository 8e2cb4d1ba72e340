import { beforeAll, describe, expect, it } from "vitest";
import { WHOLE_PACK, type ExportFormat } from "~/domain/pack/report-parts";
import type { Actor } from "~/services/who/actor.server";
import { dutyHistory, listActivity } from "~/services/matrix/activity.server";
import { compareVersions } from "~/services/version/comparisons.server";
import { exportDraft, exportVersion, type ExportOptions } from "~/services/pack/exports.server";
import { makeLink, openSharedLink } from "~/services/access/links.server";
import { jsonOf, type Rows } from "../golden/earlier";
import { insertEarlier } from "../golden/earlier-rows";
import { hashesOfPackage, hashOfPdf, readable, todayFile } from "../golden/today";

/**
 * What this release writes and shows of editions that an earlier one stored, on one database alone: PostgreSQL keeps the
 * keys of an object in another order, which the bytes of a file follow. A change that is meant is written down by
 * `node node_modules/vitest/vitest.mjs run --project sqlite tests/integration/golden-today.sqlite.test.ts -u`.
 */
const RELEASE = "0.1.0";
const NOW = new Date("2026-03-16T09:00:00.000Z");
const maya: Actor = { userId: "maya", name: "Maya Lindqvist", email: "maya@nordwind.example", secondFactor: false };
const same = (value: unknown, ...name: string[]) => expect(readable(value)).toMatchFileSnapshot(todayFile(...name));
const matrixId = String(jsonOf<Rows>(RELEASE, "database.json").matrix?.[0]?.id);

beforeAll(() => insertEarlier(RELEASE));

const EXTRACT: ExportOptions = {
  choice: { ...WHOLE_PACK, parts: ["matrix", "duties", "contacts"], paper: "Letter" },
};
const AMENDMENT: ExportOptions = { amendment: true };
const FILES: [name: string, number: number | null, format: ExportFormat, options?: ExportOptions][] = [
  ...(["xlsx", "docx", "pdf", "json"] as const).flatMap((format): [string, number, ExportFormat][] =>
    [1, 2, 3].map((number) => [`v${number}.${format}`, number, format]),
  ),
  ...(["csv", "md"] as const).map((format): [string, number, ExportFormat] => [`v2.${format}`, 2, format]),
  ...(["xlsx", "docx", "pdf"] as const).flatMap((format): [string, number, ExportFormat, ExportOptions][] => [
    ...[2, 3].map((number): [string, number, ExportFormat, ExportOptions] => [
      `v${number}-amendment.${format}`,
      number,
      format,
      AMENDMENT,
    ]),
    [`v2-extract.${format}`, 2, format, EXTRACT],
  ]),
  ...(["xlsx", "docx", "pdf", "json", "csv", "md"] as const).map((format): [string, null, ExportFormat] => [
    `draft.${format}`,
    null,
    format,
  ]),
];

describe("a file written from the stored edition", () => {
  it.each(FILES)("is the one that is written today: %s", async (name, number, format, options) => {
    const { bytes } =
      number === null
        ? await exportDraft(maya, matrixId, format, NOW, options)
        : await exportVersion(maya, matrixId, number, format, NOW, options);
    if (format === "json" || format === "csv" || format === "md")
      await expect(Buffer.from(bytes).toString()).toMatchFileSnapshot(todayFile("files", name));
    else
      await same(format === "pdf" ? { "": hashOfPdf(bytes) } : hashesOfPackage(bytes), "files", `${name}.hashes.json`);
  });
  it("as a ZIP holds, in this order, what was written", async () => {
    const { bytes } = await exportVersion(maya, matrixId, 2, "zip", NOW);
    await same(Object.keys(hashesOfPackage(bytes)).slice(1), "files", "v2.zip.names.json");
  });
});

describe("what is shown", () => {
  it.each([
    ["1", "2"],
    ["2", "3"],
    ["3", "draft"],
    ["4", "draft"],
  ])("where %s is compared with %s", async (from, to) => {
    const { comparison: _told, frame, ...view } = await compareVersions(maya, matrixId, { from, to });
    await same({ ...view, frame }, `compare-page-${from}-to-${to}.json`);
  });
  it("of what was done, and of one duty's history", async () => {
    const activity = await Promise.all(
      (["edits", "versions"] as const).map((kind) =>
        listActivity(maya, matrixId, { person: "", kind, dutyId: "", after: null }),
      ),
    );
    await same({ activity, history: await dutyHistory(maya, matrixId, "duty-4", null) }, "history.json");
  });
});

describe("a link shows", () => {
  const STRANGERS_SEE_YET = ["documentation", "oftenDisputed", "earlyWin"] as const;
  it.each(["draft", "1", "2", "3"])("of %s", async (shows) => {
    const { link } = await makeLink(
      maya,
      matrixId,
      { intent: "link", label: "Auditors", shows, days: "7", password: "", contacts: "on" },
      NOW,
    );
    const view = await openSharedLink(
      new URL(link).pathname.split("/").at(-1) ?? "",
      [],
      { address: "192.0.2.1", userAgent: "", cookie: "" },
      NOW,
    );
    if (view.kind !== "matrix") throw new Error("The link asks for a password.");
    const { contacts, matrix, ...rest } = view;
    const people = contacts && {
      people: contacts.people.map(({ id: _id, ...person }) => person),
      holdings: contacts.holdings.map(({ roleId, since, until }) => ({ roleId, since, until })),
    };
    const duties = matrix.duties.map((duty) =>
      Object.fromEntries(Object.entries(duty).filter(([field]) => !STRANGERS_SEE_YET.some((yet) => yet === field))),
    );
    await same({ ...rest, people, matrix: { ...matrix, duties } }, `link-to-${shows}.json`);
    await same(
      matrix.duties.map(({ code, ...duty }) => [code, ...STRANGERS_SEE_YET.map((field) => [field, duty[field]])]),
      "expected-to-change",
      `link-to-${shows}.json`,
    );
  });
});
