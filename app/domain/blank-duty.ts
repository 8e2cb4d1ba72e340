import type { Duty } from "./matrix";

/**
 * A duty of which nothing is known but its name: what every new duty starts from. Each field is written out: engines keep
 * an object that a spread begins, and a dozen more fields follow, as a dictionary, which takes sixty times as long to make.
 */
export function blankDuty({ id, code, domainId, text }: Pick<Duty, "id" | "code" | "domainId" | "text">): Duty {
  return {
    id,
    code,
    domainId,
    text,
    description: "",
    doneWhen: "",
    cadence: "",
    workshopQuestion: "",
    letters: {},
    boundary: "",
    suggestions: {},
    reserved: false,
    cover: "office-hours",
    stance: "defend",
    oftenDisputed: false,
    firstWorkshop: false,
    cis: [],
    csf: [],
    tools: "",
    documentation: "",
    knowledge: "",
    searchWords: "",
    decisions: {},
    today: {},
    earlyWin: null,
    coverPeriod: null,
    standing: null,
    marks: {},
    ruling: null,
  };
}
