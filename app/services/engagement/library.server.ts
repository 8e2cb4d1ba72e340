import { balanceOf } from "~/domain/matrix/owner";
import type { Domain, Duty } from "~/domain/matrix/shapes";
import type { LibraryDuty } from "~/library/schema";
import { LIBRARY } from "~/library/library";
import { PRESETS } from "~/library/presets";
import { matrixFromLibrary } from "~/library/start-matrix";

/** How large the duty library is. */
export const LIBRARY_SIZE = { libraryDuties: LIBRARY.duties.length, libraryDomains: LIBRARY.domains.length };

/** The presets as the form for a new engagement offers them, with how many duties each gives to whom. */
export const PRESET_CHOICES = PRESETS.map((preset) => {
  const matrix = matrixFromLibrary({
    client: "Client",
    provider: "Provider",
    agreementReference: "",
    preset: preset.id,
  });
  const balance = balanceOf(matrix, "does");
  const count = (key: string) => balance.find((part) => part.key === key)?.count ?? 0;
  return { ...preset, counts: { client: count("client"), shared: count("shared"), provider: count("provider") } };
});

export type PresetChoice = (typeof PRESET_CHOICES)[number];

/** A duty of the library as it is offered to a matrix; letters are those of the even split. */
export type OfferedDuty = Omit<LibraryDuty, "presets"> & { letters: Duty["letters"]; boundary: string };
export type OfferedLibrary = { domains: Domain[]; duties: OfferedDuty[] };

/** The library to choose from, with the letters and boundary notes of the even split. */
export const OFFERED_LIBRARY: OfferedLibrary = {
  domains: LIBRARY.domains,
  duties: LIBRARY.duties.map(({ presets, ...duty }) => ({ ...duty, ...presets.shared })),
};
