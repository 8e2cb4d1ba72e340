import { LIMITS } from "../../limits";
import type { Clause, Definition } from "../../matrix/wording-shapes";
import { checkFields } from "./field-names";
import { filledIn } from "./fields";
import { agreed, textField, type Fields } from "../field";
import type { Part } from "../part";
import type { Problem } from "../problem";

/** Which standard text something stems from; no reader needs it. */
const key = agreed<string>({ label: "Standard text", words: () => "" });

export const CLAUSE_FIELDS = {
  key,
  title: textField("Title", { called: "The clause's title", max: LIMITS.name, optional: false, preset: "fields" }),
  text: textField("Text", {
    called: "The clause's text",
    max: LIMITS.clause,
    lines: true,
    optional: false,
    preset: "fields",
    words: filledIn,
  }),
  struck: agreed<boolean>({ label: "Struck", assumed: false, words: (struck) => (struck ? "Yes" : "No") }),
} satisfies Fields<Omit<Clause, "id">>;

/** The clauses of the schedule, in the order in which they are numbered. */
export const CLAUSES: Part<Clause> = {
  name: "clauses",
  one: "clause",
  many: "clauses",
  limit: LIMITS.clauses,
  since: 4,
  fields: CLAUSE_FIELDS,
  title: ({ title }) => `The clause ${title}`,
  titled: ["title"],
  editing: "common",
  references: [],
  blank: ({ id }) => blankClause(id),
  formProblems: ({ title, text }, at) => [
    ...fieldProblems(`${at}.title`, title, CLAUSE_FIELDS.title.rule.called),
    ...fieldProblems(`${at}.text`, text, CLAUSE_FIELDS.text.rule.called),
  ],
};

/** A clause that says nothing yet. */
function blankClause(id: string): Clause {
  return { id, key: "", title: "", text: "", struck: false };
}

export const DEFINITION_FIELDS = {
  key,
  term: textField("Term", { called: "The term", max: LIMITS.name, optional: false, preset: "fields" }),
  meaning: textField("Meaning", {
    called: "The meaning",
    max: LIMITS.meaning,
    lines: true,
    optional: false,
    preset: "fields",
    words: filledIn,
  }),
} satisfies Fields<Omit<Definition, "id">>;

/** The words that the schedule defines. A term may be several words with commas between them that mean the same. */
export const DEFINITIONS: Part<Definition> = {
  name: "definitions",
  one: "definition",
  many: "definitions",
  limit: LIMITS.definitions,
  since: 4,
  fields: DEFINITION_FIELDS,
  title: ({ term }) => `The definition of “${term}”`,
  titled: ["term"],
  editing: "common",
  references: [],
  blank: ({ id }) => blankDefinition(id),
  formProblems: ({ term, meaning }, at) => [
    ...fieldProblems(`${at}.term`, term, DEFINITION_FIELDS.term.rule.called),
    ...fieldProblems(`${at}.meaning`, meaning, DEFINITION_FIELDS.meaning.rule.called),
  ],
};

/** A definition that says nothing yet. */
function blankDefinition(id: string): Definition {
  return { id, key: "", term: "", meaning: "" };
}

function fieldProblems(path: string, text: string, called: string): Problem[] {
  const checked = checkFields(text, called);
  return checked.ok ? [] : [{ path, message: checked.rejection.message }];
}
