import type { Report } from "~/domain/pack/report";
import { env, publicUrl } from "~/env.server";
import type { Seal } from "~/files/pdf/seal.server";
import { ownKey, readKeyFile, signatureWords, type SigningKey } from "~/files/signing-key.server";

/** The key that was read last, with the path of its file. */
let loaded: { file: string; key: SigningKey } | null = null;

/**
 * The key that signs files: the one from the environment, or the installation's own, which is created when it is first
 * needed.
 */
function signingKey(now: Date): SigningKey {
  const file = env.SIGNING_P12 ?? env.SIGNING_KEY_FILE;
  if (loaded?.file !== file)
    loaded = {
      file,
      key: env.SIGNING_P12 ? readKeyFile(file, env.SIGNING_PASSPHRASE) : ownKey(file, `Demarc at ${publicUrl()}`, now),
    };
  return loaded.key;
}

/**
 * The seal of a signed version's file; null where nobody has signed. Its time is that of the last signature, so that
 * the same version always gives the same file.
 */
export function sealFor(report: Report, now: Date): Seal | null {
  const at = report.certificate?.signatures
    .map(({ signedAt }) => signedAt)
    .sort()
    .at(-1);
  if (at === undefined) return null;
  const key = signingKey(now);
  return { ...key, at, reason: `${report.title}: ${report.editionName}`, words: signatureWords(key) };
}
