// Finds the programs that tests need besides the npm packages, and installs them where this machine allows it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Whether a program runs; some of poppler's end with 99 after printing their version. */
export const works = (/** @type {string} */ program, /** @type {string[]} */ ...parameters) =>
  [0, 99].includes(spawnSync(program, parameters, { stdio: "ignore" }).status ?? -1);
const mayInstall = () => process.getuid?.() === 0 && existsSync("/etc/debian_version") && works("apt-get", "--version");

const SHELL = "/usr/bin/chromium-headless-shell";

/**
 * The path of a Chromium, which is installed from the distribution where there is none; undefined for the one that
 * Playwright downloads. The headless shell draws no window; in a whole browser the tests take half as long again.
 */
export function ensureBrowser() {
  const configured = process.env.CHROMIUM_PATH;
  if (configured && existsSync(configured)) return configured;
  if (existsSync(SHELL) || (mayInstall() && install("Chromium", "chromium-headless-shell") && existsSync(SHELL)))
    return SHELL;
  const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((place) =>
    existsSync(place),
  );
  if (installed) return installed;
  console.log("Fetching a browser for the tests…");
  spawnSync(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], { stdio: "inherit" });
  return undefined;
}

/**
 * Installs LibreOffice and the PDF tools, which read the written files. Where they can't be installed, the tests that
 * need them are skipped with the reason.
 */
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
