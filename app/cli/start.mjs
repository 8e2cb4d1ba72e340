// npm start: everything from a fresh clone to a served application.
import { checkNode, install, setUp } from "./set-up.mjs";

checkNode();
await install(() => setUp("generate", "build"));
await import("../../server.js");
