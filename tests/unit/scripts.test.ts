import fc from "fast-check";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import PDFDocument from "pdfkit";
import { afterAll, describe, expect, it } from "vitest";
import type { TextDocument } from "~/domain/blocks";
import { placedTexts } from "~/domain/pack/placed-texts";
import { charactersWithoutFont, drawsBoxes, withoutFontSentence } from "~/files/pdf/fonts/missing.server";
import { piecesOf } from "~/files/pdf/fonts/breaks.server";
import { orderWith } from "~/files/pdf/fonts/direction.server";
import { createPen } from "~/files/pdf/pens.server";
import type { Style } from "~/files/pdf/pen.server";
import { writePdfText } from "~/files/pdf/text-document.server";
import { readPdf } from "~/files/read/pdf.server";
import { aMatrix } from "../support/matrices";
import { readBy } from "../support/read-by";

const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-scripts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXTS: Record<string, string> = {
  "simplified Chinese":
    "服务商负责每天检查备份，并在两小时内处理失败的任务（包括周末）。如果恢复测试失败，双方应立即通知内部IT负责人，并记录原因、影响和下一步措施。",
  "traditional Chinese":
    "服務商負責每天檢查備份，並在兩小時內處理失敗的任務（包括週末）。若還原測試失敗，雙方應立即通知內部IT負責人。",
  Japanese:
    "サービス事業者は、毎日バックアップを確認し、失敗したジョブを２時間以内に処理します。「完了条件」は、復元テストが成功したときです。",
  Korean:
    "공급자는 매일 백업을 확인하고 실패한 작업을 두 시간 안에 처리합니다. 내부 IT 팀은 복구 시험 결과를 승인합니다.",
  Arabic:
    "يتحقق مزود الخدمة من النسخ الاحتياطي كل يوم (بما في ذلك عطلة نهاية الأسبوع)، ويبلغ فريق IT الداخلي على الرقم ٠١٢٣.",
  Persian: "می‌خواهم نسخهٔ پشتیبان را بررسی کنم",
  Hebrew: "הספק בודק את הגיבוי בכל יום (כולל סוף שבוע) ומטפל במשימות שנכשלו; צוות ה-IT הפנימי מאשר, סעיף 3.2 [נספח].",
  "Hebrew with points": "שָׁלוֹם עֲלֵיכֶם",
  Thai: "ผู้ให้บริการตรวจสอบการสำรองข้อมูลทุกวันและจัดการงานที่ล้มเหลวภายในสองชั่วโมง น้ำ ซ้ำ ฝ่ายไอทีภายในอนุมัติผล",
  Hindi: "सेवा प्रदाता प्रतिदिन बैकअप की जाँच करता है और विफल कार्यों को दो घंटे के भीतर ठीक करता है। क्षत्रिय विद्यार्थी श्री ज्ञान।",
  "Vietnamese, Greek and Cyrillic": "Trách nhiệm vận hành · Ελληνικά · Русский, Українська",
  emoji: "Done ✅ warning ⚠️ on call 👩‍💻 family 👩‍👩‍👧‍👦 flag 🇩🇪 thumbs 👍🏽 keycap 1️⃣ heart ❤️",
  "mixed scripts": "Ahmed (أحمد) and 王小明 meet דוד at 10:00 – ok?",
};

const documentOf = (texts: readonly string[], paper: "A4" | "Letter" = "A4"): TextDocument => ({
  title: "Scripts",
  subtitle: "東京商事株式会社 and شركة النور",
  subject: "Scripts",
  names: "東京商事株式会社 and Harbour IT",
  foot: "שלום",
  paper,
  at: "2026-01-01T00:00:00.000Z",
  chapters: [
    {
      title: "Texts",
      blocks: texts.map((text) => ({ kind: "paragraph" as const, text, look: "plain" as const })),
    },
  ],
});

/** What is seen of a text. Characters that only join others are no part of it. */
const seen = (text: string) => text.normalize("NFC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
const rowsOf = async (bytes: Uint8Array) =>
  (await readPdf(bytes)).parts.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map(seen)));

describe("typefaces", () => {
  it("are read when a text needs them, and no others", () => {
    const script = path.join(import.meta.dirname, "../support/typefaces-read.ts");
    const texts = ["Vietnamese, Greek and Cyrillic", "simplified Chinese", "Arabic", "Hindi"].map(
      (name) => TEXTS[name] ?? "",
    );
    const printed = execFileSync(process.execPath, ["--import", "tsx", script, ...texts], { encoding: "utf8" });
    expect(JSON.parse(printed)).toEqual([["inter"], ["noto-sans-sc"], ["noto-sans-arabic"], ["noto-sans-devanagari"]]);
  });
});

