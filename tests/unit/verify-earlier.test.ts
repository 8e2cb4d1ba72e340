import { describe, expect, it } from "vitest";
import { bytesOf } from "../golden/earlier";
import { loneAnswer } from "../golden/verifying";
import { differenceSentence } from "~/domain/verify/difference-words";
import { withPart } from "../support/packages";
import { withPiece } from "../support/pdfs";

/** What is found in a file of release 0.1.0 once it is altered. */
async function found(name: string, alter: (bytes: Uint8Array) => Uint8Array): Promise<string[]> {
  const { differences } = await loneAnswer(name, alter(bytesOf("0.1.0", "files", name)));
  return differences.map(differenceSentence);
}
const inTexts = (from: string | RegExp, to: string) => (bytes: Uint8Array) =>
  withPart(bytes, "xl/sharedStrings.xml", (xml) => xml.replace(from, to));

describe("of a file of the first writer, whose orders no text says,", () => {
  it("an accepted warning that was altered is named at its place, whatever order they stand in", async () => {
    expect(await found("v4.xlsx", inTexts(">Short<", ">Shorter<"))).toEqual([
      "Accepted warnings: No verb, Reason: “Short” in the version, “Shorter” here.",
    ]);
    expect(
      await found("v4.docx", (bytes) =>
        withPart(bytes, "word/document.xml", (xml) => xml.replace(">Short<", ">Shorter<")),
      ),
    ).toEqual(["Accepted warnings: No verb, Reason: “Short” in the version, “Shorter” here."]);
  });
  it("the heading over what is to settle and the number of points are named once they are others", async () => {
    expect(
      await found("v4.xlsx", inTexts("What must be settled before this can be signed", "What may be left")),
    ).toEqual([expect.stringContaining("What may be left")]);
    expect(await found("v4.xlsx", inTexts("Not ready to sign: 4 points", "Not ready to sign: 3 points"))).toEqual([
      expect.stringContaining("3 points"),
    ]);
  });
  it("a bookmark is named once it says another duty, though the page can't show its letters", async () => {
    const other = (from: string, to: string) => (bytes: Uint8Array) =>
      withPiece(bytes, /\/Title[^]*\x05\xe9\x05\xdc/, (dictionary) => dictionary.replace(from, to));
    expect(await found("v2-amendment.pdf", other("\x05\xe9\x05\xdc", "\x05\xea\x05\xdc"))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Bookmarks: .*תלום/)]),
    );
  });
});
