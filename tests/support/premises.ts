import { z } from "zod";
import { agreed, textField, unsigned } from "~/domain/parts/field";
import { idSchema } from "~/domain/matrix/shapes";

/** A kind of agreed thing that Demarc doesn't have: a party's site. It has one field of each sort. */
export const premisesSchema = z.object({
  id: idSchema,
  name: z.string(),
  keeperId: idSchema.nullable(),
  hours: z.enum(["office", "always"]),
  doorCode: z.string(),
});
export type Premises = z.infer<typeof premisesSchema>;

/** Its description, in the form of a registered one. */
export const PREMISES = {
  name: "premises",
  one: "site",
  many: "sites",
  limit: 20,
  since: 3,
  fields: {
    name: textField("Name", { called: "The site's name", max: 60, optional: false }),
    keeperId: agreed<string | null>({
      label: "Keeper",
      words: (roleId, { roles }) => roles.find(({ id }) => id === roleId)?.name ?? "",
    }),
    hours: agreed<Premises["hours"]>({
      label: "Open",
      assumed: "office",
      words: (hours) => (hours === "always" ? "At all hours" : "In office hours"),
    }),
    doorCode: unsigned<string>({ label: "Door code", preset: "blank", words: (code) => code }),
  },
  title: ({ name }: Premises) => `The site ${name}`,
  titled: ["name"],
  editing: "common",
  references: [
    {
      to: "roles",
      ids: ({ keeperId }: Premises) => (keeperId === null ? [] : [keeperId]),
      gone: (site: Premises) => ({ ...site, keeperId: null }),
    },
  ],
  blank: ({ id }: { id: string }): Premises => ({ id, name: "", keeperId: null, hours: "office", doorCode: "" }),
};
