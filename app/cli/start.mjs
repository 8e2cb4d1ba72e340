// npm start: does everything from a fresh clone to a running server.
import { checkNode, install, setUp } from "./set-up.mjs";

checkNode();
await install(() => setUp("generate", "build"));
await import("../../server.js");
