import os from "node:os";
import { benchAccounts } from "./accounts";
import { routeBytes } from "./assets";
import { benchBrowser } from "./browser";
import { benchCompare } from "./compare";
import { benchCover } from "./cover";
import { benchData } from "./data";
import { benchFindings } from "./findings";
import { benchGrid } from "./grid";
import { benchLive } from "./live";
import { benchOpening } from "./opening";
import { benchPack } from "./pack";
import { benchScenario } from "./scenario";
import { benchServer } from "./server";
import { benchVerify } from "./verify";
import { benchVersions } from "./versions";
import { benchWorkshop } from "./workshop";
import { benchXlsx } from "./xlsx";

const say = (what: string) => process.stderr.write(`${what}…\n`);

say("Opening boards and moving duties");
const data = await benchData();
say("Writing workbooks");
const xlsx = await benchXlsx();
say("Writing documents");
const pack = await benchPack();
say("Checking a workbook");
const verify = await benchVerify();
say("Asking the server");
const server = await benchServer();
say("Listing engagements and refusing a stranger");
const accounts = await benchAccounts();
say("Dragging in a browser");
const browser = await benchBrowser();
say("Finding");
const findings = await benchFindings();
const compare = await benchCompare();
say("Covering a week");
const cover = await benchCover();
say("Following others live");
const live = await benchLive();
say("Holding a workshop");
const workshop = await benchWorkshop();
say("Trying scenarios");
const scenario = await benchScenario();
say("Opening a matrix with ten paths");
const opening = await benchOpening();
say("Listing versions");
const versions = await benchVersions();
say("Editing the grid in a browser");
const grid = await benchGrid();
const machine = {
  cpu: os.cpus()[0]?.model,
  cores: os.cpus().length,
  memoryGb: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
};
process.stdout.write(
  `${JSON.stringify({ machine, unit: "milliseconds unless named", roles: 12, data, xlsx, pack, verify, server, accounts, script: { board: routeBytes("board"), matrix: routeBytes("matrix"), findings: routeBytes("findings") }, browser, findings, compare, cover, opening, live, workshop, scenario, versions, grid }, null, 2)}\n`,
);
process.exit(0);