describe("a PDF with other scripts", () => {
  it.each(Object.entries(TEXTS))("has %s, which reads as it was written", async (_script, text) => {
    const bytes = await writePdfText(documentOf([text]));
    expect(await rowsOf(bytes)).toContain(seen(text));
    expect(drawsBoxes(text, 3)).toBe(false);
  });

  readBy(["pdftotext", "qpdf"], "gives other programs the words in their order", async () => {
    const file = path.join(folder, "scripts.pdf");
    writeFileSync(file, await writePdfText(documentOf(Object.values(TEXTS))));
    expect(execFileSync("qpdf", ["--check", file], { encoding: "utf8" })).toContain(
      "No syntax or stream encoding errors",
    );
    // A program that takes text from a page parts marks from letters that run from right to left, and adds marks of direction.
    const plain = (text: string) => seen(text).replace(/[\s\u202A-\u202E\u200E\u200F]/g, "");
    const withoutMarks = (text: string) => plain(text).normalize("NFD").replace(/\p{M}/gu, "");
    const said = execFileSync("pdftotext", ["-nopgbrk", file, "-"], { encoding: "utf8" });
    for (const [script, text] of Object.entries(TEXTS))
      if (/Arabic|Persian|Hebrew|mixed/.test(script))
        for (const word of text.split(/[\s().,;:،[\]–-]+/))
          expect(withoutMarks(said), script).toContain(withoutMarks(word));
      else expect(plain(said), script).toContain(plain(text));
    const words = (text: string) => text.match(/[\u0590-\u06FF]+/g) ?? [];
    for (const script of ["Arabic", "Hebrew"])
      for (const word of words(TEXTS[script] ?? "")) expect(words(said), script).toContain(word);
  });

  it("is the same whatever was written before it, and whatever comes after", async () => {
    const wanted = documentOf([TEXTS.Arabic ?? "", TEXTS.Japanese ?? "", TEXTS.emoji ?? ""]);
    const first = await writePdfText(wanted);
    for (const text of Object.values(TEXTS)) await writePdfText(documentOf([text.split("").reverse().join(""), text]));
    expect(Buffer.from(await writePdfText(wanted)).equals(Buffer.from(first))).toBe(true);
  });

  it("draws Chinese characters as the language of the text does", async () => {
    const fontsOf = async (text: string) => {
      const file = Buffer.from(await writePdfText({ ...documentOf([text]), subtitle: "x", names: "x", foot: "x" }));
      return [...new Set(file.toString("latin1").match(/NotoSans-[a-z]+/g) ?? [])];
    };
    expect(await fontsOf(TEXTS["simplified Chinese"] ?? "")).toEqual(["NotoSans-sc"]);
    expect(await fontsOf(TEXTS["traditional Chinese"] ?? "")).toEqual(["NotoSans-tc"]);
    expect(await fontsOf(TEXTS.Japanese ?? "")).toEqual(["NotoSans-jp"]);
    expect(await fontsOf(TEXTS.Korean ?? "")).toEqual(["NotoSans-kr"]);
  });

  it("takes marks that override the order of a text for nothing", async () => {
    const bytes = await writePdfText(documentOf(["pay \u202E001\u202C to \u2067abc\u2069 דוד"]));
    expect(await rowsOf(bytes)).toContain("pay 001 to abc דוד");
  });

  it("has none of these typefaces where no text needs one", async () => {
    const text = TEXTS["Vietnamese, Greek and Cyrillic"] ?? "";
    const file = Buffer.from(await writePdfText({ ...documentOf([text]), subtitle: "x", names: "x", foot: "x" }));
    expect(file.toString("latin1")).not.toContain("NotoSans");
  });
});

const STYLE: Style = { face: "regular", size: 9, color: "#000000" };
const newPen = () => {
  const doc = new PDFDocument({ autoFirstPage: false });
  doc.addPage();
  return createPen(doc, 3, { text: "", names: [] });
};

