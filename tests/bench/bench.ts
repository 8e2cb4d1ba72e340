import os from "node:os";
import { boardBytes } from "./assets";
import { benchBrowser } from "./browser";
import { benchData } from "./data";
import { benchServer } from "./server";
import { benchXlsx } from "./xlsx";

const say = (what: string) => process.stderr.write(`${what}…\n`);

say("Opening boards and moving duties");
const data = await benchData();
say("Writing workbooks");
const xlsx = await benchXlsx();
say("Asking the server");
const server = await benchServer();
say("Dragging in a browser");
const browser = await benchBrowser();
const machine = { cpu: os.cpus()[0]?.model, cores: os.cpus().length, memoryGb: Math.round(os.totalmem() / 2 ** 30), node: process.version };
process.stdout.write(`${JSON.stringify({ machine, unit: "milliseconds unless named", roles: 12, data, xlsx, server, board: boardBytes(), browser }, null, 2)}\n`);
process.exit(0);
