import type { BetterAuthOptions } from "better-auth";
import { APIError, getOAuthState } from "better-auth/api";
import { read } from "~/db/client.server";
import { OPEN_INVITATIONS } from "~/db/invitation-store.server";
import { checkPersonName } from "~/domain/account/account";
import { allowsAddress, type DirectorySettings } from "~/domain/account/directory-settings";
import { isMailAddress, storedEmail } from "~/domain/mail-address";

/**
 * The codes for why a sign-in with a directory is refused. The page that reports it looks up its sentence by this code.
 */
const DIRECTORY_REFUSALS = [
  "email_not_found",
  "email_not_verified",
  "domain_not_allowed",
  "no_account",
  "linked_elsewhere",
] as const;
type DirectoryRefusal = (typeof DIRECTORY_REFUSALS)[number];

const refuse = (code: DirectoryRefusal) => new APIError("FORBIDDEN", { code, message: code });

type Profile = { email?: unknown; email_verified?: unknown; name?: unknown };

/**
 * The person whom a directory's profile describes. Throws where the profile has no address, one that isn't verified, or
 * one outside the directory's domains.
 */
export function personOf(
  directory: DirectorySettings,
  profile: Profile,
): { email: string; emailVerified: boolean; name: string; image: undefined } {
  // The address may be one that only this directory knows. That is safe, because a new account needs an invitation to
  // the address.
  const email = typeof profile.email === "string" ? storedEmail(profile.email) : "";
  if (!isMailAddress(email)) throw refuse("email_not_found");
  const verified = profile.email_verified === true || profile.email_verified === "true" || directory.trustEmail;
  if (!verified) throw refuse("email_not_verified");
  if (!allowsAddress(directory, email)) throw refuse("domain_not_allowed");
  const name = checkPersonName(typeof profile.name === "string" ? profile.name : "");
  return {
    email,
    emailVerified: true,
    name: name.ok ? name.value : email.slice(0, email.lastIndexOf("@")).slice(0, 60),
    image: undefined,
  };
}

/**
 * Decides whether better-auth goes on with somebody whom a directory signs in: either as an existing account that
 * belongs to nobody else, or as a new one for whoever is accepting an invitation to exactly this address.
 */
export const judgeDirectorySignIn: NonNullable<NonNullable<BetterAuthOptions["user"]>["validateUserInfo"]> = async ({
  user,
  source,
}) => {
  if (source.method !== "oauth" || !source.oauth) return;
  const { providerId } = source.oauth;
  const email = typeof user.email === "string" ? user.email.toLowerCase() : "";
  if (source.action === "create-user")
    return (await isInvited(email)) ? undefined : { error: "no_account" satisfies DirectoryRefusal };
  const userId = user.id ?? "";
  // A directory may give an address to another person; that person must not get into the account of the one before.
  if (
    source.action === "link-account" &&
    (await read.account.findFirst({ where: { userId, providerId }, select: { id: true } }))
  )
    return { error: "linked_elsewhere" satisfies DirectoryRefusal };
  const holder = await read.user.findUnique({ where: { email }, select: { id: true } });
  if (holder && holder.id !== userId) return { error: "linked_elsewhere" satisfies DirectoryRefusal };
};

async function isInvited(email: string): Promise<boolean> {
  const state = await getOAuthState();
  if (state?.invited !== email) return false;
  return (
    (await read.invitation.findFirst({
      where: { email, ...OPEN_INVITATIONS, expiresAt: { gt: new Date() } },
      select: { id: true },
    })) !== null
  );
}
