// npm run dev: the same server with hot reload.
import { checkNode, setUp } from "./set-up.mjs";

checkNode();
setUp("install", "generate");
process.argv.push("--dev");
await import("../../server.js");
