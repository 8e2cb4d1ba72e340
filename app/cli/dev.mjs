// npm run dev: starts the server with hot reload.
import { checkNode, install, setUp } from "./set-up.mjs";

checkNode();
await install(() => setUp("generate"));
process.argv.push("--dev");
await import("../../server.js");
