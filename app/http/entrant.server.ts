import type { Actor, Caller } from "~/services/who/actor.server";
import type { Entrant } from "~/services/workshop/entrant.server";
import { guestCookie } from "./link-cookie.server";

/** Who opens a workshop by this request: whoever is signed in, and the places that the browser was given. */
export async function entrantOf(actor: Actor | null, { cookie }: Caller): Promise<Entrant> {
  return { actor, passes: await guestCookie.read(cookie) };
}