describe("lines", () => {
  it("end between characters of scripts without spaces, and never before a stop or after a bracket", () => {
    const parts = piecesOf("在两小时内处理（包括周末）。").map(({ text }) => text);
    expect(parts).toEqual(["在", "两", "小", "时", "内", "处", "理", "（包", "括", "周", "末）。"]);
    expect(piecesOf("ジョブを「完了」").map(({ text }) => text)).toEqual(["ジョ", "ブ", "を", "「完", "了」"]);
  });

  it("end between the words of Thai", () => {
    expect(piecesOf("ข้อตกลงนี้กำหนดความรับผิดชอบภายในประเทศไทย").map(({ text }) => text)).toEqual(
      "ข้อ|ตกลง|นี้|กำหนด|ความ|รับ|ผิด|ชอบ|ภายใน|ประเทศไทย".split("|"),
    );
  });

  it("keep what isn't to be parted: words, sequences of emoji, and spaces that hold", () => {
    expect(piecesOf("on call 👩‍👩‍👧‍👦👍🏽").map(({ text }) => text)).toEqual(["on", "call", "👩‍👩‍👧‍👦", "👍🏽"]);
    expect(piecesOf("10\u00a0年").map(({ text }) => text)).toEqual(["10\u00a0年"]);
    expect(piecesOf("السلام عليكم").map(({ text }) => text)).toEqual(["السلام", "عليكم"]);
  });

  it("fit their width and lose nothing, whatever scripts a text mixes", () => {
    const pen = newPen();
    const words = fc.constantFrom(
      ...Object.values(TEXTS).flatMap((text) => text.split(" ")),
      "(",
      "»",
      "a\u00a0b",
      "12:30",
      "x\ny",
      "الرقم٠١٢٣456abc",
    );
    const texts = fc.array(words, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(texts, fc.integer({ min: 40, max: 300 }), (text, room) => {
        const lines = pen.lines(text, STYLE, room);
        for (const line of lines) expect(pen.width(line.trimEnd(), STYLE)).toBeLessThanOrEqual(room + 0.5);
        const joined = lines
          .map((line) => line.replace(/^[\u2066\u2067]/, ""))
          .map((line, i) => (i < lines.length - 1 && line.endsWith("  ") ? `${line.slice(0, -2)}\n` : line))
          .join("");
        expect(seen(joined)).toBe(seen(text));
      }),
      { seed: 20261128, numRuns: 150 },
    );
  }, 120_000);

  it("read back from a page as they were written, whatever scripts they mix", async () => {
    const words = fc.constantFrom(...Object.values(TEXTS).flatMap((text) => text.split(" ")), "(", "12:30", "a/b");
    const texts = fc.sample(
      fc.array(words, { minLength: 1, maxLength: 25 }).map((parts) => parts.join(" ")),
      { seed: 20261128, numRuns: 80 },
    );
    const rows = await rowsOf(await writePdfText(documentOf(texts, "Letter")));
    for (const text of texts) expect(rows).toContain(seen(text));
  }, 120_000);
});

describe("the order of a text", () => {
  const { directionOf, levelsOf } = orderWith(["شركة النور", "נור", "Harbour IT"]);

  it("is that of its first letter, but not of a name that a sentence begins with", () => {
    expect(directionOf("شركة النور and Harbour IT")).toBe("ltr");
    expect(directionOf("4.1 شركة النور does (6)")).toBe("ltr");
    expect(directionOf("شركة النور")).toBe("rtl");
    expect(directionOf("(שלום) and more")).toBe("rtl");
    expect(directionOf("Harbour IT בודק את הגיבוי")).toBe("rtl");
    expect(directionOf("Call דוד")).toBe("ltr");
  });

  it("is changed by no name in it", () => {
    const line = "שם, 12";
    expect(orderWith([]).levelsOf(line, "ltr")?.at(-1)).toBe(2);
    expect(orderWith(["שם"]).levelsOf(line, "ltr")).toEqual([1, 1, 0, 0, 0, 0]);
    expect(levelsOf("נור בודק", "rtl")).toHaveLength("נור בודק".length);
    expect(levelsOf("Harbour IT", "ltr")).toBeNull();
  });
});

describe("characters that no typeface has", () => {
  it("are unassigned and private ones, and scripts beyond these", () => {
    for (const text of ["\uE000", "\u0378", "𒀀", "ꙮ", "\u{10FFFF}"]) {
      expect(drawsBoxes(`a ${text} b`, 3), text).toBe(true);
      expect(withoutFontSentence("Your title", text)).toMatch(/^Your title has .*U\+[0-9A-F]{4,6}/);
    }
    expect(withoutFontSentence("Your title", "部長")).toBeNull();
  });

  it("are named with where they stand", () => {
    const base = aMatrix();
    const matrix = {
      ...base,
      title: "Who does 𒀀 what",
      terms: { ...base.terms, exhibit: "B \uE000" },
      roles: base.roles.map((role, i) => (i === 0 ? { ...role, name: "Lead ꙮ" } : role)),
      duties: base.duties.map((duty, i) => (i === 0 ? { ...duty, boundary: "Up to 𒀀, from ꙮ" } : duty)),
    };
    const named = charactersWithoutFont(placedTexts(matrix));
    expect(named).toContain("Title has 𒀀 (U+12000)");
    expect(named).toContain("Exhibit number has (U+E000)");
    expect(named.some((place) => /Lead.*has ꙮ \(U\+A66E\)/.test(place))).toBe(true);
    expect(named.some((place) => place.includes(base.duties[0]?.code ?? "-") && place.includes("𒀀 (U+12000), ꙮ"))).toBe(
      true,
    );
    expect(named).toHaveLength(4);
  });

  it("were all that earlier writers lacked, whose files still have boxes for other scripts", () => {
    for (const writer of [1, 2] as const) expect(drawsBoxes(TEXTS.Hebrew ?? "", writer)).toBe(true);
  });
});
