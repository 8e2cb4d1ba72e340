import type { Duty } from "./matrix";

/** A duty of which nothing is known but its name: what every new duty starts from. */
export function blankDuty(named: Pick<Duty, "id" | "code" | "domainId" | "text">): Duty {
  return {
    ...named,
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
    decisions: {},
    today: {},
    earlyWin: null,
    coverPeriod: null,
    standing: null,
    marks: {},
    ruling: null,
  };
}
