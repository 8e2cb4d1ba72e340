import { writeFileSync } from "node:fs";
import path from "node:path";
import { matrixFileDocs } from "~/files/matrix-file-docs.server";

// npm run docs:matrix-file: writes the description of the matrix file.
writeFileSync(path.join(import.meta.dirname, "../../docs/matrix-file.md"), matrixFileDocs());
