import { it } from "vitest";
import { works } from "./programs.mjs";

/** The parameter that makes each program print its version, and the Debian packages that it is in. */
const PROGRAMS = {
  openssl: ["version", "openssl"],
  pdfdetach: ["-v", "poppler-utils"],
  pdffonts: ["-v", "poppler-utils"],
  pdfinfo: ["-v", "poppler-utils"],
  pdfsig: ["-v", "poppler-utils"],
  pdftoppm: ["-v", "poppler-utils"],
  pdftotext: ["-v", "poppler-utils"],
  qpdf: ["--version", "qpdf"],
  soffice: ["--version", "libreoffice-calc libreoffice-writer"],
  unzip: ["-v", "unzip"],
} as const;

/**
 * A test that needs other programs. Where one is missing, only this test is skipped, and its name says what to install.
 */
export function readBy(
  programs: readonly (keyof typeof PROGRAMS)[],
  what: string,
  test: () => void | Promise<void>,
  timeout?: number,
): void {
  const missing = programs.filter((program) => !works(program, PROGRAMS[program][0]));
  const packages = [...new Set(missing.map((program) => PROGRAMS[program][1]))].join(" ");
  it.skipIf(missing.length > 0)(
    missing.length > 0 ? `${what} (needs ${missing.join(", ")}: apt-get install ${packages})` : what,
    test,
    timeout,
  );
}
