import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withHarmlessLists } from "~/domain/verify/harmless/lines";
import { matrixFileDocs } from "~/files/matrix-file-docs.server";
import { onCallFileDocs } from "~/files/on-call/on-call-file-docs.server";

// npm run docs:files: writes the descriptions of the files that other programs read, and the lists of the check.
const docs = path.join(import.meta.dirname, "../../docs");
writeFileSync(path.join(docs, "matrix-file.md"), matrixFileDocs());
writeFileSync(path.join(docs, "on-call-file.md"), onCallFileDocs());
const check = path.join(docs, "fingerprint.md");
writeFileSync(check, withHarmlessLists(readFileSync(check, "utf8")));
