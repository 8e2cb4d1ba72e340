// The programs tests need beside the npm packages, installed where this machine lets us.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Whether a program is there and answers; 99 is how some of poppler's end after telling their version. */
export const works = (/** @type {string} */ program, /** @type {string[]} */ ...parameters) =>
  [0, 99].includes(spawnSync(program, parameters, { stdio: "ignore" }).status ?? -1);
const mayInstall = () => process.getuid?.() === 0 && existsSync("/etc/debian_version") && works("apt-get", "--version");

const SHELL = "/usr/bin/chromium-headless-shell";

/**
 * The path of a Chromium, installed from the distribution or by Playwright when there is none; undefined for Playwright's own.
 * The headless shell has no window to draw, which makes the tests half as long again in the whole browser.
 */
export function ensureBrowser() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen && existsSync(chosen)) return chosen;
  if (existsSync(SHELL) || (mayInstall() && install("Chromium", "chromium-headless-shell") && existsSync(SHELL)))
    return SHELL;
  const found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((place) =>
    existsSync(place),
  );
  if (found) return found;
  console.log("Fetching a browser for the tests…");
  spawnSync(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], { stdio: "inherit" });
  return undefined;
}

/** LibreOffice renders workbook and document, and the PDF tools read what is written, in tests that are skipped, with the reason, where it can't be installed. */
export function ensureOffice() {
  if (works("soffice", "--version") && works("pdftotext", "-v") && works("qpdf", "--version") && works("unzip", "-v"))
    return;
  if (mayInstall())
    install(
      "LibreOffice and the PDF tools",
      "libreoffice-calc",
      "libreoffice-writer",
      "poppler-utils",
      "qpdf",
      "unzip",
    );
}

function install(title, ...packages) {
  console.log(`Installing ${title} (once on this machine)…`);
  const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  spawnSync("apt-get", ["update", "-q"], options);
  return spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], options).status === 0;
}
