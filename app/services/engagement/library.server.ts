import { balanceOf } from "~/domain/matrix/owner";
import type { Domain, Duty } from "~/domain/matrix/shapes";
import type { LibraryDuty } from "~/library/schema";
import { LIBRARY } from "~/library/library";
import { PRESETS } from "~/library/presets";
import { matrixFromLibrary } from "~/library/start-matrix";

/** The number of duties and domains in the library. */
export const LIBRARY_SIZE = { libraryDuties: LIBRARY.duties.length, libraryDomains: LIBRARY.domains.length };

/** The presets for the form of a new engagement, each with the number of duties it gives to each side and to both. */
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

/** A preset in the form of a new engagement. */
export type PresetChoice = (typeof PRESET_CHOICES)[number];

/** A duty of the library as it is offered to a matrix, with the letters of the even split. */
export type OfferedDuty = Omit<LibraryDuty, "presets"> & { letters: Duty["letters"]; boundary: string };
export type OfferedLibrary = { domains: Domain[]; duties: OfferedDuty[] };

/** The duties and domains of the library, with the letters and boundary notes of the even split. */
export const OFFERED_LIBRARY: OfferedLibrary = {
  domains: LIBRARY.domains,
  duties: LIBRARY.duties.map(({ presets, ...duty }) => ({ ...duty, ...presets.shared })),
};
