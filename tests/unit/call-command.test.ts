import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { peopleFile } from "~/domain/escalation/people-file";
import { readJson } from "~/domain/json-text";
import { writeJson } from "~/files/json.server";
import { sampleMatrix } from "~/library/sample";
import { samplePeople } from "~/library/sample-people";
import { matrixFromLibrary } from "~/library/start-matrix";

const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-call-"));
const place = (name: string) => path.join(folder, name);
const demarc = (...parameters: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", "app/cli/demarc.ts", ...parameters], { encoding: "utf8" });
const call = (scenario: string, at: string, ...more: string[]) =>
  demarc("call", place("m.demarc.json"), "--scenario", scenario, "--at", at, ...more);
const SATURDAY = "2027-01-09T02:10";
const TODAY = "2026-11-27";

beforeAll(() => {
  const matrix = sampleMatrix(TODAY);
  const file = peopleFile(matrix, samplePeople(TODAY), []);
  const away = file.people.map(({ id }) => ({ personId: id, from: "2027-01-01", to: "2027-01-31", note: "" }));
  writeFileSync(place("m.demarc.json"), writeJson(matrix));
  writeFileSync(
    place("bare.demarc.json"),
    writeJson(matrixFromLibrary({ client: "A", provider: "B", agreementReference: "", preset: "shared" })),
  );
  writeFileSync(place("people.json"), JSON.stringify(file));
  writeFileSync(place("away.json"), JSON.stringify({ ...file, absences: away }));
  writeFileSync(place("role.json"), JSON.stringify({ ...file, holdings: [{ roleId: "ceo", personId: "tom-brandt" }] }));
  writeFileSync(place("broken.json"), "{");
  writeFileSync(place("deep.json"), "[".repeat(5_000));
  writeFileSync(place("large.json"), " ".repeat(20_000_001));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("demarc call", () => {
  it("ends with 1 where nobody decides in time, and with 0 where somebody does, with the same answer for programs", () => {
    const late = call("ransomware", SATURDAY, "--people", place("people.json"));
    expect(late).toMatchObject({ status: 1, stderr: "" });
    expect(late.stdout.split("\n").slice(0, 3)).toEqual([
      "Ransomware is spreading, Sat 9 Jan 2027, 02:10 (Europe/London).",
      "The domain of INC-03 names S1.",
      "8 calls in 60 minutes. First decision possible at 03:10, 30 minutes late.",
    ]);
    expect(late.stdout).toContain("It breaks at 3 places:");
    const asJson = call("ransomware", SATURDAY, "--people", place("people.json"), "--json");
    const answer = readJson(asJson.stdout);
    expect(asJson.status).toBe(1);
    expect(answer).toMatchObject({
      ok: true,
      value: { inTime: false, byRolesAlone: false, decision: { name: "Graham Pell", lateBy: 30 } },
    });
    expect(answer.ok && answer.value).toMatchObject({ words: late.stdout.trimEnd().split("\n") });
    expect(asJson.stdout).not.toMatch(/\+44|\.example/);
    expect(call("stolen-phone", "2027-01-10T21:40", "--people", place("people.json"))).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("It holds: nothing breaks."),
    });
  }, 60_000);

  it("answers by roles alone without people, and says so", () => {
    const { status, stdout } = call("ransomware", SATURDAY);
    expect(status).toBe(0);
    expect(stdout).toContain("No people are known: somebody is taken to be behind each role");
    expect(stdout).toContain("02:25: IT lead of Ashdown Bakeries, by phone.");
    // The team is agreed to be off duty at night, whoever is in it.
    expect(call("line-down", SATURDAY).stdout).toContain(
      "02:40: IT team of Ashdown Bakeries isn't reached (off duty).",
    );
  }, 60_000);

  it("reads the moment on the clocks that are named, and moves one that they leave out", () => {
    // 20:10 on Friday in Chicago is 02:10 on Saturday in London.
    const elsewhere = call(
      "ransomware",
      "2027-01-08T20:10",
      "--people",
      place("people.json"),
      "--time-zone",
      "America/Chicago",
    );
    expect(elsewhere.stdout).toContain("First decision possible at 21:10, 30 minutes late.");
    const leftOut = call("ransomware", "2027-03-28T01:30");
    expect(leftOut.stdout).toContain("Clocks leave 01:30 out on that day, so it begins at 02:00.");
  }, 60_000);

  it("says in a sentence what can't be answered: no path, or everybody away", () => {
    const bare = demarc("call", place("bare.demarc.json"), "--scenario", "ransomware", "--at", SATURDAY);
    expect(bare.status).toBe(1);
    expect(bare.stdout).toContain("The matrix has no escalation path yet. Agree one first.");
    expect(bare.stdout).toContain("Nobody agreed who may approve this: spend money. Add an authority.");
    const away = call("ransomware", SATURDAY, "--people", place("away.json"));
    expect(away.status).toBe(1);
    expect(away.stdout).toContain("Everybody is away at that moment.");
    expect(away.stdout).toContain("Nobody who may decide can be reached on S1.");
  }, 60_000);

  const REFUSED: [parameters: string[], status: number, sentence: string][] = [
    [["ransomware", SATURDAY, "--people", place("none.json")], 1, "There is no file "],
    [["ransomware", SATURDAY, "--people", place("broken.json")], 1, "is not JSON."],
    [["ransomware", SATURDAY, "--people", place("deep.json")], 1, "nested deeper than the 60 levels"],
    [["ransomware", SATURDAY, "--people", place("large.json")], 1, "has 21 MB; at most 20 MB are read."],
    [["ransomware", SATURDAY, "--people", place("role.json")], 1, "There is no role “ceo” in the matrix."],
    [["ransomware", SATURDAY, "--people", place("m.demarc.json")], 1, "This JSON is no file of people"],
    [["flood", SATURDAY], 2, "There is no scenario “flood”. Choose one of: ransomware, "],
    [["ransomware", "now"], 2, "“now” isn't a moment. Write it as in 2027-01-09T02:10."],
    [["ransomware", "2027-02-30T02:10"], 2, "“2027-02-30” isn't a day."],
    [["ransomware", "2027-01-09T25:00"], 2, "“25:00” isn't a time."],
    [["ransomware", "0001-01-01T00:00"], 2, "Choose a day from 2000 to 2100."],
    [["ransomware", "9999-12-31T00:00"], 2, "Choose a day from 2000 to 2100."],
    [["ransomware", SATURDAY, "--time-zone", "Mars/Olympus"], 2, "There is no time zone “Mars/Olympus”."],
  ];
  it.each(REFUSED)(
    "refuses %j with %i and a sentence",
    ([scenario = "", at = "", ...more], status, sentence) => {
      const refused = call(scenario, at, ...more);
      expect(refused).toMatchObject({ status, stdout: "", stderr: expect.stringContaining(sentence) });
      expect(refused.stderr).not.toContain("    at ");
    },
    60_000,
  );

  it("says what is missing", () => {
    expect(demarc("call", place("m.demarc.json"), "--at", SATURDAY).stderr).toContain("--scenario is missing.");
    expect(demarc("call", place("m.demarc.json"), "--scenario", "ransomware").stderr).toContain("--at is missing.");
    expect(demarc("call", "--scenario", "ransomware", "--at", SATURDAY).stderr).toContain("Name the matrix file.");
  }, 60_000);
});

describe("demarc check", () => {
  it("knows what is found in escalation without knowing people", () => {
    const matrix = sampleMatrix(TODAY);
    const broken = {
      ...matrix,
      paths: matrix.paths.map((one) =>
        one.id === "s1" ? { ...one, levels: {} } : one.id === "security" ? { ...one, decisionTarget: 5 } : one,
      ),
      authorities: matrix.authorities.map((one) => (one.id === "access" ? { ...one, roleId: null } : one)),
      conversations: matrix.conversations.map((one) => ({ ...one, clientRoleId: null })),
    };
    writeFileSync(place("broken.demarc.json"), writeJson(broken));
    const { stdout } = demarc("check", place("broken.demarc.json"));
    for (const sentence of [
      "warning: S1 calls nobody.",
      "warning: Security aims at a decision within 5 minutes, and calls the first who may decide after 15 minutes.",
      "warning: Nobody may approve “Give or take away privileged access”.",
      "warning: Nobody speaks for Ashdown Bakeries in Weekly operations.",
    ])
      expect(stdout).toContain(sentence);
    const sound = demarc("check", place("m.demarc.json"), "--json");
    const rules: string[] = JSON.parse(sound.stdout).findings.map(({ rule }: { rule: string }) => rule);
    expect(rules.filter((rule) => /path|level|target|approve|conversation|pair/.test(rule))).toEqual([]);
  }, 60_000);
});
