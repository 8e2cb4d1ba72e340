import { json, redirect, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { entrantOf } from "~/http/entrant.server";
import { guestCookie } from "~/http/link-cookie.server";
import { formFields, parseFields } from "~/http/parse.server";
import { formAnswer, forVisitor } from "~/http/respond.server";
import { paths } from "~/paths";
import {
  joinFormSchema,
  joinWorkshop,
  lookThroughDoor,
  type DoorKey,
  type DoorView,
} from "~/services/workshop/joining.server";

export const meta: MetaFunction = () => [
  { title: "Join a workshop · Demarc" },
  { name: "robots", content: "noindex, nofollow" },
];

/** The link's token is in the address, which must reach no other site as referrer. */
export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex, nofollow",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
});

/** What is behind the door of a link's token; of an address without one nothing yet. Somebody who is in goes straight on. */
export const loader = forVisitor(async ({ actor, params, caller }) => {
  if (params.token === undefined) return json<{ door: DoorView | null }>({ door: null });
  const door = await lookThroughDoor(await entrantOf(actor, caller), { token: params.token }, caller);
  return door.entered ? redirect(paths.workshop(door.workshopId)) : json<{ door: DoorView | null }>({ door });
});

/**
 * By digits it takes two steps: `code` alone answers with the door, `code` with name and party joins. A link's token is
 * in the address.
 */
export const action = forVisitor(async ({ actor, params, request, caller, now }) => {
  const values = await formFields(request);
  const { code = "", name, partyId = "", email = "" } = values;
  const key: DoorKey = params.token === undefined ? { code } : { token: params.token };
  const entrant = await entrantOf(actor, caller);
  return formAnswer(values, async () => {
    if (name === undefined) {
      const door = await lookThroughDoor(entrant, key, caller);
      return door.entered ? redirect(paths.workshop(door.workshopId)) : json<{ door: DoorView }>({ door });
    }
    const form = parseFields({ name, partyId, email }, joinFormSchema);
    const { workshopId, pass } = await joinWorkshop(entrant, key, form, caller, now);
    const headers: HeadersInit =
      pass === null ? {} : { "Set-Cookie": await guestCookie.write([...entrant.passes, pass]) };
    return redirect(paths.workshop(workshopId), { headers });
  });
});

export default function JoinRoute() {
  const { door } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <p>
      {door?.title} {answer ? "answered" : ""}
    </p>
  );
}
