import type { MatrixCommand } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Domain, Duty } from "~/domain/matrix/shapes";
import { oncePer } from "~/domain/cache";
import { fold, searchAmong } from "~/domain/search";
import { dutyWithNames } from "~/library/with-names";
import type { OfferedDuty, OfferedLibrary } from "~/services/engagement/library.server";

/** The library as it is offered to a matrix: with the names of its parties and roles in the texts. */
export function libraryFor(matrix: Matrix, library: OfferedLibrary): OfferedLibrary {
  return { ...library, duties: library.duties.map((duty) => dutyWithNames(duty, matrix)) };
}

const searchOffered = searchAmong(({ text, doneWhen }: OfferedDuty) => `${text} ${doneWhen}`);

/** The duties of the library that have all the words of a search, by domain; domains without any are left out. */
export function findInLibrary(
  { domains, duties }: OfferedLibrary,
  query: string,
): { domain: Domain; duties: OfferedDuty[] }[] {
  const found = duties.filter(searchOffered(query));
  return domains
    .map((domain) => ({ domain, duties: found.filter(({ domainId }) => domainId === domain.id) }))
    .filter((group) => group.duties.length > 0);
}

const presentIn = oncePer((duties: Matrix["duties"]) => ({
  ids: new Set(duties.map(({ id }) => id)),
  texts: new Set(duties.map(({ text }) => fold(text))),
}));

/** Whether a matrix already has a duty of the library: it began with it, however it is worded since, or has one with its text. */
export function isPresent({ duties }: Pick<Matrix, "duties">, { id, text }: Pick<Duty, "id" | "text">): boolean {
  const { ids, texts } = presentIn(duties);
  return ids.has(id) || texts.has(fold(text));
}

/**
 * The commands that add duties of the library, each to the domain of the same code, which is added if it is missing.
 * A duty keeps its letters if the matrix has every role that they name; otherwise it starts without letters.
 */
export function addFromLibrary(
  matrix: Matrix,
  library: Pick<OfferedLibrary, "domains">,
  chosen: readonly OfferedDuty[],
  mint: () => string,
): MatrixCommand[] {
  const roles = new Set(matrix.roles.map(({ id }) => id));
  const parties = new Set(matrix.parties.map(({ id }) => id));
  const domainOf = new Map(matrix.domains.map(({ code, id }) => [code, id]));
  return chosen.flatMap((duty): MatrixCommand[] => {
    const domain = library.domains.find(({ id }) => id === duty.domainId);
    if (!domain) return [];
    const commands: MatrixCommand[] = [];
    let domainId = domainOf.get(domain.code);
    if (domainId === undefined) {
      domainId = mint();
      domainOf.set(domain.code, domainId);
      const nameIsUsed = matrix.domains.some(({ name }) => name.toLowerCase() === domain.name.toLowerCase());
      commands.push({
        type: "domain.add",
        domainId,
        name: nameIsUsed ? `${domain.name} (library)` : domain.name,
        code: domain.code,
        beforeId: null,
      });
    }
    const dutyId = mint();
    const {
      text,
      doneWhen,
      cadence,
      workshopQuestion,
      reserved,
      cover,
      stance,
      pressures,
      oftenDisputed,
      firstWorkshop,
      cis,
      csf,
    } = duty;
    const fits = Object.keys(duty.letters).every((roleId) => roles.has(roleId));
    commands.push({ type: "duty.add", dutyId, domainId, text, beforeId: null });
    commands.push({
      type: "duty.edit",
      dutyId,
      set: {
        doneWhen,
        cadence,
        workshopQuestion,
        reserved,
        cover,
        stance,
        pressures,
        oftenDisputed,
        firstWorkshop,
        cis,
        csf,
        ...(fits ? { boundary: duty.boundary } : {}),
      },
    });
    if (!fits) return commands;
    commands.push({ type: "duty.cells", dutyId, cells: duty.letters });
    for (const [partyId, suggestion] of Object.entries(duty.suggestions)) {
      const known = [suggestion.does, suggestion.answers].every((roleId) => roleId === null || roles.has(roleId));
      if (parties.has(partyId) && known) commands.push({ type: "duty.suggest", dutyId, partyId, suggestion });
    }
    return commands;
  });
}
