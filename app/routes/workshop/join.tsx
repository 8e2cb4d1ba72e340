import { json, redirect, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import {
  useActionData,
  useLoaderData,
  type ClientActionFunctionArgs,
  type ShouldRevalidateFunctionArgs,
} from "@remix-run/react";
import { AppError } from "~/domain/errors";
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
import { JoinPage, type JoinAnswer } from "~/ui/workshop/join/join-page";
import { isUnreachable, orUnreachable } from "~/ui/shell/unreachable";

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

/** `wrong` says why a link opens nothing. */
type Loaded = { door: DoorView | null; wrong: string | null };

/** What is behind the door of a link's token; of an address without one nothing yet. Somebody who is in goes straight on. */
export const loader = forVisitor(async ({ actor, params, caller }) => {
  if (params.token === undefined) return json<Loaded>({ door: null, wrong: null });
  try {
    const door = await lookThroughDoor(await entrantOf(actor, caller), { token: params.token }, caller);
    return door.entered ? redirect(paths.workshop(door.workshopId)) : json<Loaded>({ door, wrong: null });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not-found") throw error;
    return json<Loaded>({ door: null, wrong: error.message }, { status: 404 });
  }
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
    const door = await lookThroughDoor(entrant, key, caller).catch(saidAtCode);
    if (door.entered) return redirect(paths.workshop(door.workshopId));
    if (name === undefined) return json<JoinAnswer>({ door, values, errors: {} });
    try {
      const form = parseFields({ name, partyId, email }, joinFormSchema);
      const { workshopId, pass } = await joinWorkshop(entrant, key, form, caller, now);
      const headers: HeadersInit =
        pass === null ? {} : { "Set-Cookie": await guestCookie.write([...entrant.passes, pass]) };
      return redirect(paths.workshop(workshopId), { headers });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid") throw error;
      return json<JoinAnswer>({ door, values, errors: error.fields }, { status: 422 });
    }
  });
});

/** That digits open nothing is said where they were typed. */
function saidAtCode(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== "not-found") throw error;
  throw new AppError("invalid", error.message, { code: error.message });
}

/** Without a connection the action is answered in the browser, so that the form keeps its contents. */
export function clientAction({ serverAction }: ClientActionFunctionArgs) {
  return orUnreachable(() => serverAction<typeof action>());
}

/** What could not be sent changed nothing, and nothing new could be read. */
export function shouldRevalidate({ actionResult, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return !isUnreachable(actionResult) && defaultShouldRevalidate;
}

export default function JoinRoute() {
  const { door, wrong } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <JoinPage door={door} wrong={wrong} answer={answer ?? null} />;
}
