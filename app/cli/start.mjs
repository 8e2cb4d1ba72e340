// npm start: everything from a fresh clone to a served application.
import { checkNode, setUp } from "./set-up.mjs";

checkNode();
setUp("install", "generate", "build");
await import("../../server.js");
